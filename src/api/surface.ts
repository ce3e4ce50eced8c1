/**
 * The IPC surface, written once: main implements it, the preload exposes it as `window.lab`, the page calls it. Every
 * command takes one argument, which main parses before use (arguments.ts); typed arrays cross by structured clone.
 */
import { type Intervention } from './intervention.ts';
import { type CostRates } from '../study/estimate.ts';
import {
  type Answer,
  type ExperimentDraft,
  type Exported,
  type JobId,
  type JobInfo,
  type KeptDraft,
  type KeptDraftKey,
  type LiveRows,
  type MachineInfo,
  type PresetInfo,
  type Settings,
  type StoredResults,
  type StudyDraft,
  type StudyId,
  type StudyRecord,
  type StudySummary,
} from './types.ts';

export interface LabCommands {
  /** Every study of the library that is not deleted, newest first; `search` looks in names, notes, tags and parameters. */
  listStudies(query: { search: string; archived: boolean }): StudySummary[];
  createStudy(
    from:
      | { kind: 'empty' }
      | { kind: 'preset'; name: string }
      | { kind: 'copy'; id: StudyId }
      | { kind: 'draft'; draft: StudyDraft },
  ): StudyId;
  /** `anew` where the page begins with the study, without an undo that reaches back. */
  openStudy(query: { id: StudyId; anew?: boolean }): Answer<StudyRecord>;
  /**
   * Saves the document. A revision that is not the stored one is refused, with path `revision`: somebody else has saved
   * in between. Whatever else is wrong is a refusal as well, never an exception.
   */
  saveStudy(change: { id: StudyId; draft: StudyDraft; revision: number }): Answer<StudyRecord>;
  /** Keeps a document that could not be saved, outside the library. `text` is its study file. Where it is. */
  keepDraft(change: KeptDraftKey & { text: string }): Answer<string>;
  dropDraft(key: KeptDraftKey): void;
  /** Documents that were kept, youngest first. */
  keptDrafts(): KeptDraft[];
  setTags(change: { id: StudyId; tags: string[] }): void;
  archiveStudy(change: { id: StudyId; archived: boolean }): void;
  /** Moves a study to the bin; `restoreStudy` undoes it. */
  deleteStudy(query: { id: StudyId }): void;
  restoreStudy(query: { id: StudyId }): void;
  /** Removes what was deleted for ever, after asking. Studies removed; null if the user gave up. */
  emptyBin(): Answer<number> | null;
  /** Results of a description, or the latest that the experiment was run as before, with their standing. */
  results(query: { id: StudyId; experiment: ExperimentDraft }): StoredResults;
  /**
   * Runs what is missing of experiments. Refused if one does not parse, or is not stored as the page shows it (key of
   * its description; null for one that does not parse).
   */
  run(query: { id: StudyId; experiments: { id: string; key: string | null }[] }): Answer<JobId>;
  pauseJob(query: { job: JobId; paused: boolean }): void;
  cancelJob(query: { job: JobId }): void;
  listJobs(): JobInfo[];
  presets(): PresetInfo[];
  /** Imports files chosen in a dialog, or dropped (by path, from the preload). Null if the dialog was cancelled. */
  importStudies(query: { paths: string[] | null }): Answer<StudyId[]> | null;
  /** Exports a study as `.sgdlab`, `.json`, CSV folder or HTML report, to a place chosen in a dialog. The path, or null. */
  exportStudy(query: { id: StudyId; format: 'sgdlab' | 'json' | 'csv' | 'html' }): Answer<Exported> | null;
  /** Saves bytes of a figure or table that the page made, to a place chosen in a dialog. The path, or null. */
  saveFile(file: { name: string; bytes: Uint8Array }): Answer<string> | null;
  settings(): Settings;
  changeSettings(change: Partial<Settings>): Settings;
  machine(): MachineInfo;
  /**
   * Moves the library to a folder chosen in a dialog and goes on there: the page must have saved before, and load
   * everything anew after. The folder; null if the user gave up. Refused while experiments run.
   */
  moveLibrary(): Answer<string> | null;
  /** Answers the event `closing`: the user is being asked, the window may close, or it stays. */
  closing(answer: { what: 'asking' | 'leave' | 'stay' }): void;
  /** Licences of the packages that are in the app, as plain text. */
  notices(): string;
  /** Opens an https link of the short list outside the app; false if it is not allowed. */
  openLink(query: { url: string }): boolean;
}

/** What main tells the page without being asked. */
export interface LabEvents {
  job: JobInfo;
  rows: LiveRows[];
  /** Studies were added, changed or removed by something other than the page's own command. */
  library: { studyId: StudyId | null };
  /** A piece of work (core/experiment/identity.ts) was committed to the library. */
  stored: { studyId: StudyId; key: string };
  /** What work costs on this machine was measured. */
  rates: CostRates;
  /** A study should be shown (a file was opened, or a menu command given). */
  show: { studyId: StudyId };
  /** A command of the native menu. */
  menu: {
    command: 'new' | 'import' | 'export' | 'run' | 'undo' | 'redo' | 'settings' | 'palette' | 'about' | 'library';
  };
  /** The library's file was removed or replaced and written out again, or another program has written to it. */
  libraryFile: Intervention;
  /** The window is about to be closed: what is not saved is to be saved, or asked about; `closing` is the answer. */
  closing: Record<string, never>;
  /** Something went wrong outside any command. */
  trouble: { message: string };
}

export type CommandName = keyof LabCommands;
export type EventName = keyof LabEvents;

/** Asynchronous form of a command, as the page sees it. */
type Remote<F> = F extends (...args: infer Args) => infer Result ? (...args: Args) => Promise<Result> : never;

export type LabApi = { readonly [Name in CommandName]: Remote<LabCommands[Name]> } & {
  /** Listens to an event; the returned function stops. */
  on<Name extends EventName>(event: Name, listener: (payload: LabEvents[Name]) => void): () => void;
  /** Path of a dropped file (the page cannot know it). */
  pathOf(file: unknown): string;
};
