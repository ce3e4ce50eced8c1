/**
 * Derivatives of the Gaussian moments (T2) of any loss by m and B. Losses of one output know them. For others they are
 * differences: in m, and in B along pairs of its eigenvectors, by a part of their variances, so that B stays positive.
 * Where there is hardly any variance, ∂/∂B_ab E F = ½ E ∂_a∂_b F (R. Price, IRE Trans. Inf. Theory 4, 1958) makes second
 * differences in m of them: B may be singular.
 */
import { createMoments, type GaussianMoments, type Loss } from '../../loss/loss.ts';
import { createLabelledMoments } from '../../loss/labelled-moments.ts';
import { squared } from '../../math/elementary.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { createRotation, eigenbasis } from '../../math/packed-matrices.ts';

/** Step of the differences in m, whose scale is 1 where losses are curved: relative errors of 1e-6. */
const MEAN_STEP = 0.003;
/** Step of the differences in B as a part of the variance, and the least variance for them. */
const VARIANCE_STEP = 1e-4;
const LEAST_VARIANCE = 1e-3;

/** Slopes of the moments of one class as one vector: R, g (ℓ), H and Q (packed lower triangles). */
export interface MomentSlopes {
  /** Numbers in that vector, 1 + ℓ + ℓ(ℓ+1). */
  readonly size: number;
  /** Offsets of g, H and Q in it. */
  readonly gradientAt: number;
  readonly hessianAt: number;
  readonly squareAt: number;
  /** The moments themselves where the slopes were taken. */
  readonly values: Float64Array;
  /** Takes the slopes of a class at a law, as `Loss.moments` takes it. */
  update(classIndex: number, mean: Float64Array, covariance: Float64Array): void;
  /**
   * The change of the moments with that of the law, to first order.
   * @param mean δm, ℓ.
   * @param covariance δB, packed.
   */
  change(mean: Float64Array, covariance: Float64Array, out: Float64Array): void;
}

/** Buffers for the slopes of one class. */
export function createMomentSlopes(loss: Loss): MomentSlopes {
  return loss.slopes ? knownSlopes(loss.slopes.bind(loss)) : differences(loss);
}

/** Of one output; with a teacher the changes are those at a fixed q. */
function knownSlopes(slopes: NonNullable<Loss['slopes']>): MomentSlopes {
  const moments = createLabelledMoments();
  const values = new Float64Array(4);
  return {
    ...{ size: 4, gradientAt: 1, hessianAt: 2, squareAt: 3 },
    values,
    update(classIndex, mean, covariance) {
      slopes(classIndex, mean, covariance, moments);
      const { risk, gradient, curvature, gradientSquare } = moments;
      values.set([risk, gradient, curvature, gradientSquare]);
    },
    change([mean], [variance], out) {
      const { gradient, curvature, byMean, byVariance } = moments;
      out[0] = gradient * mean + 0.5 * curvature * variance;
      out[1] = byMean.gradient * mean + byVariance.gradient * variance;
      out[2] = byMean.curvature * mean + byVariance.curvature * variance;
      out[3] = byMean.square * mean + byVariance.square * variance;
    },
  };
}

