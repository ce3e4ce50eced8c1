/** X at t = 0: that of one run, and the one that a theory starts from where it is known. */
import { rootStream, type Stream } from '../math/random.ts';
import { type Setup } from './setup.ts';

/** Stream of one run: seed → simulation → run; purposes are children of it. Independent of workers and of other runs. */
export function runStream(seed: number, run: number): Stream {
  return rootStream(seed).child('simulation').child('run', run);
}

/**
 * X at t = 0 of the run with this stream, transposed (ℓ×d): zero, given, or iid N(0, scale²/d) from the start's seed and
 * the stream.
 */
export function startParameters({ mixture, loss, experiment }: Setup, stream: Stream): Float64Array {
  const { start } = experiment.optimizer;
  if (start.kind === 'custom') return Float64Array.from(start.vectors.flat());
  const parameters = new Float64Array(loss.outputs * mixture.dimension);
  if (start.kind === 'gaussian') {
    const deviation = start.scale / Math.sqrt(mixture.dimension);
    const normals = stream.child('start', start.seed);
    for (let k = 0; k < parameters.length; k++) parameters[k] = deviation * normals.normal();
  }
  return parameters;
}

/**
 * The X at t = 0 that a theory is conditional on, ℓ×d: given, or that of run 0 where the theory is asked for it. Empty
 * where the start is zero, or averaged over.
 */
export function knownStart(setup: Setup): Float64Array {
  const { optimizer, theory, simulation } = setup.experiment;
  const { kind } = optimizer.start;
  const known = kind === 'custom' || (kind === 'gaussian' && theory.start === 'given');
  return known ? startParameters(setup, runStream(simulation.seed, 0)) : new Float64Array(0);
}
