/** Binary labels of a teacher, of src/core/labels, without any function of the host. */
import { sigmoid } from './gradient';
import { normal } from './normals';
import { uniform } from './sfc32';

export const CLASS: i32 = 0;
export const RESPONSE: i32 = 1;
export const SIGN: i32 = 2;
export const BERNOULLI: i32 = 3;

/** P(y = 1 | r*) with flips of probability `flip`. */
// @ts-ignore: decorator
@inline
export function probability(labels: i32, flip: f64, response: f64): f64 {
  if (labels == BERNOULLI) return flip + (1.0 - 2.0 * flip) * sigmoid(response);
  return response > 0 ? 1.0 - flip : response < 0 ? flip : 0.5;
}

/** Standard normal for 0 degrees, or Student's t by Bailey's polar method, as in src/core/labels. */
export function responseNoise(degrees: f64, state: usize): f64 {
  if (degrees == 0) return normal(state);
  while (true) {
    const u = 2.0 * uniform(state) - 1.0;
    const v = 2.0 * uniform(state) - 1.0;
    const square = u * u + v * v;
    if (square > 0 && square < 1) return u * Math.sqrt((degrees * (Math.pow(square, -2.0 / degrees) - 1.0)) / square);
  }
}
