/** The reduced chain for any number of outputs, with or without a teacher. */
import { binaryLabel } from '../../labels/labels.ts';
import { targetSize, type Loss } from '../../loss/loss.ts';
import { choleskySemidefinite } from '../../math/cholesky.ts';
import { type Sampler } from '../sampler.ts';
import { classOf, type Chain, type ChainState, type ChainTables } from './chain.ts';

/** A pivot of a Gram matrix that is rounding, relative to its trace (softmax gradients sum to 0: K is singular). */
const ROUNDING = 1e-14;

/** Writes the lower Cholesky factor of a Gram matrix. */
function gramRoot(matrix: Float64Array, n: number, out: Float64Array): void {
  let trace = 0;
  for (let o = 0; o < n; o++) trace += matrix[o * n + o];
  choleskySemidefinite(matrix, n, ROUNDING * trace, out);
}

/**
 * Adds R T Tᵀ Rᵀ to the lower triangle of `out`, T Tᵀ a Wishart matrix (Bartlett): the Gram matrix of `degrees`
 * independent rows with covariance R Rᵀ. Columns of R that are zero meet no random number.
 * @param root R, lower triangular, ℓ×ℓ.
 * @param degrees >= ℓ.
 */
function addWishart(
  root: Float64Array,
  outputs: number,
  degrees: number,
  sampler: Sampler,
  scratch: Float64Array,
  out: Float64Array,
): void {
  for (let column = 0; column < outputs; column++) {
    // column of R T: Σ_{j >= column} R[:, j] T[j, column]
    scratch.fill(0);
    for (let j = column; j < outputs; j++) {
      if (root[j * outputs + j] === 0) continue;
      const t = j === column ? Math.sqrt(sampler.chiSquare(degrees - column)) : sampler.normal();
      for (let o = j; o < outputs; o++) scratch[o] += root[o * outputs + j] * t;
    }
    for (let a = column; a < outputs; a++) {
      for (let b = column; b <= a; b++) out[a * outputs + b] += scratch[a] * scratch[b];
    }
  }
}

