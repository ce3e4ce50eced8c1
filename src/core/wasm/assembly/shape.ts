/** What a step makes of the data gradient: its signs, or what a norm leaves of it. */
import * as problem from './problem';

/** Puts the batch gradient, whose squared norm this is, in its shape. */
export function shapeGradient(square: f64): void {
  const bytes = (<usize>problem.rows) * problem.rowBytes;
  const factor = min(1.0, problem.threshold * Math.sqrt(<f64>problem.dimension / square));
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  for (let at = problem.batchGradient; at < problem.batchGradient + bytes; at += 16) {
    const entry = v128.load(at);
    if (problem.shape == problem.CLIP) v128.store(at, f64x2.mul(f64x2.splat(factor), entry));
    else {
      const above = v128.and(f64x2.gt(entry, zero), one);
      v128.store(at, f64x2.sub(above, v128.and(f64x2.lt(entry, zero), one)));
    }
  }
}
