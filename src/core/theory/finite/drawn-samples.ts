/** Samples of any smooth loss of one output in the mean field: trajectories of their outputs, drawn. */
import { exp } from '../../math/elementary.ts';
import { rootStream, type Stream } from '../../math/random.ts';
import { type SampleMoments } from './mean-field.ts';

/** Pivots below this count as 0: the outputs at t = 0 are all the same. */
const DEPENDENT = 1e-14;

export interface DrawnLoss {
  value(r: number): number;
  slope(r: number): number;
  curvature(r: number): number;
}

/** Standard normals that all classes share: antithetic, and columns of different steps orthonormal as they are in the mean. */
export function createNormals(trajectories: number, stream: Stream): (t: number) => Float64Array {
  const columns: Float64Array[] = [];
  return (t) => {
    while (columns.length <= t) {
      const column = new Float64Array(trajectories);
      for (let k = 0; k + 1 < trajectories; k += 2) {
        column[k] = stream.normal();
        column[k + 1] = -column[k];
      }
      for (const other of columns) subtract(column, meanProduct(column, other), other);
      const length = Math.sqrt(meanProduct(column, column));
      for (let k = 0; k < trajectories; k++) column[k] /= length;
      columns.push(column);
    }
    return columns[t];
  };
}

export const fieldStream = (steps: number): Stream => rootStream(1).child('mean-field').child('steps', steps);

/**
 * @param visits κ, the mean number of times that a sample is drawn in a step, of Poisson's law; null for full batches.
 */
export function drawnSamples(
  loss: DrawnLoss,
  steps: number,
  trajectories: number,
  normalsAt: (t: number) => Float64Array,
  visits: number | null,
  stream: Stream,
): SampleMoments {
  const size = steps + 1;
  const square = new Float64Array(size);
  const curvature = new Float64Array(size);
  const factors = Array.from({ length: size }, (_, t) => new Float64Array(t + 1));
  /** w f′ and w f″ ∂h/∂c of each trajectory at earlier steps. */
  const forces: Float64Array[] = [];
  const reactions: Float32Array[][] = [];
  const output = new Float64Array(trajectories);
  const slopes = new Float64Array(trajectories);
  const curves = new Float64Array(trajectories);
  const derivative = new Float64Array(trajectories);
  const spreadOfWeights = visits === null ? 0 : 1 / visits;
  const moments = {
    risk: 0,
    gradient: 0,
    curvature,
    square,
    step(t: number, mean: number, covariance: Float64Array, response: Float64Array) {
      extendFactor(t, covariance);
      output.fill(mean);
      for (let s = 0; s <= t; s++) subtract(output, -factors[t][s], normalsAt(s));
      for (let s = 0; s < t; s++) subtract(output, response[s], forces[s]);
      let risk = 0;
      for (let k = 0; k < trajectories; k++) {
        risk += loss.value(output[k]);
        slopes[k] = loss.slope(output[k]);
        curves[k] = loss.curvature(output[k]);
      }
      moments.risk = risk / trajectories;
      moments.gradient = slopes.reduce((sum, slope) => sum + slope, 0) / trajectories;
      const weights = Float64Array.from(output, () => (visits === null ? 1 : poisson(visits, stream) / visits));
      for (let s = 0; s < t; s++) square[s] = meanProduct(slopes, forces[s]);
      square[t] = (1 + spreadOfWeights) * meanProduct(slopes, slopes);
      const here: Float32Array[] = [];
      for (let u = 0; u < t; u++) {
        derivative.fill(0);
        react(u, t, response);
        curvature[u] = meanProduct(curves, derivative);
        const reaction = new Float32Array(trajectories);
        for (let k = 0; k < trajectories; k++) reaction[k] = weights[k] * curves[k] * derivative[k];
        here.push(reaction);
      }
      curvature[t] = curves.reduce((sum, curve) => sum + curve, 0) / trajectories;
      here.push(Float32Array.from(curves, (curve, k) => weights[k] * curve));
      reactions.push(here);
      forces.push(slopes.map((slope, k) => weights[k] * slope));
    },
  };

  /** ∂h(t)/∂c(u) = −Σ_s Γ(t, s) w_s f″(h_s) ∂h(s)/∂c(u), four steps at once: this is where the time goes. */
  function react(u: number, t: number, response: Float64Array): void {
    let s = u;
    for (; s + 3 < t; s += 4) {
      const [a, b, c, d] = [reactions[s][u], reactions[s + 1][u], reactions[s + 2][u], reactions[s + 3][u]];
      const [ra, rb, rc, rd] = [response[s], response[s + 1], response[s + 2], response[s + 3]];
      for (let k = 0; k < trajectories; k++) derivative[k] -= ra * a[k] + rb * b[k] + rc * c[k] + rd * d[k];
    }
    for (; s < t; s++) {
      const [gamma, before] = [response[s], reactions[s][u]];
      for (let k = 0; k < trajectories; k++) derivative[k] -= gamma * before[k];
    }
  }

  /** A row of Cholesky's factor of B. */
  function extendFactor(t: number, covariance: Float64Array): void {
    const row = factors[t];
    let pivot = covariance[t];
    for (let s = 0; s < t; s++) {
      let sum = covariance[s];
      for (let k = 0; k < s; k++) sum -= row[k] * factors[s][k];
      row[s] = factors[s][s] > 0 ? sum / factors[s][s] : 0;
      pivot -= row[s] * row[s];
    }
    row[t] = pivot > DEPENDENT ? Math.sqrt(pivot) : 0;
  }
  return moments;
}

function meanProduct(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += u[k] * v[k];
  return sum / u.length;
}

function subtract(from: Float64Array, factor: number, what: Float64Array): void {
  for (let k = 0; k < from.length; k++) from[k] -= factor * what[k];
}

/** Poisson's law by inversion. */
function poisson(mean: number, stream: Stream): number {
  if (mean > 30) return poisson(mean / 2, stream) + poisson(mean / 2, stream);
  let left = stream.uniform();
  let chance = exp(-mean);
  let count = 0;
  while (left > chance && chance > 0) {
    left -= chance;
    count++;
    chance *= mean / count;
  }
  return count;
}
