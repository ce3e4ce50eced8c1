/** The reduced chain for one output without teacher: two normals and a chi-square per block and sample at most. */
import { type Loss } from '../../loss/loss.ts';
import { type Sampler } from '../sampler.ts';
import { classOf, type Chain, type ChainState, type ChainTables } from './chain.ts';

/** Inner loop for ℓ = 1; K of each block is the number ρ_b² and its root is ρ_b. */
export function createScalarChain(
  state: ChainState,
  { means, deviations, cumulated, degrees }: ChainTables,
  loss: Loss,
  batchSize: number,
  sampler: Sampler,
): Chain {
  const { start, coordinates, roots } = state;
  const count = state.blocks.length;
  const directions = start[count];
  // of one sample: its entries on the basis, and along W in each block
  const entry = new Float64Array(directions);
  const along = new Float64Array(count);
  // of the batch: sums of f′ times those, of f′² λ, and the squared length of what is orthogonal to all
  const basisGradient = new Float64Array(directions);
  const alongGradient = new Float64Array(count);
  const power = new Float64Array(count);
  const orthogonal = new Float64Array(count);
  const output = new Float64Array(1);
  const slope = new Float64Array(1);
  const target = new Float64Array(0);
  const inverse = 1 / batchSize;

  /** One sample of class i: entries, and r into `output`. */
  function sample(i: number): void {
    let r = 0;
    for (let b = 0; b < count; b++) {
      const deviation = deviations[i * count + b];
      for (let k = start[b]; k < start[b + 1]; k++) {
        let value = means[i * directions + k];
        if (deviation !== 0) value += deviation * sampler.normal();
        entry[k] = value;
        r += value * coordinates[k];
      }
      const value = deviation !== 0 && degrees[b] >= 0 ? deviation * sampler.normal() : 0;
      along[b] = value;
      r += value * roots[b];
    }
    output[0] = r;
  }

  function draw(): void {
    for (let s = 0; s < batchSize; s++) {
      const i = classOf(sampler.uniform(), cumulated);
      sample(i);
      loss.gradient(i, output, target, slope);
      const f = slope[0];
      for (let k = 0; k < directions; k++) basisGradient[k] = (s === 0 ? 0 : basisGradient[k]) + f * entry[k];
      for (let b = 0; b < count; b++) {
        const deviation = deviations[i * count + b];
        alongGradient[b] = (s === 0 ? 0 : alongGradient[b]) + f * along[b];
        power[b] = (s === 0 ? 0 : power[b]) + f * f * deviation * deviation;
      }
    }
    for (let b = 0; b < count; b++) {
      orthogonal[b] = degrees[b] >= 0 && power[b] > 0 ? power[b] * sampler.chiSquare(degrees[b]) : 0;
    }
  }

  return {
    draw,
    gradientSquare() {
      let sum = 0;
      for (let k = 0; k < directions; k++) sum += basisGradient[k] * basisGradient[k];
      for (let b = 0; b < count; b++) sum += alongGradient[b] * alongGradient[b] + orthogonal[b];
      return sum * inverse * inverse;
    },
    apply(step, shrink) {
      const factor = step * inverse;
      for (let k = 0; k < directions; k++) coordinates[k] = shrink * coordinates[k] - factor * basisGradient[k];
      for (let b = 0; b < count; b++) {
        const rest = shrink * roots[b] - factor * alongGradient[b];
        roots[b] = Math.sqrt(rest * rest + factor * factor * orthogonal[b]);
      }
    },
  };
}