/** Inner loop for ℓ outputs. @param teacher x*_o on all basis directions, ℓ*×S row-major. */
export function createMatrixChain(
  state: ChainState,
  { means, deviations, cumulated, degrees }: ChainTables,
  teacher: Float64Array,
  loss: Loss,
  batchSize: number,
  sampler: Sampler,
): Chain {
  const { start, coordinates, roots, outputs } = state;
  const { noise: labelNoise, binary } = loss.labels;
  const count = state.blocks.length;
  const directions = start[count];
  const size = outputs * outputs;
  const rootOf = Array.from({ length: count }, (_, b) => roots.subarray(b * size, (b + 1) * size));
  const entry = new Float64Array(directions);
  const along = new Float64Array(count * outputs);
  // sums over the batch: entries ⊗ ∇f on the basis and along W, λ ∇f ∇fᵀ, and the Gram matrix of the rest of ∇Ψ
  const basisGradient = new Float64Array(directions * outputs);
  const alongGradient = new Float64Array(count * size);
  const power = new Float64Array(count * size);
  const powerOf = Array.from({ length: count }, (_, b) => power.subarray(b * size, (b + 1) * size));
  const orthogonal = new Float64Array(count * size);
  const orthogonalOf = Array.from({ length: count }, (_, b) => orthogonal.subarray(b * size, (b + 1) * size));
  const output = new Float64Array(outputs);
  const responses = loss.teacherOutputs;
  const target = new Float64Array(targetSize(loss));
  /** Where the noise goes: on the response, or behind it. */
  const noiseAt = target.length - responses;
  const slope = new Float64Array(outputs);
  const square = new Float64Array(size);
  const moved = new Float64Array(size);
  const scratch = new Float64Array(outputs);
  const inverse = 1 / batchSize;

  /** One sample of class i: entries, r into `output`, what the teacher tells into `target`. */
  function sample(i: number): void {
    for (let o = 0; o < outputs; o++) output[o] = 0;
    for (let o = 0; o < noiseAt; o++) target[o] = 0;
    for (let o = 0; o < responses; o++) target[noiseAt + o] = labelNoise > 0 ? labelNoise * sampler.normal() : 0;
    for (let b = 0; b < count; b++) {
      const deviation = deviations[i * count + b];
      for (let k = start[b]; k < start[b + 1]; k++) {
        let value = means[i * directions + k];
        if (deviation !== 0) value += deviation * sampler.normal();
        entry[k] = value;
        for (let o = 0; o < outputs; o++) output[o] += value * coordinates[k * outputs + o];
        for (let o = 0; o < responses; o++) target[o] += value * teacher[o * directions + k];
      }
      for (let j = 0; j < outputs; j++) {
        const value = deviation !== 0 && degrees[b] >= 0 ? deviation * sampler.normal() : 0;
        along[b * outputs + j] = value;
        if (value !== 0) for (let o = j; o < outputs; o++) output[o] += roots[b * size + o * outputs + j] * value;
      }
    }
    if (binary) {
      if (loss.seesNoise) target[1] = target[0];
      target[0] = binaryLabel(binary, target[0], sampler.uniform());
    }
  }

  /** Adds the sample's gradient to the sums. */
  function add(i: number): void {
    for (let k = 0; k < directions; k++) {
      for (let o = 0; o < outputs; o++) basisGradient[k * outputs + o] += entry[k] * slope[o];
    }
    for (let b = 0; b < count; b++) {
      const deviation = deviations[i * count + b];
      if (degrees[b] < 0 || deviation === 0) continue;
      const variance = deviation * deviation;
      for (let j = 0; j < outputs; j++) {
        const value = along[b * outputs + j];
        const row = b * size + j * outputs;
        for (let o = 0; o < outputs; o++) alongGradient[row + o] += value * slope[o];
        const scaled = variance * slope[j];
        for (let o = 0; o <= j; o++) power[row + o] += scaled * slope[o];
      }
    }
  }

  function clear(): void {
    for (let k = 0; k < basisGradient.length; k++) basisGradient[k] = 0;
    for (let k = 0; k < power.length; k++) alongGradient[k] = power[k] = orthogonal[k] = 0;
  }

  function draw(): void {
    clear();
    for (let s = 0; s < batchSize; s++) {
      const i = classOf(sampler.uniform(), cumulated);
      sample(i);
      loss.gradient(i, output, target, slope);
      add(i);
    }
    for (let b = 0; b < count; b++) {
      if (degrees[b] < 0) continue;
      if (batchSize === 1) {
        // one sample: its rest is one vector of length √χ²; in a block of zero variance there is nothing
        if (power[b * size] === 0 && isZero(powerOf[b])) continue;
        const square = sampler.chiSquare(degrees[b]);
        for (let k = 0; k < size; k++) orthogonal[b * size + k] = square * power[b * size + k];
      } else {
        gramRoot(powerOf[b], outputs, square);
        addWishart(square, outputs, degrees[b], sampler, scratch, orthogonalOf[b]);
      }
    }
  }

  return {
    draw,
    gradientSquare() {
      let sum = 0;
      for (let k = 0; k < basisGradient.length; k++) sum += basisGradient[k] * basisGradient[k];
      for (let k = 0; k < alongGradient.length; k++) sum += alongGradient[k] * alongGradient[k];
      for (let b = 0; b < count; b++) for (let o = 0; o < outputs; o++) sum += orthogonal[b * size + o * (outputs + 1)];
      return sum * inverse * inverse;
    },
    apply(step, shrink) {
      const factor = step * inverse;
      for (let k = 0; k < coordinates.length; k++) coordinates[k] = shrink * coordinates[k] - factor * basisGradient[k];
      for (let b = 0; b < count; b++) {
        if (degrees[b] < 0) continue;
        const root = rootOf[b];
        const at = b * size;
        // W in the basis of its own columns: shrink·Lᵀ − step·(along ⊗ ∇f)
        for (let j = 0; j < outputs; j++) {
          for (let o = 0; o < outputs; o++) {
            moved[j * outputs + o] = shrink * root[o * outputs + j] - factor * alongGradient[at + j * outputs + o];
          }
        }
        for (let a = 0; a < outputs; a++) {
          for (let o = 0; o <= a; o++) {
            let sum = factor * factor * orthogonal[at + a * outputs + o];
            for (let j = 0; j < outputs; j++) sum += moved[j * outputs + a] * moved[j * outputs + o];
            square[a * outputs + o] = sum;
          }
        }
        gramRoot(square, outputs, root);
      }
    },
  };
}

function isZero(values: Float64Array): boolean {
  for (const value of values) if (value !== 0) return false;
  return true;
}
