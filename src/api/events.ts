/** What the main process tells the page without being asked, each event once. */
import { type CostRates } from '../study/estimate.ts';
import { type PageCommandName } from './page-commands.ts';
import { type Intervention } from './intervention.ts';
import { type ClusterFolder, type JobInfo, type LiveRows, type StudyId } from './types.ts';

/** Events by name, with what they carry. The page must listen to each: src/renderer/listen.ts. */
export interface LabEvents {
  job: JobInfo;
  rows: LiveRows[];
  /** Studies were added, changed or removed by something other than the page's own command. */
  library: { studyId: StudyId | null };
  /** A piece of work (core/experiment/identity.ts) was committed to the library. */
  stored: { studyId: StudyId; key: string };
  /** A file that was to be imported is a study of the library already. */
  known: { studyId: StudyId; path: string };
  /** What work costs on this machine was measured. */
  rates: CostRates;
  /** A study should be shown (a file was opened, or a menu command given). */
  show: { studyId: StudyId };
  /** A command of the native menu. */
  menu: { command: PageCommandName };
  /** The library's file was removed or replaced and written out again, or another program has written to it. */
  libraryFile: Intervention;
  /** The window is about to be closed: what is not saved is to be saved, or asked about; `closing` is the answer. */
  closing: Record<string, never>;
  /** How far a cluster is with a study; null if its folder is watched no more. */
  cluster: { studyId: StudyId; folder: ClusterFolder | null };
  /** Something went wrong outside any command. */
  trouble: { message: string };
}

export type EventName = keyof LabEvents;

/** Tells the page something. */
export type Emit = <Name extends EventName>(name: Name, payload: LabEvents[Name]) => void;

/** What hears each event: one that is missing does not compile. */
export type EventListeners = { readonly [Name in EventName]: (payload: LabEvents[Name]) => void };

/** The part of `window.lab` that is no command. */
export interface Listening {
  /** Listens to an event; the returned function stops. */
  on<Name extends EventName>(event: Name, listener: (payload: LabEvents[Name]) => void): () => void;
  /** Path of a dropped file (the page cannot know it). */
  pathOf(file: unknown): string;
}
