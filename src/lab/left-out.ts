/** What is not in an export or a report because there is nothing of it. */
import { type Problem } from '../core/description/problems.ts';
import { type ExperimentResults } from '../study/results.ts';

/** Experiments of a study without results of their description as it is, in the study's order. */
export function withoutResults(
  experiments: readonly { readonly id: string }[],
  results: readonly ExperimentResults[],
): Problem[] {
  const there = new Set(results.map(({ experiment }) => experiment.id));
  return experiments.flatMap(({ id }) =>
    there.has(id) ? [] : [{ path: id, message: 'it is left out: it has no results of its description as it is' }],
  );
}
