/**
 * Gaussian moments (T2) of one step of SGD whose rate knows its own gradient. Let φ = γ ∇f, γ = γ(G + u ‖∇f‖²), and G
 * of a known law. One sample of class i moves the parameters by E φ ⊗ μ_i + K_i (X E ∂φ/∂r + X* E ∂φ/∂r*) in the mean,
 * and its square by E φφᵀ. These are (T4) and (T5) with φ in place of γ ∇f. What is summed over points is the
 * difference to γ ∇f at a mean γ; it vanishes as u ‖∇f‖² gets small beside G, and with it the error of the points.
 */
import { createLabelAverage } from '../../labels/labels.ts';
import { targetSize, type GaussianMoments, type Loss } from '../../loss/loss.ts';
import { choleskySemidefinite } from '../../math/cholesky.ts';
import { exp, squared } from '../../math/elementary.ts';
import { gaussianPoints, GROUP } from '../../math/gaussian-points.ts';
import { rootStream } from '../../math/random.ts';
import { createAccumulatedRate, type Schedule } from '../../schedule/schedule.ts';
import { type AccumulatedLaw } from './accumulated-law.ts';

/** Of one variable the trapezoid rule, exponentially accurate, which also sees what turns over a tenth of a deviation. */
const LINE = { reach: 8, step: 0.1 };
/** Of a response beside r: coarser, since r is averaged over as well. */
const RESPONSES = { reach: 6, step: 0.3 };
/** Pairs of points ±z: for up to FEW outputs, and for more, where squares of many entries fluctuate less. */
const PAIRS = { few: 128, many: 64 };
const FEW = 8;
/** Rounding in a covariance, relative to its largest entry. */
const ROUNDING = 1e-13;

/** Smallest Var f′ / E f′² at which rounding does not disturb averages of what changes with f′. */
const ALONG = 1e-10;

/** Of one sample of one class. */
export interface StepMoments {
  /** E γ. */
  rate: number;
  /** E φ, ℓ. */
  readonly gradient: Float64Array;
  /** E ∂φ_a/∂r_b, ℓ×ℓ row-major; not symmetric. */
  readonly hessian: Float64Array;
  /** E ∂φ_a/∂r*_s, ℓ×ℓ* row-major. */
  readonly crossHessian: Float64Array;
  /** E φφᵀ, ℓ×ℓ. */
  readonly gradientSquare: Float64Array;
}

/** The law of (r, r*) of a class, as for `Loss.moments`, and the loss's own moments there. */
export interface ClassState {
  readonly classIndex: number;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly exact: GaussianMoments;
}

export interface StepMomentsOf {
  readonly moments: StepMoments;
  /** E ‖∇f‖⁴. */
  fourth(state: ClassState): number;
  /**
   * Writes the moments.
   * @param law of G without the sample's own share.
   * @param unit u: what a sample adds to G per ‖∇f‖².
   */
  update(t: number, state: ClassState, law: AccumulatedLaw, unit: number): void;
}

