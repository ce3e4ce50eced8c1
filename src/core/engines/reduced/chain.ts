/**
 * The reduced Markov chain of SGD (docs/reduced-sgd.md): what the engine keeps, and what each version of its inner
 * loop does. In a block of directions with equal eigenvalues X is known through its coordinates on the span of the
 * block's means and teacher rows. The rest is known through the Gram matrix K = WᵀW of its other n_b − k_b rows W.
 */
import { type ModelBlock } from '../../model/blocks.ts';

/** Arrays of a chain; S = Σ_b k_b. */
export interface ChainState {
  /** ℓ. */
  readonly outputs: number;
  readonly blocks: readonly ModelBlock[];
  /** First basis direction of each block, and S at the end. */
  readonly start: Int32Array;
  /** X on the basis directions, S×ℓ row-major. */
  readonly coordinates: Float64Array;
  /** Lower Cholesky factor L of each block's K = L Lᵀ, ℓ×ℓ row-major one after the other; 0 where there is no rest. */
  readonly roots: Float64Array;
}

/** One step in two halves: AdaGrad-Norm knows its rate only once the gradient is there. */
export interface Chain {
  /** Draws a batch and its gradient ∇Ψ at the current state. */
  draw(): void;
  /** ‖∇Ψ‖²_F of the batch drawn last. */
  gradientSquare(): number;
  /** X ← shrink·X − step·∇Ψ. */
  apply(step: number, shrink: number): void;
}

/** Whether a block has directions beyond its basis. */
export const hasRest = ({ size, span }: ModelBlock): boolean => size > span;

/**
 * The block with all its directions in the basis where its rest is too small for the chain. With ℓ columns of W and
 * samples whose other components fill an ℓ-dimensional space too, it needs n_b − k_b >= 2ℓ.
 */
export function withLargeRest(block: ModelBlock, outputs: number): ModelBlock {
  const { size, span } = block;
  if (size === span || size - span >= 2 * outputs) return block;
  const widen = (rows: Float64Array) => {
    const count = span === 0 ? 0 : rows.length / span;
    const wide = new Float64Array(count * size);
    for (let row = 0; row < count; row++) wide.set(rows.subarray(row * span, (row + 1) * span), row * size);
    return wide;
  };
  const zeros = (count: number) => new Float64Array(count * size);
  const means = span === 0 ? zeros(block.eigenvalues.length) : widen(block.means);
  return { ...block, span: size, means, teacher: widen(block.teacher) };
}

/** X = 0 on the given blocks. */
export function createChainState(blocks: readonly ModelBlock[], outputs: number): ChainState {
  const start = new Int32Array(blocks.length + 1);
  blocks.forEach(({ span }, b) => (start[b + 1] = start[b] + span));
  return {
    outputs,
    blocks,
    start,
    coordinates: new Float64Array(start[blocks.length] * outputs),
    roots: new Float64Array(blocks.length * outputs * outputs),
  };
}

/** What every version of the inner loop reads, by class and basis direction or block. */
export interface ChainTables {
  /** μ_i on all basis directions, C×S row-major. */
  readonly means: Float64Array;
  /** √λ_i of each block, C×(number of blocks) row-major. */
  readonly deviations: Float64Array;
  /** p_1 + … + p_i, C. */
  readonly cumulated: Float64Array;
  /** Degrees of freedom n_b − k_b − ℓ of what neither the basis nor the columns of W see; −1 without a rest. */
  readonly degrees: Float64Array;
}

export function createChainTables({ blocks, start, outputs }: ChainState, priors: Float64Array): ChainTables {
  const classes = priors.length;
  const directions = start[blocks.length];
  const means = new Float64Array(classes * directions);
  const deviations = new Float64Array(classes * blocks.length);
  blocks.forEach((block, b) => {
    for (let i = 0; i < classes; i++) {
      means.set(block.means.subarray(i * block.span, (i + 1) * block.span), i * directions + start[b]);
      deviations[i * blocks.length + b] = Math.sqrt(block.eigenvalues[i]);
    }
  });
  let sum = 0;
  const cumulated = priors.map((prior) => (sum += prior));
  const degrees = Float64Array.from(blocks, (block) => (hasRest(block) ? block.size - block.span - outputs : -1));
  return { means, deviations, cumulated, degrees };
}

/** The class of a uniform number. */
export function classOf(uniform: number, cumulated: Float64Array): number {
  const last = cumulated.length - 1;
  let i = 0;
  while (i < last && uniform > cumulated[i]) i++;
  return i;
}
