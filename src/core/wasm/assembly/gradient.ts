/** ∇f_i(r) of section 2 of docs/theory.md, compiled; of a loss of one output that is not compiled the host is asked. */

export const LOGISTIC: i32 = 0;
export const BINARY_LEAST_SQUARES: i32 = 1;
export const SOFTMAX: i32 = 2;
export const ONE_HOT_LEAST_SQUARES: i32 = 3;
export const TEACHER_LEAST_SQUARES: i32 = 4;
export const PHASE_RETRIEVAL_QUARTIC: i32 = 5;
export const PHASE_RETRIEVAL_ABSOLUTE: i32 = 6;
export const OF_HOST: i32 = 7;

/** f′ of a loss of one output, with its label, or r* and the noise of a response. */
// @ts-ignore: decorator
@external('host', 'slope')
declare function slopeOfHost(label: i32, output: f64, response: f64, noise: f64): f64;

// @ts-ignore: decorator
@inline
export function sigmoid(r: f64): f64 {
  const small = Math.exp(-Math.abs(r));
  return (r >= 0 ? 1.0 : small) / (1.0 + small);
}

function softmax(output: usize, outputs: i32, out: usize): void {
  // only C − 1 outputs were computed: they sum to zero, as the rows of X that are kept do
  let last = 0.0;
  for (let o = 0; o < outputs - 1; o++) last -= load<f64>(output + ((<usize>o) << 3));
  store<f64>(output + ((<usize>(outputs - 1)) << 3), last);
  let largest = -Infinity;
  for (let o = 0; o < outputs; o++) largest = Math.max(largest, load<f64>(output + (<usize>o << 3)));
  let sum = 0.0;
  for (let o = 0; o < outputs; o++) {
    const weight = Math.exp(load<f64>(output + (<usize>o << 3)) - largest);
    store<f64>(out + (<usize>o << 3), weight);
    sum += weight;
  }
  for (let o = 0; o < outputs; o++) {
    const at = out + (<usize>o << 3);
    store<f64>(at, load<f64>(at) / sum);
  }
}

/**
 * @param label the class, or the binary label of a teacher: 0 for y = 1 or +1.
 * @param output r, f64 × outputs.
 * @param target X*ᵀa + σε, f64 × outputs, or with the absolute loss of phase retrieval X*ᵀa and σε; read for a teacher only.
 * @param out ∇f_i(r), f64 × outputs.
 */
export function lossGradient(loss: i32, label: i32, output: usize, target: usize, outputs: i32, out: usize): void {
  if (loss == LOGISTIC) {
    store<f64>(out, sigmoid(load<f64>(output)) - (label == 0 ? 1.0 : 0.0));
  } else if (loss == BINARY_LEAST_SQUARES) {
    store<f64>(out, load<f64>(output) - (label == 0 ? 1.0 : -1.0));
  } else if (loss == TEACHER_LEAST_SQUARES) {
    for (let o = 0; o < outputs; o++) {
      const at = <usize>o << 3;
      store<f64>(out + at, load<f64>(output + at) - load<f64>(target + at));
    }
  } else if (loss == PHASE_RETRIEVAL_QUARTIC) {
    const r = load<f64>(output);
    const s = load<f64>(target);
    store<f64>(out, r * (r * r - s * s));
  } else if (loss == PHASE_RETRIEVAL_ABSOLUTE) {
    const r = load<f64>(output);
    const sign = r > 0 ? 1.0 : r < 0 ? -1.0 : 0.0;
    store<f64>(out, r - sign * (Math.abs(load<f64>(target)) + load<f64>(target, 8)));
  } else if (loss == OF_HOST) {
    store<f64>(out, slopeOfHost(label, load<f64>(output), load<f64>(target), load<f64>(target, 8)));
  } else {
    if (loss == SOFTMAX) softmax(output, outputs, out);
    else memory.copy(out, output, <usize>outputs << 3);
    const at = out + (<usize>label << 3);
    store<f64>(at, load<f64>(at) - 1.0);
  }
}