/** Moments over buffers of their own. */
export function createStepMoments(loss: Loss, schedule: Schedule): StepMomentsOf {
  const { outputs, teacherOutputs, leastSquares } = loss;
  const points = pointsOf(outputs);
  const { rate, slope } = createAccumulatedRate(schedule);
  const size = outputs * outputs;
  const moments: StepMoments = {
    rate: 0,
    gradient: new Float64Array(outputs),
    hessian: new Float64Array(size),
    crossHessian: new Float64Array(outputs * teacherOutputs),
    gradientSquare: new Float64Array(size),
  };
  const root = new Float64Array(size);
  const centre = new Float64Array(outputs);
  const place = new Float64Array(outputs);
  const gradient = new Float64Array(outputs);
  const hessian = new Float64Array(size);
  const bent = new Float64Array(outputs);
  /** What the labels tell beside the class. Of least squares that is in the law of ∇f. */
  const target = new Float64Array(leastSquares ? 0 : targetSize(loss));
  const responses = linePoints(RESPONSES);
  const noises = loss.seesNoise && loss.labels.noise > 0 ? responses : [{ z: 0, weight: 1 }];
  const label = createLabelAverage();
  const averages = { rate: 0, square: 0, slope: 0 };
  if (leastSquares) for (let a = 0; a < outputs; a++) hessian[a * outputs + a] = 1;

  /** E γ, E γ² and E ∂γ/∂G over the law of G, with one sample's own share. */
  function average(t: number, { count, values, weights }: AccumulatedLaw, own: number): void {
    averages.rate = 0;
    averages.square = 0;
    averages.slope = 0;
    for (let j = 0; j < count; j++) {
      const here = rate(t, values[j] + own);
      averages.rate += weights[j] * here;
      averages.square += weights[j] * here * here;
      averages.slope += weights[j] * slope(t, values[j] + own);
    }
  }

  /** The Gaussian variable of the points: ∇f itself where it is linear in r, else r. */
  function writeGaussian({ mean, covariance, exact }: ClassState): void {
    const joint = outputs + teacherOutputs;
    let largest = 0;
    for (let a = 0; a < outputs; a++) {
      centre[a] = leastSquares ? exact.gradient[a] : mean[a];
      for (let b = 0; b <= a; b++) {
        root[a * outputs + b] = leastSquares
          ? exact.gradientSquare[a * outputs + b] - exact.gradient[a] * exact.gradient[b]
          : covariance[a * joint + b];
      }
      largest = Math.max(largest, leastSquares ? exact.gradientSquare[a * outputs + a] : root[a * outputs + a]);
    }
    choleskySemidefinite(root, outputs, ROUNDING * largest, root);
  }

  /** ∇f at a point with what `target` tells; returns ‖∇f‖². */
  function writePoint(classIndex: number, z: Float64Array): number {
    const at = leastSquares ? gradient : place;
    for (let a = 0; a < outputs; a++) {
      let value = centre[a];
      for (let b = 0; b <= a; b++) value += root[a * outputs + b] * z[b];
      at[a] = value;
    }
    if (!leastSquares) loss.gradient(classIndex, place, target, gradient);
    let square = 0;
    for (let a = 0; a < outputs; a++) square += gradient[a] * gradient[a];
    return square;
  }

  /** P(the label is y = 1) at a point of r. */
  function positive({ mean, covariance }: ClassState, z: number): number {
    const { binary } = loss.labels;
    if (!binary) return 1;
    const along = root[0] > 0 ? covariance[1] / root[0] : 0;
    const conditional = covariance[3] - along * along;
    if (!(conditional > 0)) return binary.probability(mean[1] + along * z);
    binary.average(mean[1] + along * z, conditional, label);
    return label.value;
  }

  /** Visits what one response may be at a point of r, with its noise where the loss sees that by itself. */
  function visitResponses({ mean, covariance }: ClassState, z: number, each: (weight: number) => void): void {
    const { noise } = loss.labels;
    const along = root[0] > 0 ? covariance[1] / root[0] : 0;
    const clean = Math.max(0, covariance[3] - along * along);
    const deviation = Math.sqrt(loss.seesNoise ? clean : clean + noise * noise);
    for (const response of deviation > 0 ? responses : [{ z: 0, weight: 1 }]) {
      target[0] = mean[1] + along * z + deviation * response.z;
      for (const { z: own, weight } of noises) {
        if (loss.seesNoise) target[1] = noise * own;
        each(response.weight * weight);
      }
    }
  }

  /** Visits the points with their weights, each with all that the labels may tell there. */
  function visit(state: ClassState, each: (z: Float64Array, weight: number) => void): void {
    writeGaussian(state);
    for (const { z, weight } of points) {
      if (target.length === 0) {
        each(z, weight);
        continue;
      }
      if (!loss.labels.binary) {
        visitResponses(state, z[0], (share) => each(z, weight * share));
        continue;
      }
      const probability = positive(state, z[0]);
      target[0] = 0;
      each(z, weight * probability);
      target[0] = 1;
      each(z, weight * (1 - probability));
    }
  }

  return {
    moments,
    fourth(state) {
      let sum = 0;
      visit(state, (z, weight) => (sum += weight * squared(writePoint(state.classIndex, z))));
      return sum;
    },
    update(t, state, law, unit) {
      const { exact, classIndex } = state;
      let trace = 0;
      for (let a = 0; a < outputs; a++) trace += exact.gradientSquare[a * outputs + a];
      average(t, law, unit * trace);
      const typical = { ...averages };
      moments.rate = typical.rate;
      for (let a = 0; a < outputs; a++) moments.gradient[a] = typical.rate * exact.gradient[a];
      for (let k = 0; k < size; k++) {
        moments.hessian[k] = typical.rate * exact.hessian[k];
        moments.gradientSquare[k] = typical.square * exact.gradientSquare[k];
      }
      writeGaussian(state);
      const alongPoints = leastSquares && outputs === 1 && squared(root[0]) > ALONG * exact.gradientSquare[0];
      visit(state, (z, weight) => {
        const square = writePoint(classIndex, z);
        if (!leastSquares) loss.hessian(classIndex, place, target, hessian);
        average(t, law, unit * square);
        const first = weight * (averages.rate - typical.rate);
        const second = weight * (averages.square - typical.square);
        const turn = 2 * weight * unit * averages.slope;
        moments.rate += first;
        for (let b = 0; b < outputs; b++) {
          bent[b] = 0;
          for (let c = 0; c < outputs; c++) bent[b] += hessian[b * outputs + c] * gradient[c];
        }
        // a rate like 1/|∇f| makes φ a sign, whose derivative only this form of it sees (C. Stein): E ∂φ/∂f = E φ z / √Var f
        if (alongPoints) moments.hessian[0] += (first * gradient[0] * z[0]) / root[0];
        for (let a = 0; a < outputs; a++) {
          moments.gradient[a] += first * gradient[a];
          for (let b = 0; b < outputs; b++) {
            const k = a * outputs + b;
            if (!alongPoints) moments.hessian[k] += first * hessian[k] + turn * gradient[a] * bent[b];
            moments.gradientSquare[k] += second * gradient[a] * gradient[b];
          }
        }
      });
      // of least squares ∂φ/∂r* = −∂φ/∂r; other losses with a teacher keep the mean rate
      for (let k = 0; k < moments.crossHessian.length; k++) {
        moments.crossHessian[k] = leastSquares ? -moments.hessian[k] : moments.rate * exact.crossHessian[k];
      }
    },
  };
}

