/**
 * The noise of a sample's gradient given its class, as (T6) needs it. It is a Gaussian vector with the covariance of
 * (∇f, ∇f ⊗ ζ), where (r, r*) = m + L ζ are the outputs and ζ is standard normal.
 */
import { createLabelledMoments } from '../../loss/labelled-moments.ts';
import { type Loss } from '../../loss/loss.ts';
import { choleskySemidefinite } from '../../math/cholesky.ts';
import { gaussianGrid, gaussianPoints, GROUP, type GaussianPoints } from '../../math/gaussian-points.ts';
import { rootStream } from '../../math/random.ts';
import { type Sampler } from '../sampler.ts';

/** A draw: the parts that follow ∇f (ℓ) and ∇f ⊗ ζ (ℓ×n row-major). */
export interface GradientNoise {
  readonly gradient: Float64Array;
  readonly product: Float64Array;
}

/**
 * Draws for one class.
 * @param mean m of (r, r*), n = ℓ + ℓ*.
 * @param root L, n×n lower triangular; columns of zeros belong to outputs that depend on the ones before.
 * @param average E ∇f at (m, L Lᵀ), ℓ.
 */
export type DrawGradientNoise = (
  classIndex: number,
  mean: Float64Array,
  root: Float64Array,
  average: Float64Array,
  out: GradientNoise,
) => void;

export function createGradientNoise({ outputs, teacherOutputs }: Loss): GradientNoise {
  return {
    gradient: new Float64Array(outputs),
    product: new Float64Array(outputs * (outputs + teacherOutputs)),
  };
}

/** Exact for one output and for least squares; over fixed points, with a relative error of a few per cent, elsewhere. */
export function gradientNoise(loss: Loss, sampler: Sampler): DrawGradientNoise {
  if (loss.slopes) return loss.teacherOutputs === 0 ? scalarNoise(loss, sampler) : teacherNoise(loss, sampler);
  return loss.leastSquares ? leastSquaresNoise(loss, sampler) : pointNoise(loss, sampler);
}

/**
 * ℓ = 1: with q = f′² Stein's lemma gives E f′ζ = √B E f″, E qζ = √B ∂_m E q and E qζ² = E q + 2B ∂_B E q.
 */
function scalarNoise(loss: Loss, sampler: Sampler): DrawGradientNoise {
  const moments = createLabelledMoments();
  const covariance = new Float64Array(1);
  return (classIndex, mean, root, _average, out) => {
    const deviation = root[0];
    const variance = deviation * deviation;
    covariance[0] = variance;
    loss.slopes?.(classIndex, mean, covariance, moments);
    const { gradient, curvature, gradientSquare, byMean, byVariance } = moments;
    const first = Math.sqrt(Math.max(0, gradientSquare - gradient * gradient));
    const mixed = deviation * (byMean.square - gradient * curvature);
    const second = gradientSquare + 2 * variance * byVariance.square - variance * curvature * curvature;
    const slope = first > 0 ? mixed / first : 0;
    const normal = sampler.normal();
    out.gradient[0] = first * normal;
    out.product[0] = slope * normal + Math.sqrt(Math.max(0, second - slope * slope)) * sampler.normal();
  };
}

/** A pivot of the covariance below, relative to its largest entry, that is rounding. */
const ROUNDING = 1e-14;

/**
 * ℓ = ℓ* = 1 with binary labels: Stein's lemma in (r, r*) gives E f′ζ = Lᵀ(H, H*). With q = f′² it gives E qζ = Lᵀ ∂E q
 * and E qζζᵀ = E q + Lᵀ ∂²E q L, derivatives by (m, m*). Of labels that jump they are those of a density.
 */
function teacherNoise(loss: Loss, sampler: Sampler): DrawGradientNoise {
  const moments = createLabelledMoments();
  const covariance = new Float64Array(4);
  const square = new Float64Array(9);
  const factor = new Float64Array(9);
  const first = new Float64Array(3);
  return (classIndex, mean, root, _average, out) => {
    const [a, , b, c] = root;
    covariance.set([a * a, a * b, a * b, b * b + c * c]);
    loss.slopes?.(classIndex, mean, covariance, moments);
    const { gradient, curvature, cross, gradientSquare, byMean, byVariance, byCovariance } = moments;
    const { squareByTeacherMean: slope, squareByTeacherMeanTwice: second } = moments;
    const [along, mixed] = [2 * byVariance.square, byCovariance.square];
    first.set([gradient, a * curvature + b * cross, c * cross]);
    square.set([gradientSquare, 0, 0, a * byMean.square + b * slope, 0, 0, c * slope, 0, 0]);
    square[4] = gradientSquare + a * a * along + 2 * a * b * mixed + b * b * second;
    square[7] = c * (a * mixed + b * second);
    square[8] = gradientSquare + c * c * second;
    for (let k = 0; k < 3; k++) for (let j = 0; j <= k; j++) square[3 * k + j] -= first[k] * first[j];
    choleskySemidefinite(square, 3, ROUNDING * Math.max(square[0], square[4], square[8]), factor);
    const [x, y, z] = [sampler.normal(), sampler.normal(), sampler.normal()];
    out.gradient[0] = factor[0] * x;
    out.product[0] = factor[3] * x + factor[4] * y;
    out.product[1] = factor[6] * x + factor[7] * y + factor[8] * z;
  };
}

