/** What is not in an export or a report because there is nothing of it. */
import { refusal, type Refusal } from '../refusal/refusal.ts';
import { type ExperimentResults } from '../study/results.ts';
import { type OlderStanding } from '../study/standing.ts';

/** What results are that an experiment has and that are left out, by its id. */
export type OlderResults = ReadonlyMap<string, OlderStanding>;

const NO_RESULTS = 'it is left out: it has no results of its description as it is';
const OLDER: Readonly<Record<OlderStanding, string>> = {
  stale: 'it is left out: it was edited since its last run. Run it again',
  'earlier-version': 'it is left out: its results were computed by an earlier version of this program. Run it again',
  unverified: 'it is left out: its results are of another program and not checked. Run it again',
};

/**
 * Experiments of a study without results of their description as it is, in the study's order.
 * @param experiments with the name that they are called by; without one, by their id.
 * @param older what of them there is that is left out.
 */
export function withoutResults(
  experiments: readonly { readonly id: string; readonly name?: string }[],
  results: readonly ExperimentResults[],
  older: OlderResults = new Map(),
): Refusal[] {
  const there = new Set(results.map(({ experiment }) => experiment.id));
  return experiments.flatMap(({ id, name }) => {
    const standing = older.get(id);
    return there.has(id) ? [] : [refusal(name || id, 'said', { text: standing ? OLDER[standing] : NO_RESULTS })];
  });
}