function differences(loss: Loss): MomentSlopes {
  const { outputs } = loss;
  const pairs = packedSize(outputs);
  const size = 1 + outputs + 2 * pairs;
  const sampler = createSampler(loss, size);
  const [values, above, below] = [0, 1, 2].map(() => new Float64Array(size));
  /** Rows: along each eigenvector of B the mean, then along each pair of them B. */
  const slopes = new Float64Array((outputs + pairs) * size);
  const square = new Float64Array(pairs);
  const inBasis = new Float64Array(outputs + pairs);
  const rotation = createRotation(outputs);
  let vectors = new Float64Array(0);

  function writeRow(row: number, entry: (k: number) => number): void {
    for (let k = 0; k < size; k++) slopes[row * size + k] = entry(k);
  }

  return {
    size,
    gradientAt: 1,
    hessianAt: 1 + outputs,
    squareAt: 1 + outputs + pairs,
    values,
    update(classIndex, mean, covariance) {
      const joint = mean.length;
      for (let a = 0, k = 0; a < outputs; a++) for (let b = 0; b <= a; b++, k++) square[k] = covariance[a * joint + b];
      const basis = eigenbasis(square, outputs);
      vectors = basis.vectors as Float64Array<ArrayBuffer>;
      sampler.reset(classIndex, mean, covariance, vectors);
      sampler.evaluate(values);
      // second differences along single vectors, which those along pairs need
      const own = Array.from({ length: outputs }, (_, a) => {
        sampler.moveMean(MEAN_STEP, a, -1, above);
        sampler.moveMean(-MEAN_STEP, a, -1, below);
        writeRow(a, (k) => (above[k] - below[k]) / (2 * MEAN_STEP));
        return values.map((value, k) => (above[k] - 2 * value + below[k]) / squared(MEAN_STEP));
      });
      for (let a = 0; a < outputs; a++) {
        for (let b = 0; b <= a; b++) {
          const row = outputs + packed(a, b);
          const variance = Math.sqrt(Math.max(0, basis.rates[a]) * Math.max(0, basis.rates[b]));
          if (variance >= LEAST_VARIANCE) {
            const step = VARIANCE_STEP * variance;
            sampler.moveCovariance(step, a, b, above);
            sampler.moveCovariance(-step, a, b, below);
            writeRow(row, (k) => (above[k] - below[k]) / (2 * step));
          } else if (a === b) {
            writeRow(row, (k) => 0.5 * own[a][k]);
          } else {
            sampler.moveMean(MEAN_STEP, a, b, above);
            sampler.moveMean(-MEAN_STEP, a, b, below);
            writeRow(
              row,
              (k) => 0.5 * ((above[k] - 2 * values[k] + below[k]) / squared(MEAN_STEP) - own[a][k] - own[b][k]),
            );
          }
        }
      }
    },
    change(mean, covariance, out) {
      for (let a = 0; a < outputs; a++) {
        inBasis[a] = 0;
        for (let c = 0; c < outputs; c++) inBasis[a] += vectors[c * outputs + a] * mean[c];
      }
      rotation.toBasis(covariance, vectors, inBasis.subarray(outputs));
      out.fill(0);
      for (let row = 0; row < inBasis.length; row++) {
        const factor = inBasis[row];
        for (let k = 0; k < size; k++) out[k] += factor * slopes[row * size + k];
      }
    },
  };
}

/** Moments at laws beside one, moved along vectors v_a of a basis. */
function createSampler(loss: Loss, size: number) {
  const { outputs } = loss;
  const joint = outputs + loss.teacherOutputs;
  const moments = createMoments(outputs, loss.teacherOutputs);
  const mean = new Float64Array(joint);
  const covariance = new Float64Array(joint * joint);
  let classIndex = 0;
  let center = { mean, covariance, vectors: new Float64Array(0) };
  let certain = false;

  function evaluate(out: Float64Array): void {
    if (certain) pointMoments(loss, classIndex, mean, moments);
    else loss.moments(classIndex, mean, covariance, moments);
    write(moments, outputs, out.subarray(0, size));
  }

  return {
    reset(newClass: number, newMean: Float64Array, newCovariance: Float64Array, vectors: Float64Array): void {
      classIndex = newClass;
      center = { mean: newMean.slice(), covariance: newCovariance.slice(), vectors: vectors.slice() };
      mean.set(newMean);
      covariance.set(newCovariance);
      certain = loss.labels.noise === 0 && newCovariance.every((value) => value === 0);
    },
    evaluate,
    /** At m + step (v_a + v_b), or step v_a where b < 0. */
    moveMean(step: number, a: number, b: number, out: Float64Array): void {
      const { vectors } = center;
      mean.set(center.mean);
      for (let c = 0; c < outputs; c++) {
        mean[c] += step * (vectors[c * outputs + a] + (b < 0 ? 0 : vectors[c * outputs + b]));
      }
      evaluate(out);
      mean.set(center.mean);
    },
    /** At B + step (v_a v_bᵀ + v_b v_aᵀ), or step v_a v_aᵀ where a = b. */
    moveCovariance(step: number, a: number, b: number, out: Float64Array): void {
      const { vectors } = center;
      const half = a === b ? 0.5 * step : step;
      for (let c = 0; c < outputs; c++) {
        for (let d = 0; d < outputs; d++) {
          const [ca, cb] = [vectors[c * outputs + a], vectors[c * outputs + b]];
          const [da, db] = [vectors[d * outputs + a], vectors[d * outputs + b]];
          covariance[c * joint + d] = center.covariance[c * joint + d] + half * (ca * db + cb * da);
        }
      }
      evaluate(out);
      covariance.set(center.covariance);
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