/** Points z ~ N(0, 1) of the trapezoid rule, with weights of sum 1. */
function linePoints({ reach, step }: typeof LINE): readonly { readonly z: number; readonly weight: number }[] {
  const line = Array.from({ length: Math.round((2 * reach) / step) }, (_, k) => step * (k + 0.5) - reach);
  const total = line.reduce((sum, z) => sum + exp(-0.5 * z * z), 0);
  return line.map((z) => ({ z, weight: exp(-0.5 * z * z) / total }));
}

/** Points z ~ N(0, I) with weights of sum 1. */
function pointsOf(dimension: number): readonly { readonly z: Float64Array; readonly weight: number }[] {
  if (dimension === 1) return linePoints(LINE).map(({ z, weight }) => ({ z: Float64Array.of(z), weight }));
  const { pairs, z, weights } = gaussianPoints(
    dimension,
    dimension > FEW ? PAIRS.many : PAIRS.few,
    rootStream(0).child('steps', dimension),
  );
  return Array.from({ length: pairs }, (_, k) => {
    const point = Float64Array.from(
      { length: dimension },
      (_value, l) => z[(Math.floor(k / GROUP) * dimension + l) * GROUP + (k % GROUP)],
    );
    return [
      { z: point, weight: weights[k] },
      { z: point.map((value) => -value), weight: weights[k] },
    ];
  }).flat();
}
