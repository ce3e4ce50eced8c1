/** Refusals of experiments being edited, from the one parser. Drafts are immutable, so answers are kept by identity. */
import { type ExperimentDraft } from '../../api/types.ts';
import { keysOf, type Keys } from '../../core/experiment/identity.ts';
import { parseExperiment, type ParseResult } from '../../study/parse.ts';
import { type Experiment } from '../../core/experiment/schema.ts';

const known = new WeakMap<ExperimentDraft, ParseResult<Experiment>>();

export function validated(draft: ExperimentDraft): ParseResult<Experiment> {
  let result = known.get(draft);
  if (!result) {
    result = parseExperiment(draft);
    known.set(draft, result);
  }
  return result;
}

/** Keys of what a draft describes; null if it does not parse. */
export function keysOfDraft(draft: ExperimentDraft): Keys | null {
  const parsed = validated(draft);
  return parsed.ok ? keysOf(parsed.value) : null;
}
