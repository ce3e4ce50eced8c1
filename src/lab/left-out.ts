/** What is not in an export or a report because there is nothing of it. */
import { refusal, type Refusal } from '../refusal/refusal.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type OlderStanding } from '../study/standing.ts';

/** What results are that an experiment has and that are left out, by its id. */
export type OlderResults = ReadonlyMap<string, OlderStanding>;

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
    return there.has(id) ? [] : [refusal(name || id, `without-${standing ?? 'results'}`, {})];
  });
}
