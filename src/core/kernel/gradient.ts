/** ∇f_i(r) of every loss as the kernels know them: a second, independent writing of what src/core/loss has. */
import { type KernelProblem } from './kernel.ts';

/** ∇f_i(r) into `out` (ℓ). */
export function kernelGradient(
  loss: KernelProblem['loss'],
  classIndex: number,
  output: Float64Array,
  target: Float64Array,
  out: Float64Array,
): void {
  switch (loss) {
    case 'logistic':
      out[0] = sigmoid(output[0]) - (classIndex === 0 ? 1 : 0);
      return;
    case 'binary-least-squares':
      out[0] = output[0] - (classIndex === 0 ? 1 : -1);
      return;
    case 'softmax':
      softmax(output, out);
      out[classIndex] -= 1;
      return;
    case 'one-hot-least-squares':
      out.set(output);
      out[classIndex] -= 1;
      return;
    case 'teacher-least-squares':
      for (let o = 0; o < out.length; o++) out[o] = output[o] - target[o];
  }
}

/** 1/(1 + e^{−r}) without overflow. */
function sigmoid(r: number): number {
  const small = Math.exp(-Math.abs(r));
  return r >= 0 ? 1 / (1 + small) : small / (1 + small);
}

function softmax(output: Float64Array, out: Float64Array): void {
  let largest = -Infinity;
  for (const r of output) largest = Math.max(largest, r);
  let sum = 0;
  for (let o = 0; o < output.length; o++) sum += out[o] = Math.exp(output[o] - largest);
  for (let o = 0; o < output.length; o++) out[o] /= sum;
}
