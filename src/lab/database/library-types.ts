/** What the library gives and takes. */
import { type StoredResults } from '../../api/types.ts';
import { type OlderResults } from '../left-out.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { type Study } from '../../core/experiment/schema.ts';

/** Curves of a description that are still to be computed; a diverged curve counts as finished. */
export interface MissingWork {
  /** Kinds of theory curves. */
  readonly theory: readonly string[];
  /** Ascending. */
  readonly runs: readonly number[];
}

/** Results with the stored records that could not be read. */
export interface LibraryResults extends StoredResults {
  readonly refusals: readonly Refusal[];
}

/** Results that come from outside. */
export interface ImportedResults extends ExperimentResults {
  /** Version of the results (core/experiment/identity.ts); that of this program if it is not given. */
  readonly version?: string;
}

/** What of a study can be written to files. */
export interface Exportable {
  /** Without what the parser refuses. */
  readonly study: Study;
  /** That belong to the descriptions as they are. */
  readonly results: readonly ExperimentResults[];
  /** What the results of the others are, where they have any. */
  readonly older: OlderResults;
  /** What the parser refuses, by the experiment's id, or `sweep`. */
  readonly left: readonly Refusal[];
  /** Stored records that could not be read. */
  readonly damage: readonly Refusal[];
  /** All experiments as the app shows them, which gives their colours. */
  readonly order: readonly { readonly id: string; readonly name: string }[];
}
