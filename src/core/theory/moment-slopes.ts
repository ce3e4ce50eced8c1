/**
 * Derivatives of the Gaussian moments (T2) of any loss by m and B. Losses of one output know them. For others those by m
 * are differences; those by B, as ∂/∂B_ab E F = ½ E ∂_a∂_b F (R. Price, IRE Trans. Inf. Theory 4, 1958), second
 * differences in m, so that B may be singular.
 */
import { createMoments, type GaussianMoments, type Loss } from '../loss/loss.ts';
import { createScalarMoments, type ScalarLoss } from '../loss/scalar.ts';
import { packed, packedSize } from '../observables/overlaps.ts';

/** Step of the differences in m, whose scale is 1 where losses are curved: relative errors of 1e-6. */
const STEP = 0.003;

/** Moments in one vector: R, g (ℓ), H and Q (packed lower triangles). */
export interface MomentSlopes {
  /** Numbers in that vector, 1 + ℓ + ℓ(ℓ+1). */
  readonly size: number;
  /** Offsets of g, H and Q in it. */
  readonly gradientAt: number;
  readonly hessianAt: number;
  readonly squareAt: number;
  /** The vector itself. */
  readonly values: Float64Array;
  /** ∂/∂m_a, ℓ × size. */
  readonly byMean: Float64Array;
  /** Change with B_ab and B_ba together, a >= b packed, ℓ(ℓ+1)/2 × size. */
  readonly byCovariance: Float64Array;
  /** Computes the slopes of a class at a law, as `Loss.moments` takes it. */
  update(classIndex: number, mean: Float64Array, covariance: Float64Array): void;
}

/** Buffers for the slopes of one loss. */
export function createMomentSlopes(loss: Loss): MomentSlopes {
  return loss.scalar && loss.outputs === 1 ? scalarSlopes(loss.scalar) : differences(loss);
}

function scalarSlopes(loss: ScalarLoss): MomentSlopes {
  const moments = createScalarMoments();
  const values = new Float64Array(4);
  const byMean = new Float64Array(4);
  const byCovariance = new Float64Array(4);
  return {
    ...{ size: 4, gradientAt: 1, hessianAt: 2, squareAt: 3 },
    values,
    byMean,
    byCovariance,
    update(classIndex, mean, covariance) {
      loss.scalarMoments(classIndex, mean[0], covariance[0], moments);
      const { risk, gradient, curvature, gradientSquare } = moments;
      const { third, fourth, gradientSquareByMean, gradientSquareByVariance } = moments;
      values.set([risk, gradient, curvature, gradientSquare]);
      byMean.set([gradient, curvature, third, gradientSquareByMean]);
      byCovariance.set([0.5 * curvature, 0.5 * third, 0.5 * fourth, gradientSquareByVariance]);
    },
  };
}

function differences(loss: Loss): MomentSlopes {
  const { outputs } = loss;
  const pairs = packedSize(outputs);
  const size = 1 + outputs + 2 * pairs;
  const moments = createMoments(outputs, loss.teacherOutputs);
  const shifted = new Float64Array(outputs + loss.teacherOutputs);
  const byMean = new Float64Array(outputs * size);
  const byCovariance = new Float64Array(pairs * size);
  const [values, above, below] = [0, 1, 2].map(() => new Float64Array(size));

  function evaluate(classIndex: number, covariance: Float64Array, out: Float64Array): void {
    const certain = loss.labelNoise === 0 && covariance.every((value) => value === 0);
    if (certain) pointMoments(loss, classIndex, shifted, moments);
    else loss.moments(classIndex, shifted, covariance, moments);
    write(moments, outputs, out);
  }

  /** Values at m ± step (e_a + e_b), or ± step e_a where b < 0. */
  function evaluateBeside(classIndex: number, mean: Float64Array, covariance: Float64Array, a: number, b: number) {
    for (const [step, out] of [
      [STEP, above],
      [-STEP, below],
    ] as const) {
      shifted.set(mean);
      shifted[a] += step;
      if (b >= 0) shifted[b] += step;
      evaluate(classIndex, covariance, out);
    }
  }

  return {
    size,
    gradientAt: 1,
    hessianAt: 1 + outputs,
    squareAt: 1 + outputs + pairs,
    values,
    byMean,
    byCovariance,
    update(classIndex, mean, covariance) {
      shifted.set(mean);
      evaluate(classIndex, covariance, values);
      const square = (k: number): number => (above[k] - 2 * values[k] + below[k]) / (STEP * STEP);
      for (let a = 0; a < outputs; a++) {
        evaluateBeside(classIndex, mean, covariance, a, -1);
        for (let k = 0; k < size; k++) {
          byMean[a * size + k] = (above[k] - below[k]) / (2 * STEP);
          byCovariance[packed(a, a) * size + k] = 0.5 * square(k);
        }
      }
      for (let a = 0; a < outputs; a++) {
        for (let b = 0; b < a; b++) {
          evaluateBeside(classIndex, mean, covariance, a, b);
          for (let k = 0; k < size; k++) {
            const own = byCovariance[packed(a, a) * size + k] + byCovariance[packed(b, b) * size + k];
            byCovariance[packed(a, b) * size + k] = 0.5 * square(k) - own;
          }
        }
      }
    },
  };
}

/** The moments of an r that is not random: values at a point, which cost no quadrature. */
function pointMoments(loss: Loss, classIndex: number, mean: Float64Array, out: GaussianMoments): void {
  const { outputs } = loss;
  const target = mean.subarray(outputs);
  const output = mean.subarray(0, outputs);
  out.risk = loss.value(classIndex, output, target);
  loss.gradient(classIndex, output, target, out.gradient);
  loss.hessian(classIndex, output, target, out.hessian);
  for (let a = 0; a < outputs; a++) {
    for (let b = 0; b < outputs; b++) out.gradientSquare[a * outputs + b] = out.gradient[a] * out.gradient[b];
  }
}

function write({ risk, gradient, hessian, gradientSquare }: GaussianMoments, outputs: number, out: Float64Array): void {
  out[0] = risk;
  out.set(gradient, 1);
  let at = 1 + outputs;
  for (const matrix of [hessian, gradientSquare]) {
    for (let a = 0; a < outputs; a++) for (let b = 0; b <= a; b++) out[at++] = matrix[a * outputs + b];
  }
}
