/** What a kernel draws at random, and in which order: per step and per sample a class, a vector z, label noise. */
import { streamOfKey, type Stream } from '../math/random.ts';
import { type KernelProblem } from './kernel.ts';

/** The source of a kernel's randomness. Each purpose has its own stream, so their order of use does not matter. */
export interface Draws {
  /** Class i of the next sample, 0-based, with probability p_i. */
  classIndex(): number;
  /** z of the next sample: standard normals into `out` (d). */
  sample(out: Float64Array): void;
  /** ε of the next sample: standard normals into `out` (ℓ*). */
  labels(out: Float64Array): void;
}

/**
 * Upper ends of the intervals of [0, 1) that belong to the classes; infinite from the last class of positive prior
 * on, so that rounding of the sum can neither leave a gap nor give a class of prior 0 a sample.
 * @param priors p_i, C.
 */
export function classBounds(priors: Float64Array): Float64Array {
  const last = priors.findLastIndex((prior) => prior > 0);
  let sum = 0;
  return priors.map((prior, i) => (i >= last ? Infinity : (sum += prior)));
}

/** Class that a uniform number falls into. */
export function classAt(bounds: Float64Array, uniform: number): number {
  let i = 0;
  while (uniform >= bounds[i]) i++;
  return i;
}

/** Draws from the problem's own key, by the TypeScript generators. */
export function streamDraws(problem: KernelProblem): Draws {
  const root = streamOfKey(problem.key);
  const classes = root.child('classes');
  const bounds = classBounds(problem.priors);
  return {
    classIndex: () => classAt(bounds, classes.uniform()),
    sample: fillFrom(root.child('samples')),
    labels: fillFrom(root.child('labels')),
  };
}

function fillFrom(stream: Stream): (out: Float64Array) => void {
  return (out) => {
    for (let k = 0; k < out.length; k++) out[k] = stream.normal();
  };
}
