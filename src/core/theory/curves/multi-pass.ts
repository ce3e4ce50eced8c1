/** SGD on a typical data set of n samples: what many passes over it do, train and population risk. */
import { type Setup } from '../../experiment/setup.ts';
import { recordPath } from '../finite/record.ts';
import { typicalPath, typicalRefusal } from '../finite/typical.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';
import { type CurveKind } from './curve.ts';

/** @throws RangeError where every sample is new. */
function solve(setup: Setup, options: TheoryOptions): TheoryReport {
  if (!setup.data) throw new RangeError('expected finite data');
  return recordPath(setup, typicalPath(setup, setup.data, options.tolerance, options.shouldStop), options);
}

export const multiPass: CurveKind = {
  kind: 'multi-pass',
  label: 'many passes, typical data',
  noise: true,
  finite: true,
  look: 'line',
  refuses: typicalRefusal,
  solve: async (setup, options) => solve(setup, options),
  rates: { curve: 0.1 },
  cost: (_experiment, _threads, { curve }) => curve,
  probe: async () => ({ curve: 0.1 }),
};
