/** What drafts describe, and under which keys their results are stored. */
import { type ExperimentDraft } from '../../api/types.ts';
import { keysOf, type Keys } from '../../core/experiment/identity.ts';
import { parseExperiment, type ParseResult } from '../../study/parse.ts';
import { type Experiment } from '../../core/experiment/schema.ts';

export type Described =
  | { readonly ok: true; readonly experiment: Experiment; readonly keys: Keys }
  | Extract<ParseResult<Experiment>, { ok: false }>;

/** Longest text of parsed drafts that is remembered, in characters. */
const MAX_REMEMBERED = 32 * 1024 * 1024;

/** Parses experiment drafts; every save asks again about every experiment of the study, and most have not changed. */
export class DraftReader {
  /** By the whole text of the draft. */
  private readonly known = new Map<string, Described>();
  private remembered = 0;

  read(draft: ExperimentDraft): Described {
    const text = JSON.stringify(draft);
    const known = this.known.get(text);
    if (known) return known;
    const parsed = parseExperiment(draft);
    const described: Described = parsed.ok
      ? { ok: true, experiment: parsed.value, keys: keysOf(parsed.value) }
      : { ok: false, refusals: parsed.refusals };
    if (this.remembered + text.length > MAX_REMEMBERED) {
      this.known.clear();
      this.remembered = 0;
    }
    this.known.set(text, described);
    this.remembered += text.length;
    return described;
  }
}
