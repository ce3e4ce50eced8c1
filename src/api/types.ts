/** What the app's main process and its page tell each other about studies, jobs and settings: plain data. */
import { type OlderStanding, type Standing } from '../study/standing.ts';
import { type StudyDraft } from '../study/draft.ts';
import { type CostRates } from '../study/estimate.ts';
import { type Outcome } from '../core/experiment/outcome.ts';
import { type Keys } from '../core/experiment/identity.ts';
import { type Refusal } from '../refusal/refusal.ts';
import { type CurveSource } from '../core/experiment/curve-source.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type PresetName } from '../study/presets/presets.ts';

export { type ExperimentDraft, type StudyDraft } from '../study/draft.ts';

export type StudyId = string;
export type JobId = string;

export interface StudySummary {
  readonly id: StudyId;
  readonly name: string;
  /** First lines of the notes, plain. */
  readonly excerpt: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly modified: number;
  readonly archived: boolean;
  readonly experiments: number;
  /** Finished curves (theory curves and runs). */
  readonly curves: number;
  /** Why the study cannot be read, if it is damaged. */
  readonly damage: string | null;
}

/** State of the results of one experiment beside its description as it is now. */
export interface ExperimentStatus {
  readonly experimentId: string;
  /** Key of the description (core/experiment/identity.ts) that this is said of; null if the draft does not parse. */
  readonly key: string | null;
  /**
   * 'none': no results. 'partial': some curves are missing. 'complete'. 'invalid': the draft does not parse. The others
   * are results that are not of this description: of one before an edit, of an earlier version of the program, or of
   * another program.
   */
  readonly state: 'none' | 'partial' | 'complete' | 'invalid' | OlderStanding;
  readonly finishedRuns: number;
  readonly askedRuns: number;
  /** Curves that diverged or failed, with what happened. */
  readonly troubles: readonly { readonly source: CurveSource; readonly outcome: Outcome }[];
}

export interface StudyRecord {
  readonly summary: StudySummary;
  readonly draft: StudyDraft;
  /** Grows by one with every save; a save names the revision that it was made from. */
  readonly revision: number;
  readonly status: readonly ExperimentStatus[];
}

/** Results for a description, with what they are to it. */
export interface StoredResults {
  /** Key of the description that was asked for; null if it does not parse. */
  readonly key: string | null;
  readonly results: ExperimentResults | null;
  readonly standing: Standing;
}

/** Progress of one experiment within a job. */
export interface ExperimentProgress {
  readonly experimentId: string;
  /** Of the description that is computed (study/identity.ts): it may have been edited since. */
  readonly keys: Keys;
  /** Work done over work asked, 0 to 1. */
  readonly fraction: number;
  readonly finishedRuns: number;
  readonly askedRuns: number;
  /** Where the youngest running task is, in t. */
  readonly t: number;
  readonly horizon: number;
}

export type JobState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'running'; readonly paused: boolean }
  | {
      readonly kind: 'finished';
      readonly status: 'done' | 'cancelled' | 'failed' | 'diverged';
      readonly refusals: readonly Refusal[];
    };

export interface JobInfo {
  readonly id: JobId;
  readonly studyId: StudyId;
  readonly state: JobState;
  /** Work done over work asked, 0 to 1. */
  readonly fraction: number;
  /** Estimated seconds left; null before there is a rate. */
  readonly secondsLeft: number | null;
  readonly experiments: readonly ExperimentProgress[];
}

/** Grid points that a running task has just finished. */
export interface LiveRows {
  readonly studyId: StudyId;
  readonly experimentId: string;
  /** Of the work that the rows are of. */
  readonly key: string;
  readonly source: CurveSource;
  /** First grid point of the batch. */
  readonly first: number;
  /** Rows one after the other, in the experiment's layout. */
  readonly rows: Float64Array;
}

/** A folder in which a cluster computes a study, as it was seen last. */
export interface ClusterFolder {
  readonly folder: string;
  readonly tasks: number;
  /** Whose results are in the library. */
  readonly done: number;
  readonly failed: number;
  readonly damaged: number;
  /** What the first task that failed said; null if none did. */
  readonly said: string | null;
  /** Why the folder cannot be read, or its results not be stored, now; null if they can. */
  readonly trouble: string | null;
}

export interface MachineInfo {
  readonly cores: number;
  readonly threads: number;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Folder of the study library. */
  readonly dataFolder: string;
  /** What work costs here; null until it is measured, shortly after the start. */
  readonly rates: CostRates | null;
}

export interface PresetInfo {
  readonly name: PresetName;
  readonly experiments: number;
}

/** A study as its row in the library shows it. */
export interface Glance {
  /** Experiments by the state of their results; 'diverged' for complete ones that diverged or failed. */
  readonly states: Readonly<Partial<Record<ExperimentStatus['state'] | 'diverged', number>>>;
  /** A few points (t, risk) of the first curve of a few experiments. */
  readonly curves: readonly (readonly (readonly [t: number, risk: number])[])[];
}

/** A study as it was written to a file or folder. */
export interface Exported {
  readonly path: string;
  /** What of it is not there, by the experiment's id, and why. */
  readonly left: readonly Refusal[];
}

/** One edit of one study that could not be saved: kept from a time on (ms since 1970). */
export interface KeptDraftKey {
  readonly studyId: StudyId;
  readonly since: number;
}

/** A document that could not be saved and was kept outside the library. */
export interface KeptDraft extends KeptDraftKey {
  /** When it was written, in ms since 1970. */
  readonly saved: number;
  /** The study file; from a file, so not yet checked. */
  readonly study: unknown;
  readonly path: string;
}

/** Results that the library had not taken when the program ended, in a result file. */
export interface KeptResults {
  /** Of the study, as a file name has it. */
  readonly name: string;
  /** When it was written, in ms since 1970. */
  readonly saved: number;
  readonly path: string;
}

/** An answer that may be a refusal. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal[] };
