/** SGD on the data of run 0: least squares conditional on the drawn samples. */
import { type Setup } from '../../experiment/setup.ts';
import { covarianceEigen } from '../finite/covariance-eigen.ts';
import { recordPath } from '../finite/record.ts';
import { thisDataPath, thisDataRefusal } from '../finite/this-data.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';
import { type CurveKind } from './curve.ts';

/** @throws RangeError where every sample is new. */
function solve(setup: Setup, options: TheoryOptions): TheoryReport {
  if (!setup.data) throw new RangeError('expected finite data');
  return recordPath(setup, thisDataPath(setup, setup.data, options.shouldStop), options);
}

/** Operations of the eigenvectors, per d³. */
const EIGEN = 9;
const PROBED = 120;

export const thisData: CurveKind = {
  kind: 'this-data',
  label: 'many passes, this data',
  noise: true,
  finite: true,
  look: 'dashed',
  refuses: thisDataRefusal,
  solve: async (setup, options) => solve(setup, options),
  rates: { operation: 1.5e-9 },
  cost: ({ model: { dimension } }, _threads, { operation }) => EIGEN * dimension * dimension * dimension * operation,
  async probe(bench) {
    const setup = bench.setup({ horizon: 1, dimension: PROBED });
    const { mixture } = setup;
    const matrix = new Float64Array(PROBED * PROBED);
    const seconds = await bench.seconds(() => {
      matrix.forEach((_, k) => {
        const [a, b] = [Math.floor(k / PROBED), k % PROBED];
        matrix[k] = mixture.means[a] * mixture.means[b] + 1 / (1 + Math.abs(a - b));
      });
      covarianceEigen(matrix, PROBED, () => false);
    });
    return { operation: seconds / (EIGEN * PROBED * PROBED * PROBED) };
  },
};
