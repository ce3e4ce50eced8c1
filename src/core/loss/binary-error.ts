/** How often the sign of r is not the binary label that is seen, of samples of one class. */
import { createLabelAverage, type BinaryLabels } from '../labels/labels.ts';
import { createPanels } from '../math/gaussian-panels.ts';
import { transitionCuts, type PairLaw } from './labelled-moments.ts';

const LEAST_RATIO = 1e-14;

/**
 * P(y = 1, r < 0) + P(y = 0, r > 0) with ties of r counted one half, by the same integral over r as the moments. With
 * labels flipped with probability η it is η + (1 − 2η) P(sign r ≠ the clean label).
 */
export function binaryError(binary: BinaryLabels): (law: PairLaw) => number {
  const panels = createPanels(1);
  const average = createLabelAverage();
  return ({ mean, variance, teacherMean, teacherVariance, covariance }) => {
    const root = Math.sqrt(Math.max(0, variance));
    const teaches = teacherVariance > 0;
    /** P(y = 1). */
    const positive = (slope: number, z: number, conditional: number): number => {
      if (!teaches) return binary.probability(teacherMean);
      binary.average(teacherMean + slope * z, conditional, average);
      return average.value;
    };
    const missed = (r: number, probability: number): number => (r > 0 ? 1 - probability : r < 0 ? probability : 0.5);
    if (!(root > 0)) return missed(mean, positive(0, 0, teacherVariance));
    const slope = covariance / root;
    const conditional = Math.max(teacherVariance - slope * slope, LEAST_RATIO * teacherVariance);
    const at = (z: number): number => missed(mean + root * z, positive(slope, z, conditional));
    panels.integrate(
      (z, out, sizes) => {
        out[0] = at(z) + at(-z);
        if (sizes) sizes[0] = out[0];
      },
      [-mean / root, ...transitionCuts(teacherMean, slope, conditional)],
    );
    return panels.sums[0];
  };
}
