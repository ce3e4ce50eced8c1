/** Binary labels of a teacher, of src/core/labels, without any function of the host. */
import { sigmoid } from './gradient';

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
