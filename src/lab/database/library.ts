/**
 * The study library: every study, its results and the settings, in one SQLite file `library.sqlite` of a folder.
 * What a method has done is on disk when it returns. One process at a time has a library open.
 */
import { type Settings } from '../../api/settings.ts';
import {
  type Answer,
  type ExperimentDraft,
  type StoredResults,
  type StudyDraft,
  type StudyId,
  type StudyRecord,
  type StudySummary,
} from '../../api/types.ts';
import { type OlderResults } from '../left-out.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { type Curve, type ExperimentFrame, type ExperimentResults } from '../../study/experiment-results.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';

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

export interface Library {
  readonly folder: string;

  /**
   * Studies that are not in the bin, last modified first, with `archived` ones or the others. Every word of `search`
   * must occur in the name, the notes, a tag or a parameter, whatever the case. Damaged studies are listed as such.
   */
  listStudies(query: { search: string; archived: boolean }): StudySummary[];
  createStudy(draft: StudyDraft, tags?: readonly string[]): StudyId;
  /** A copy under a new name, with tags and results. Refused if the study cannot be read. */
  copyStudy(id: StudyId, name: string): Answer<StudyId>;
  openStudy(id: StudyId): Answer<StudyRecord>;
  /** Refused if `revision` is not the stored one: somebody else has saved in between. */
  saveStudy(change: { id: StudyId; draft: StudyDraft; revision: number }): Answer<StudyRecord>;
  /** Tags are trimmed; empty and repeated ones are dropped. */
  setTags(id: StudyId, tags: readonly string[]): void;
  archiveStudy(id: StudyId, archived: boolean): void;
  /** Moves a study to the bin; `restoreStudy` undoes it until `purgeBin`. */
  deleteStudy(id: StudyId): void;
  restoreStudy(id: StudyId): void;
  /** Number of studies that were deleted before a time (ms since 1970) and are still in the bin. */
  inBin(before: number): number;
  /** Removes for ever what was deleted before a time (ms since 1970), and what nothing refers to. Returns studies removed. */
  purgeBin(before: number): number;

  /**
   * Results of a description, whichever experiment of the study it was run as; if there are none, those that the
   * experiment of that id was last run as, with their standing. Runs that failed or were cancelled are left out; theory
   * curves are given as far as they got.
   */
  results(id: StudyId, draft: ExperimentDraft): LibraryResults;
  /** Gives another study the results of an experiment's description, as what its experiment `as` was run as. */
  copyResults(from: StudyId, draft: ExperimentDraft, to: StudyId, as: string): void;
  /** What is not stored of a description. */
  missingWork(id: StudyId, experiment: Experiment): MissingWork;
  /** Notes what experiments are run as: results of it are shown, with their standing, after an edit. */
  noteRun(id: StudyId, experiments: readonly Experiment[]): void;
  /**
   * Stores a curve in one transaction. It replaces the same curve of the same description, but an unfinished curve
   * (failed, cancelled) never replaces a finished one.
   * @param frame of the experiment, if at hand; else it is computed (once per description).
   * @throws IdentityError if the curve was computed for another description.
   */
  storeCurve(id: StudyId, experiment: Experiment, curve: Curve, frame?: ExperimentFrame): void;
  /** Forgets what experiments that a study no longer has were run as: another of that id begins anew. */
  forgetDeleted(id: StudyId): void;
  /** The same, and drops curves that no experiment of a study shows, as nothing can bring back once it is left. Returns curves dropped. */
  tidy(id: StudyId): number;
  /**
   * What can be read of a damaged study, as a new one: its name, and the experiments that have results with these.
   * Refused if nothing can be.
   */
  recoverStudy(id: StudyId): Answer<StudyId>;
  /** The stored text of a study's document, whatever its state, and the study's name; null if there is none. */
  rawDocument(id: StudyId): { readonly name: string; readonly text: string } | null;
  /** A study with its results, in one transaction; what is not of its descriptions is kept as such. */
  importStudy(study: Study, results: readonly ImportedResults[], tags?: readonly string[]): StudyId;
  /** What can be exported of a study; refused with the parser's refusals if no experiment can. */
  exportable(id: StudyId): Answer<Exportable>;

  settings(): Settings;
  changeSettings(change: Partial<Settings>): Settings;
  /** A small JSON value that the program keeps for itself (window state, recent files); undefined if there is none. */
  recall(key: string): unknown;
  remember(key: string, value: unknown): void;

  /**
   * Looks whether the library's file was removed, replaced or written by another program, and acts on it, as every
   * method that writes does by itself.
   * @throws LibraryError
   */
  attend(): void;
  /** @throws LibraryError 'lost' if the file was removed and cannot be written again; the message names a copy. */
  close(): void;
}
