/** What curves of the theory are called: those of the limit d → ∞ say so. */
import { type Experiment } from '../core/experiment/schema.ts';
import { inputLabel, type FigureInput } from './figure.ts';

/** `theory`, or `theory (d → ∞)`. */
export const theoryName = ({ theory }: Experiment, curve = 'theory'): string =>
  theory.limit ? `${curve} (d → ∞)` : curve;

/** Of several experiments together: `theory (d → ∞ for A, B)` where it is not that of all. */
export function commonTheoryName(inputs: readonly FigureInput[], curve = 'theory'): string {
  const limits = [...new Set(inputs.filter(({ results }) => results.experiment.theory.limit).map(inputLabel))];
  if (limits.length === 0) return curve;
  if (inputs.every(({ results }) => results.experiment.theory.limit)) return `${curve} (d → ∞)`;
  return `${curve} (d → ∞ for ${limits.join(', ')})`;
}