/**
 * ∇f = c + A ζ + σε: (∇f, ∇f ⊗ ζ) is a polynomial of degree 2 in (ζ, ε). It has the covariance of the same
 * polynomial with independent normals in place of ζ, ε, ε ζᵀ and the symmetric matrix ζζᵀ − I (diagonal √2).
 */
function leastSquaresNoise({ outputs, teacherOutputs, labels }: Loss, sampler: Sampler): DrawGradientNoise {
  const { noise: labelNoise } = labels;
  const joint = outputs + teacherOutputs;
  const linear = new Float64Array(joint);
  const square = new Float64Array(joint * joint);
  return (_classIndex, _mean, root, average, { gradient, product }) => {
    sampler.fill(linear);
    for (let j = 0; j < joint; j++) {
      for (let k = 0; k < j; k++) square[j * joint + k] = square[k * joint + j] = sampler.normal();
      square[j * joint + j] = Math.SQRT2 * sampler.normal();
    }
    for (let a = 0; a < outputs; a++) {
      gradient[a] = labelNoise > 0 ? labelNoise * sampler.normal() : 0;
      for (let k = 0; k < joint; k++) {
        const label = labelNoise > 0 ? labelNoise * sampler.normal() : 0;
        product[a * joint + k] = average[a] * linear[k] + label;
      }
      for (let j = 0; j < joint; j++) {
        const slope = root[a * joint + j] - (teacherOutputs > 0 ? root[(outputs + a) * joint + j] : 0);
        gradient[a] += slope * linear[j];
        for (let k = 0; k < joint; k++) product[a * joint + k] += slope * square[j * joint + k];
      }
    }
  };
}

/** Pairs ±ζ of quasi-Monte Carlo points in three dimensions and more. */
const PAIRS = 256;

function noisePoints(dimension: number): GaussianPoints {
  if (dimension <= 2) return gaussianGrid(0.5, dimension === 1 ? [0] : [0, 0]);
  return gaussianPoints(dimension, PAIRS, rootStream(0).child('hsgd', dimension));
}

/** Σ_k √w_k (v_k − v̄) N_k over points with weights w_k: its covariance is that of v under the points. */
function pointNoise(loss: Loss, sampler: Sampler): DrawGradientNoise {
  const { outputs, teacherOutputs, labels } = loss;
  const { noise: labelNoise } = labels;
  const joint = outputs + teacherOutputs;
  const points = noisePoints(joint + (labelNoise > 0 ? teacherOutputs : 0));
  const zeta = new Float64Array(points.dimension);
  const output = new Float64Array(outputs);
  const target = new Float64Array(teacherOutputs);
  const slope = new Float64Array(outputs);
  const meanGradient = new Float64Array(outputs);
  const meanProduct = new Float64Array(outputs * joint);

  function evaluate(classIndex: number, mean: Float64Array, root: Float64Array): void {
    for (let o = 0; o < joint; o++) {
      let value = mean[o];
      for (let j = 0; j <= o; j++) value += root[o * joint + j] * zeta[j];
      if (o < outputs) output[o] = value;
      else target[o - outputs] = value + (labelNoise > 0 ? labelNoise * zeta[o + teacherOutputs] : 0);
    }
    loss.gradient(classIndex, output, target, slope);
  }

  return (classIndex, mean, root, _average, { gradient, product }) => {
    for (const sum of [meanGradient, meanProduct, gradient, product]) sum.fill(0);
    let total = 0;
    for (let k = 0; k < 2 * points.pairs; k++) {
      const pair = k >> 1;
      const weight = points.weights[pair];
      if (weight === 0) continue;
      const sign = k % 2 === 0 ? 1 : -1;
      for (let l = 0; l < zeta.length; l++) {
        zeta[l] = sign * points.z[(Math.floor(pair / GROUP) * points.dimension + l) * GROUP + (pair % GROUP)];
      }
      evaluate(classIndex, mean, root);
      const factor = Math.sqrt(weight) * sampler.normal();
      total += factor;
      for (let a = 0; a < outputs; a++) {
        meanGradient[a] += weight * slope[a];
        gradient[a] += factor * slope[a];
        for (let j = 0; j < joint; j++) {
          const value = slope[a] * zeta[j];
          meanProduct[a * joint + j] += weight * value;
          product[a * joint + j] += factor * value;
        }
      }
    }
    for (let a = 0; a < gradient.length; a++) gradient[a] -= total * meanGradient[a];
    for (let k = 0; k < product.length; k++) product[k] -= total * meanProduct[k];
  };
}
