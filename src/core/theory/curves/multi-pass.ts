/** SGD on a typical data set of n samples: what many passes over it do, train and population risk. */
import { type Setup } from '../../experiment/setup.ts';
import { recordPath } from '../finite/record.ts';
import { fieldPath } from '../finite/field-path.ts';
import { operationsOf, typicalPath, typicalRefusal } from '../finite/typical.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';
import { type CurveKind } from './curve.ts';
import { nodesOf } from './nodes-of.ts';

/** @throws RangeError where every sample is new. */
function solve(setup: Setup, options: TheoryOptions): TheoryReport {
  if (!setup.data) throw new RangeError('expected finite data');
  return recordPath(setup, typicalPath(setup, setup.data, options.tolerance, options.shouldStop), options);
}

/** Full-batch steps that are measured. */
const PROBED = 16;

export const multiPass: CurveKind = {
  kind: 'multi-pass',
  label: 'many passes, typical data',
  noise: true,
  finite: true,
  look: 'line',
  refuses: typicalRefusal,
  solve: async (setup, options) => solve(setup, options),
  rates: { operation: 1e-9 },
  cost: (experiment, _threads, { operation }) => operation * operationsOf(experiment, nodesOf(experiment)),
  async probe(bench) {
    const dimension = 200;
    const setup = bench.setup({ horizon: PROBED / dimension, dimension });
    const data = { samples: dimension, sampling: 'full-batch', seed: 1, shared: false } as const;
    const subject = { ...setup.experiment, data: { kind: 'finite', ...data } } as const;
    const seconds = await bench.seconds(() => fieldPath(setup, data, () => false));
    return { operation: seconds / operationsOf(subject, nodesOf(subject)) };
  },
};
