/**
 * The drift (T13) of an update of any number of fields, for any loss. With A_n = Σ_i p_i λ_{i,n} H_i + δ and
 * D_n = A_n x̄_n + Σ_i p_i (μ_{i,n} g_i + λ_{i,n} H*_i x*_n), the mean gradient at node n,
 *
 *   z̄_n′ = L z̄_n − β D_n,   S_n′ = (L − A_n β e_1ᵀ) S_n + S_n (L − A_n β e_1ᵀ)ᵀ + (c_n/(d b)) Q ββᵀ.
 *
 * Of signs λ, μ and c are those of `drive`, and the noise is (c_n Q − D_n D_nᵀ)/(d b), (T14).
 *
 * Entries are rows over the nodes, so that every loop runs along memory. For plain SGD it is (T4)–(T5).
 */
import { packed, packedSize } from '../../model/overlaps.ts';
import { createLinearMap, type LinearMap } from '../../update/update.ts';
import { type Coupling } from './coupling.ts';
import { type Problem, type StateShape } from './problem.ts';

/** Writes the drift at time t and learning rate γ, once the coupling was evaluated at y; G is left alone. */
export type DriftWriter = (rate: number, y: Float64Array, out: Float64Array, t: number) => void;

export function createFieldsWriter(problem: Problem, shape: StateShape, { moments }: Coupling): DriftWriter {
  const { priors, ridge, dimension, batchSize, noise, loss, update, drive } = problem;
  const { teacher } = problem.directions;
  const { eigenvalues, means } = drive ?? problem.directions;
  const { noisePower } = drive ?? problem;
  const { nodes, outputs, fields, noiseRows, noiseAt } = shape;
  const { teacherOutputs } = loss;
  const map = createLinearMap(fields);
  /** A, packed ℓ(ℓ+1)/2 × N, and D, ℓ×N. */
  const curvature = new Float64Array(packedSize(outputs) * nodes);
  const gradient = new Float64Array(outputs * nodes);
  /** (1/(d b)) Σ_i p_i c_{i,n} Q_{i,ab} of one pair (a, b). */
  const power = new Float64Array(nodes);
  const curvatureRow = (a: number, b: number): number => packed(Math.max(a, b), Math.min(a, b)) * nodes;
  /** Row of the covariance of output a of field f and output b of field h. */
  const noiseRow = (f: number, a: number, h: number, b: number): number => {
    const [first, second] = [f * outputs + a, h * outputs + b];
    return noiseAt + packed(Math.max(first, second), Math.min(first, second)) * nodes;
  };

  function writeGradient(y: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        const row = curvatureRow(a, b);
        curvature.fill(a === b ? ridge : 0, row, row + nodes);
        for (const [i, { hessian }] of moments.entries()) {
          addRow(curvature, row, priors[i] * hessian[a * outputs + b], eigenvalues, i * nodes, nodes);
        }
      }
    }
    gradient.fill(0);
    for (let a = 0; a < outputs; a++) {
      const row = a * nodes;
      for (const [i, each] of moments.entries()) {
        addRow(gradient, row, priors[i] * each.gradient[a], means, i * nodes, nodes);
        for (let s = 0; s < teacherOutputs; s++) {
          const cross = priors[i] * each.crossHessian[a * teacherOutputs + s];
          for (let n = 0; n < nodes; n++) {
            gradient[row + n] += cross * eigenvalues[i * nodes + n] * teacher[s * nodes + n];
          }
        }
      }
      for (let b = 0; b < outputs; b++)
        addProduct(gradient, row, 1, curvature, curvatureRow(a, b), y, b * nodes, nodes);
    }
  }

  function writePower(a: number, b: number, y: Float64Array): void {
    power.fill(0);
    if (!noise) return;
    for (const [i, { gradientSquare }] of moments.entries()) {
      const factor = (priors[i] * gradientSquare[a * outputs + b]) / (dimension * batchSize);
      addRow(power, 0, factor, noisePower, i * nodes, nodes);
    }
    if (!drive) return;
    // of a sign the mean is not small beside the deviation in directions that are nearly clean
    for (let n = 0; n < nodes; n++) {
      const [first, second] = [a, b].map((row) => gradient[row * nodes + n] - ridge * y[row * nodes + n]);
      power[n] -= (first * second) / (dimension * batchSize);
    }
  }

  function writeMeans(y: Float64Array, out: Float64Array, { matrix, push }: LinearMap): void {
    for (let f = 0; f < fields; f++) {
      for (let a = 0; a < outputs; a++) {
        const row = (f * outputs + a) * nodes;
        out.fill(0, row, row + nodes);
        for (let h = 0; h < fields; h++) addRow(out, row, matrix[f * fields + h], y, (h * outputs + a) * nodes, nodes);
        addRow(out, row, -push[f], gradient, a * nodes, nodes);
      }
    }
  }

  /** Half of the drift of S_(f,a),(h,b): that of the factor (f, a). */
  function addHalf(
    row: number,
    [f, a, h, b]: readonly [number, number, number, number],
    y: Float64Array,
    out: Float64Array,
    { matrix, push }: LinearMap,
  ): void {
    for (let e = 0; e < fields; e++) addRow(out, row, matrix[f * fields + e], y, noiseRow(e, a, h, b), nodes);
    if (push[f] === 0) return;
    for (let c = 0; c < outputs; c++) {
      addProduct(out, row, -push[f], curvature, curvatureRow(a, c), y, noiseRow(0, c, h, b), nodes);
    }
  }

  function writeNoise(y: Float64Array, out: Float64Array, flow: LinearMap): void {
    const { push } = flow;
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b < outputs; b++) {
        writePower(a, b, y);
        for (let f = 0; f < fields; f++) {
          for (let h = 0; h <= f; h++) {
            if (f === h && b > a) continue;
            const row = noiseRow(f, a, h, b);
            out.fill(0, row, row + nodes);
            addHalf(row, [f, a, h, b], y, out, flow);
            addHalf(row, [h, b, f, a], y, out, flow);
            addRow(out, row, push[f] * push[h], power, 0, nodes);
          }
        }
      }
    }
  }

  return (rate, y, out, t) => {
    update.flow(t, rate, map);
    writeGradient(y);
    writeMeans(y, out, map);
    if (noiseRows > 0) writeNoise(y, out, map);
  };
}

/** out[at + n] += factor · u[uAt + n]. */
function addRow(out: Float64Array, at: number, factor: number, u: Float64Array, uAt: number, count: number): void {
  if (factor === 0) return;
  for (let n = 0; n < count; n++) out[at + n] += factor * u[uAt + n];
}

/** out[at + n] += factor · u[uAt + n] · v[vAt + n]. */
function addProduct(
  out: Float64Array,
  at: number,
  factor: number,
  u: Float64Array,
  uAt: number,
  v: Float64Array,
  vAt: number,
  count: number,
): void {
  for (let n = 0; n < count; n++) out[at + n] += factor * u[uAt + n] * v[vAt + n];
}
