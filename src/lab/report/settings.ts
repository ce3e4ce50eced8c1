/** An experiment's description as a table for people: every setting, defaults included. */
import { type Experiment } from '../../core/experiment/schema.ts';

export interface Setting {
  readonly name: string;
  readonly value: string;
}

const LONGEST_LIST = 12;

/** Settings in the order of the study format. */
export function settingsOf(experiment: Experiment): Setting[] {
  const { model, loss, optimizer, horizon, grid, theory, simulation } = experiment;
  return [
    { name: 'Dimension d', value: describe(model.dimension) },
    { name: 'Priors p', value: describe(model.priors) },
    { name: 'Spectrum', value: describe(model.spectrum) },
    { name: 'Means', value: describe(model.means) },
    { name: 'Loss', value: describe(loss) },
    { name: 'Method', value: describe(optimizer.method) },
    { name: 'Average of iterates', value: optimizer.average ? describe(optimizer.average) : 'none' },
    { name: 'Learning rate', value: describe(optimizer.schedule) },
    { name: 'Batch size b', value: describe(optimizer.batchSize) },
    { name: 'Ridge δ', value: describe(optimizer.ridge) },
    { name: 'Start', value: describe(optimizer.start) },
    { name: 'Horizon T', value: describe(horizon) },
    { name: 'Time grid', value: describe(grid) },
    { name: 'Theory', value: theory.limit ? `${describe(theory.curves)}, d → ∞` : describe(theory.curves) },
    { name: 'Simulation', value: describe(simulation) },
  ];
}

/** `power-law, exponents (1.1, 1.5)`: kinds by name, lists in brackets, what is nested in braces. */
function describe(value: unknown): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map(nested).join(', ');
    return value.length > LONGEST_LIST ? `(${shown}, … ${value.length} in all)` : `(${shown})`;
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value)
      .map(([key, entry]) => (key === 'kind' ? String(entry) : `${words(key)} ${nested(entry)}`))
      .join(', ');
  }
  return String(value);
}

const nested = (value: unknown): string =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 1
    ? `{${describe(value)}}`
    : describe(value);

/** `batchSize` → `batch size`. */
const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
