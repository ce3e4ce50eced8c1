/**
 * Expectations of functions of one standard normal variable that are smooth between given cuts: Gauss–Legendre rules of 24
 * nodes on panels, each panel halved until a rule of 12 nodes agrees with it. Where a function has a kink or a jump no
 * fixed rule without a cut there is good to more than a few digits.
 */
import { normalDensity } from './normal.ts';
import { gaussLegendre, type UnitRule } from './gauss-legendre.ts';

/** Half-width of the window in standard deviations: beyond it are 2e-21 of the law. */
export const WINDOW = 9.5;
/** Widest panel: 24 nodes integrate the density over it to rounding. */
const WIDEST = 3.2;
/** Relative difference of the two rules at which a panel is good: that of 24 nodes is then rounding. */
const AGREES = 1e-11;
/** Rounding of a sum, relative to the sizes of its terms. */
export const ROUNDING = 4 * Number.EPSILON;
/** Difference of the two rules that rounding may make, relative to the values that a function is a difference of. */
const NOISE = 1e-14;
const MOST_HALVINGS = 40;
/** Panels beyond which none is halved: what the rules differ by is then in the errors. */
const MOST_PANELS = 400;

/** Most nodes of a rule. */
export const MOST_NODES = 24;
const fine = gaussLegendre(MOST_NODES);
const coarse = gaussLegendre(MOST_NODES / 2);

/**
 * Writes the values of several functions at z and −z together, h(z) + h(−z) of each.
 * @param sizes if given: sizes of what those sums are made of, which their rounding is relative to.
 */
export type PairedFunctions = (z: number, out: Float64Array, sizes: Float64Array | null) => void;

export interface Panels {
  /** E h of each function, as of the last `integrate`. */
  readonly sums: Float64Array;
  /** Estimates of their absolute errors: the differences of the two rules, and rounding. */
  readonly errors: Float64Array;
  /** What the sums are made of, by the sizes that the functions say: rounding is relative to it. */
  readonly sizes: Float64Array;
  /**
   * Integrates over 0 < z < WINDOW.
   * @param cuts positions of kinks and jumps, of either sign and in any order; those outside the window do not count.
   * @param prepare told the z > 0 of a rule before the functions are asked for their values there, in this order: for those
   * that are cheaper in lists. At most MOST_NODES; the list is the buffer's own.
   */
  integrate(functions: PairedFunctions, cuts: readonly number[], prepare?: (nodes: Float64Array) => void): void;
}

/** Buffers for expectations of `size` functions. */
export function createPanels(size: number): Panels {
  const sums = new Float64Array(size);
  const errors = new Float64Array(size);
  /** ∫|h| and ∫ of the sizes over the first panels, which differences and rounding are relative to. */
  const scale = new Float64Array(size);
  const rounding = new Float64Array(size);
  const values = new Float64Array(size);
  const sizes = new Float64Array(size);
  const many = new Float64Array(size);
  const few = new Float64Array(size);
  /** Of each first panel, by the rule of 12 nodes. */
  const first: Float64Array[] = [];
  let panels = 0;
  const places = new Map([fine, coarse].map((each) => [each, new Float64Array(each.nodes.length)]));
  let prepare: ((nodes: Float64Array) => void) | undefined;

  /** The nodes of a rule on a panel. */
  function nodesOf(of: UnitRule, from: number, to: number): Float64Array {
    const own = places.get(of) as Float64Array;
    for (let k = 0; k < own.length; k++) own[k] = from + (to - from) * of.nodes[k];
    prepare?.(own);
    return own;
  }

  function rule(of: UnitRule, functions: PairedFunctions, from: number, to: number, out: Float64Array) {
    const nodes = nodesOf(of, from, to);
    out.fill(0);
    for (let k = 0; k < nodes.length; k++) {
      const z = nodes[k];
      const weight = (to - from) * of.weights[k] * normalDensity(z);
      functions(z, values, null);
      for (let f = 0; f < size; f++) out[f] += weight * values[f];
    }
  }

  /** The rule of 12 nodes, with the sizes of all functions. */
  function measure(functions: PairedFunctions, from: number, to: number, out: Float64Array): void {
    const nodes = nodesOf(coarse, from, to);
    out.fill(0);
    for (let k = 0; k < nodes.length; k++) {
      const z = nodes[k];
      const weight = (to - from) * coarse.weights[k] * normalDensity(z);
      functions(z, values, sizes);
      for (let f = 0; f < size; f++) {
        out[f] += weight * values[f];
        scale[f] += weight * Math.abs(values[f]);
        rounding[f] += weight * sizes[f];
      }
    }
  }

  function agree(): boolean {
    for (let f = 0; f < size; f++) {
      if (Math.abs(many[f] - few[f]) > AGREES * scale[f] + NOISE * rounding[f]) return false;
    }
    return true;
  }

  /** @param known what the rule of 12 nodes gives, if that is there already. */
  function panel(functions: PairedFunctions, from: number, to: number, halvings: number, known?: Float64Array): void {
    rule(fine, functions, from, to, many);
    if (known) few.set(known);
    else rule(coarse, functions, from, to, few);
    if (halvings < MOST_HALVINGS && panels < MOST_PANELS && !agree()) {
      panels++;
      const middle = 0.5 * (from + to);
      panel(functions, from, middle, halvings + 1);
      panel(functions, middle, to, halvings + 1);
      return;
    }
    for (let f = 0; f < size; f++) {
      sums[f] += many[f];
      errors[f] += Math.abs(many[f] - few[f]);
    }
  }

  return {
    sums,
    errors,
    sizes: rounding,
    integrate(functions, cuts, before) {
      prepare = before;
      sums.fill(0);
      errors.fill(0);
      scale.fill(0);
      rounding.fill(0);
      const ends = panelEnds(cuts);
      panels = ends.length;
      while (first.length < ends.length) first.push(new Float64Array(size));
      for (let k = 1; k < ends.length; k++) measure(functions, ends[k - 1], ends[k], first[k]);
      for (let k = 1; k < ends.length; k++) panel(functions, ends[k - 1], ends[k], 0, first[k]);
      for (let f = 0; f < size; f++) errors[f] += ROUNDING * rounding[f];
    },
  };
}

/** 0, the cuts, WINDOW, and equal pieces of at most WIDEST between them. */
function panelEnds(cuts: readonly number[]): number[] {
  const inside = cuts.map(Math.abs).filter((cut) => cut > 0 && cut < WINDOW);
  const fences = [...new Set([0, ...inside, WINDOW])].sort((a, b) => a - b);
  return fences.flatMap((fence, k) => {
    if (k === 0) return [fence];
    const before = fences[k - 1];
    const pieces = Math.ceil((fence - before) / WIDEST);
    return Array.from({ length: pieces }, (_, piece) => before + ((fence - before) * (piece + 1)) / pieces);
  });
}
