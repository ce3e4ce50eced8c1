/** The risk on a finite data set. */
import { type Loss } from '../loss/loss.ts';
import { dot, rowAt, type DataSet } from './data-set.ts';

/**
 * (1/n) Σ_j f(X ᵀa_j), without the ridge term.
 * @param parameters X transposed, ℓ×d row-major.
 */
export function trainRiskOf(
  { samples, rows, classes, targets }: DataSet,
  loss: Pick<Loss, 'value' | 'outputs'>,
  parameters: Float64Array,
): number {
  const dimension = rows.length / samples;
  const responses = targets.length / samples;
  const weights = Array.from({ length: loss.outputs }, (_, o) => rowAt(parameters, o, dimension));
  const output = new Float64Array(loss.outputs);
  let sum = 0;
  for (let j = 0; j < samples; j++) {
    const row = rowAt(rows, j, dimension);
    for (let o = 0; o < output.length; o++) output[o] = dot(weights[o], row);
    sum += loss.value(classes[j], output, rowAt(targets, j, responses));
  }
  return sum / samples;
}
