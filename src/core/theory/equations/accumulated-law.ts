/**
 * The law of what a rule has accumulated after few steps. G is a sum of squares that differ from run to run by as much
 * as they are. The gamma law with G's mean and variance stands for it, through the cube of a normal variable (E. B.
 * Wilson, M. M. Hilferty, PNAS 17, 1931), which keeps both for shapes down to that of one square.
 */
import { pow } from '../../math/elementary.ts';
import { gaussHermite } from '../../math/gauss-hermite.ts';
import { normalCdf } from '../../math/normal.ts';

const NODES = 12;
/** Below this relative variance a law is one number. */
const NARROW = 1e-12;

/** G > 0 at a few nodes with weights of sum 1. */
export interface AccumulatedLaw {
  /** Nodes in use. */
  count: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** @returns a law, and how to write the one of given mean >= 0 and variance >= 0 into it. */
export function createAccumulatedLaw(): AccumulatedLaw & { update(mean: number, variance: number): void } {
  const rule = gaussHermite(NODES);
  const below = rule.nodes.map(normalCdf);
  const values = new Float64Array(NODES);
  const weights = new Float64Array(NODES);
  return {
    count: 1,
    values,
    weights,
    update(mean, variance) {
      if (!(variance > NARROW * mean * mean)) {
        this.count = 1;
        values[0] = mean;
        weights[0] = 1;
        return;
      }
      this.count = NODES;
      const ninth = variance / (9 * mean * mean);
      let sum = 0;
      for (let j = 0; j < NODES; j++) {
        // near 0 the cube is no quantile; of shape s that of p goes like p^{1/s}, and rates like G^{-1/2} are felt there
        const tail = 9 * ninth * pow(below[j], 9 * ninth);
        const root = Math.max(0, 1 - ninth + Math.sqrt(ninth) * rule.nodes[j]);
        values[j] = Math.max(tail, root * root * root);
        weights[j] = rule.weights[j];
        sum += weights[j] * values[j];
      }
      for (let j = 0; j < NODES; j++) values[j] *= mean / sum;
    },
  };
}
