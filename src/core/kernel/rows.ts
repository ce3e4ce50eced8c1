/** The kernel that passes over a finite data set: steps read rows instead of drawing them, with every loss and update. */
import { createOrder, rowAt, type DataSet } from '../data/data-set.ts';
import { type FiniteData } from '../data/data-spec.ts';
import { type Stream } from '../math/random.ts';
import { type KernelRun } from './kernel.ts';
import { startSampled, type Sample, type SampledProblem } from './oracle.ts';

/** Coordinates that it updates in some 20 ms. */
export const ROWS_PACE = 5e6;

/**
 * A run of SGD on the rows of a data set. A full batch is every sample in order.
 * @param stream of the order in which samples are taken.
 */
export function startOnRows(
  problem: SampledProblem,
  { samples, rows, classes, targets }: DataSet,
  { sampling }: Pick<FiniteData, 'sampling'>,
  stream: Stream,
): KernelRun {
  const { dimension } = problem;
  const order = createOrder(sampling, samples, stream);
  const responses = targets.length / samples;
  const sample: Sample = { classIndex: 0, row: rowAt(rows, 0, dimension), target: rowAt(targets, 0, responses) };
  const batchSize = sampling === 'full-batch' ? samples : problem.batchSize;
  return startSampled({ ...problem, batchSize }, () => {
    const j = order();
    sample.classIndex = classes[j];
    sample.row = rowAt(rows, j, dimension);
    if (responses > 0) sample.target = rowAt(targets, j, responses);
    return sample;
  });
}
