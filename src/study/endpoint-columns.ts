/** End points as arrays of results: one entry each, in the order given. */
import { type Endpoint } from '../core/theory/analysis/index.ts';

/** Names and values; `error` where it is there. Null without end points. */
export function endpointColumns(endpoints: readonly Endpoint[]): [string, Float64Array][] | null {
  if (endpoints.length === 0) return null;
  const column = (of: (endpoint: Endpoint) => number) => Float64Array.from(endpoints, of);
  const columns: [string, Float64Array][] = [
    ['ridge', column(({ ridge }) => ridge)],
    ['samples', column(({ samples }) => samples)],
    ['train_risk', column(({ trainRisk }) => trainRisk)],
    ['risk', column(({ risk }) => risk)],
    ['norm', column(({ norm }) => norm)],
  ];
  if (endpoints.every(({ error }) => error !== null)) columns.push(['error', column(({ error }) => error ?? NaN)]);
  return columns;
}
