/** What drafts describe, and under which keys their results are stored. */
import { type ExperimentDraft } from '../../core/session/types.ts';
import { experimentHash, simulationHash, theoryHash } from '../../core/study/hash.ts';
import { parseExperiment, type ParseResult } from '../../core/study/parse.ts';
import { type Experiment } from '../../core/study/schema.ts';

/**
 * Version of the rows of results and of what computes them. A change of observables/layout.ts, or of what an engine
 * computes for the same description, makes this one larger: older results then count as stale, with their own frame.
 */
const ROWS_VERSION = 1;

export interface Keys {
  /** Hash of the whole description. */
  readonly description: string;
  /** Of theory curves, and of the frame. */
  readonly theory: string;
  /** Of simulation runs. */
  readonly simulation: string;
}

export function keysOf(experiment: Experiment): Keys {
  const versioned = (hash: string) => `${ROWS_VERSION}-${hash}`;
  return {
    description: versioned(experimentHash(experiment)),
    theory: versioned(theoryHash(experiment)),
    simulation: versioned(simulationHash(experiment)),
  };
}

export type Described =
  | { readonly ok: true; readonly experiment: Experiment; readonly keys: Keys }
  | Extract<ParseResult<Experiment>, { ok: false }>;

/** Longest text of parsed drafts that is remembered, in characters. */
const MAX_REMEMBERED = 32 * 1024 * 1024;

/** Parses experiment drafts; every save asks again about every experiment of the study, and most have not changed. */
export class DraftReader {
  private readonly known = new Map<string, Described>();
  private remembered = 0;

  read(draft: ExperimentDraft): Described {
    const text = JSON.stringify(draft);
    const known = this.known.get(text);
    if (known) return known;
    const parsed = parseExperiment(draft);
    const described: Described = parsed.ok
      ? { ok: true, experiment: parsed.value, keys: keysOf(parsed.value) }
      : { ok: false, problems: parsed.problems };
    if (this.remembered + text.length > MAX_REMEMBERED) {
      this.known.clear();
      this.remembered = 0;
    }
    this.known.set(text, described);
    this.remembered += text.length;
    return described;
  }
}
