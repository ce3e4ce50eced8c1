/**
 * Gaussian moments under binary labels of losses f = A(r) − y r + const, (T10). They are in closed form but for
 * E A′(r) ȳ(r*), which is one integral over r (labelled-moments.ts has it for any loss).
 */
import { createLabelAverage, type BinaryLabels } from '../labels/labels.ts';
import { createPanels } from '../math/gaussian-panels.ts';
import { createScalarMoments, type ScalarMoments } from '../math/scalar-moments.ts';
import { transitionCuts, type MomentsOf, type PairLaw } from './labelled-moments.ts';

/** A loss f = A(r) − y r + constant with y = low + step · (1 for the first label, 0 for the second). */
export interface PotentialLoss {
  /** y of the second label, and what the first adds to it. */
  readonly low: number;
  readonly step: number;
  readonly constant: number;
  /** Moments of A alone. */
  moments(mean: number, variance: number, out: ScalarMoments): void;
  /** Writes A′, A″ and A‴ at r. */
  derivatives(output: number, out: Float64Array): void;
}

const LEAST_VARIANCE = 1e-11;
const LEAST_RATIO = 1e-14;

/** E of A′ȳ, A″ȳ, A‴ȳ, A″ȳ′, A′ȳ′ and A′ȳ″. */
const PRODUCTS = 6;

/** The moments of such a loss; where B* = 0 every label has one probability. Not reentrant. */
export function potentialMoments(loss: PotentialLoss, binary: BinaryLabels): MomentsOf {
  const panels = createPanels(PRODUCTS);
  const own = createScalarMoments();
  const average = createLabelAverage();
  const whole = createLabelAverage();
  const slopes = new Float64Array(3);
  const [above, below] = [0, 1].map(() => new Float64Array(PRODUCTS));

  function writeAverage(law: PairLaw, mean: number, variance: number, out: typeof average): void {
    if (law.teacherVariance > 0) binary.average(mean, variance, out);
    else Object.assign(out, { value: binary.probability(law.teacherMean), slope: 0, second: 0, third: 0 });
  }

  function writeProducts(law: PairLaw, root: number, along: number, conditional: number, z: number, out: Float64Array) {
    writeAverage(law, law.teacherMean + along * z, conditional, average);
    loss.derivatives(law.mean + root * z, slopes);
    const [first, second, third] = slopes;
    out[0] = first * average.value;
    out[1] = second * average.value;
    out[2] = third * average.value;
    out[3] = second * average.slope;
    out[4] = first * average.slope;
    out[5] = first * average.second;
  }

  return (_label, law, out) => {
    const { mean, teacherMean, teacherVariance } = law;
    const variance = Math.max(law.variance, LEAST_VARIANCE);
    const root = Math.sqrt(variance);
    const along = teacherVariance > 0 ? law.covariance / root : 0;
    const covariance = along * root;
    const conditional = Math.max(teacherVariance - along * along, LEAST_RATIO * teacherVariance);
    loss.moments(mean, variance, own);
    writeAverage(law, teacherMean, teacherVariance, whole);
    panels.integrate(
      (z, values, sizes) => {
        writeProducts(law, root, along, conditional, z, above);
        writeProducts(law, root, along, conditional, -z, below);
        for (let k = 0; k < PRODUCTS; k++) {
          values[k] = above[k] + below[k];
          if (sizes) sizes[k] = Math.abs(above[k]) + Math.abs(below[k]);
        }
        if (!sizes) return;
        // A‴ and ȳ″ pass through 0 as differences of terms of the size of A″ and of ȳ′ over the width of ȳ
        sizes[2] += sizes[1];
        if (conditional > 0) sizes[5] += sizes[4] / Math.sqrt(conditional);
      },
      transitionCuts(teacherMean, along, conditional),
    );
    const { sums, errors } = panels;
    const { low, step } = loss;
    const { byMean, byVariance, byCovariance } = out;
    const answer = low + step * whole.value;
    out.risk = own.risk + loss.constant - mean * answer - covariance * step * whole.slope;
    out.gradient = own.gradient - answer;
    out.curvature = own.curvature;
    out.cross = -step * whole.slope;
    // E y² of a label with two values
    const square = low * low + ((low + step) * (low + step) - low * low) * whole.value;
    out.gradientSquare = own.gradientSquare - 2 * (low * own.gradient + step * sums[0]) + square;
    byMean.gradient = own.curvature;
    byMean.curvature = own.third;
    byMean.cross = byCovariance.gradient = 0;
    byMean.square = own.gradientSquareByMean - 2 * (low * own.curvature + step * sums[1]);
    byVariance.gradient = 0.5 * own.third;
    byVariance.curvature = 0.5 * own.fourth;
    byVariance.cross = byCovariance.curvature = 0;
    byVariance.square = own.gradientSquareByVariance - (low * own.third + step * sums[2]);
    byCovariance.cross = 0;
    byCovariance.square = -2 * step * sums[3];
    const turn = (low + step) * (low + step) - low * low;
    out.squareByTeacherMean = turn * whole.slope - 2 * step * sums[4];
    out.squareByTeacherMeanTwice = turn * whole.second - 2 * step * sums[5];
    out.errorEstimate = 2 * Math.abs(step) * errors[0];
  };
}
