/**
 * What the page may ask of the main process, each command once: its types, the parsing of its argument, the functions of
 * `window.lab` and those that the main process must have follow from this table (docs/adding-a-command.md). An argument
 * is parsed before it is used; typed arrays cross by structured clone.
 */
import { z } from 'zod';
import { draftSchema } from '../study/draft.ts';
import { lookSchema, type Look } from '../study/look.ts';
import { answers, command, nothing, type FunctionsOf, type HandlersOf, type RemoteOf } from './command.ts';
import { type Listening } from './events.ts';
import { settingsChange, type Settings } from './settings.ts';
import {
  type Answer,
  type ClusterFolder,
  type Exported,
  type Glance,
  type JobId,
  type JobInfo,
  type KeptDraft,
  type KeptResults,
  type MachineInfo,
  type PresetInfo,
  type StoredResults,
  type StudyId,
  type StudyRecord,
  type StudySummary,
} from './types.ts';

const MAX_FILE_BYTES = 256 * 1024 * 1024;

const fileBytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
  .refine((bytes) => bytes.length <= MAX_FILE_BYTES, 'too large');
/** A path inside the folder that is saved: it cannot leave it. */
const filePath = z
  .string()
  .max(300)
  .regex(/^[\p{L}\p{N}_-][\p{L}\p{N} ._-]*(\/[\p{L}\p{N}_-][\p{L}\p{N} ._-]*)*$/u);
const pageLength = z.number().min(0.5).max(500);

const id = z.string().min(1).max(200);
const ofStudy = z.strictObject({ id });
const keptKey = { studyId: id, since: z.number().int().min(0) };
const keptPath = z.strictObject({ path: z.string().max(10_000) });
const job = z.string().min(1).max(200);
const exportFormat = z.enum(['sgdlab', 'json', 'csv', 'html', 'pdf']);

export type ExportFormat = z.infer<typeof exportFormat>;

/** Whose look the comparison of experiments of several studies is. */
export const COMPARISON = 'comparison';

export const commands = {
  /** Every study of the library that is not deleted, newest first; `search` looks in names, notes, tags and parameters. */
  listStudies: command(
    z.strictObject({ search: z.string().max(1000), archived: z.boolean() }),
    answers<StudySummary[]>(),
  ),
  createStudy: command(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('empty') }),
      z.strictObject({ kind: z.literal('preset'), name: z.string().max(100) }),
      z.strictObject({ kind: z.literal('copy'), id }),
      z.strictObject({ kind: z.literal('draft'), draft: draftSchema }),
    ]),
    answers<StudyId>(),
  ),
  /** `anew` where the page begins with the study, without an undo that reaches back. */
  openStudy: command(z.strictObject({ id, anew: z.boolean().optional() }), answers<Answer<StudyRecord>>()),
  /**
   * Saves the document. A revision that is not the stored one is refused, with path `revision`: somebody else has saved
   * in between. Whatever else is wrong is a refusal as well, never an exception.
   */
  saveStudy: command(
    z.strictObject({ id, draft: draftSchema, revision: z.number().int().min(0) }),
    answers<Answer<StudyRecord>>(),
  ),
  /**
   * Keeps a document that could not be saved, outside the library. `text` is its study file, as it is: whatever is wrong
   * with a draft that cannot be saved must not stand in its way here. Where it is.
   */
  keepDraft: command(z.strictObject({ ...keptKey, text: z.string().max(MAX_FILE_BYTES) }), answers<Answer<string>>()),
  dropDraft: command(z.strictObject(keptKey), answers<void>()),
  /** Documents that were kept, youngest first. */
  keptDrafts: command(nothing, answers<KeptDraft[]>()),
  /** Results that the library had not taken when the program ended, youngest first. */
  keptResults: command(nothing, answers<KeptResults[]>()),
  /** Imports kept results, by their path in that list, as a study of their own; their file goes once that is done. */
  takeKeptResults: command(keptPath, answers<Answer<StudyId[]>>()),
  /** Removes the file of kept results for ever. */
  dropKeptResults: command(keptPath, answers<void>()),
  setTags: command(z.strictObject({ id, tags: z.array(z.string().max(100)).max(100) }), answers<void>()),
  archiveStudy: command(z.strictObject({ id, archived: z.boolean() }), answers<void>()),
  /** Moves a study to the bin; `restoreStudy` undoes it for `BIN_DAYS`. */
  deleteStudy: command(ofStudy, answers<void>()),
  restoreStudy: command(ofStudy, answers<void>()),
  /** Removes what was deleted for ever, after asking. Studies removed; null if the user gave up. */
  emptyBin: command(nothing, answers<Answer<number> | null>()),
  /** Makes a new study of what can be read of a damaged one; refused if nothing can be. */
  recoverStudy: command(ofStudy, answers<Answer<StudyId>>()),
  /** Saves the stored text of a study, whatever its state, to a place chosen in a dialog. The path, or null. */
  saveStudyText: command(ofStudy, answers<Answer<string> | null>()),
  /** Results of a description, or the latest that the experiment was run as before, with their standing. */
  results: command(z.strictObject({ id, experiment: draftSchema.shape.experiments.element }), answers<StoredResults>()),
  /** How a study, by its id, was looked at last; `COMPARISON` for the comparison of experiments. */
  look: command(z.strictObject({ of: id }), answers<Look>()),
  keepLook: command(z.strictObject({ of: id, look: lookSchema }), answers<void>()),
  /** Gives another study the results that an experiment has, for its experiment `as` of the same description. */
  copyResults: command(
    z.strictObject({ from: id, experiment: draftSchema.shape.experiments.element, to: id, as: z.string().max(64) }),
    answers<void>(),
  ),
  /**
   * Runs what is missing of experiments. Refused if one does not parse, or is not stored as the page shows it (key of
   * its description; null for one that does not parse).
   */
  run: command(
    z.strictObject({
      id,
      experiments: z.array(z.strictObject({ id: z.string().max(64), key: z.string().max(100).nullable() })).max(1000),
    }),
    answers<Answer<JobId>>(),
  ),
  pauseJob: command(z.strictObject({ job, paused: z.boolean() }), answers<void>()),
  cancelJob: command(z.strictObject({ job }), answers<void>()),
  listJobs: command(nothing, answers<JobInfo[]>()),
  presets: command(nothing, answers<PresetInfo[]>()),
  /**
   * Imports files chosen in a dialog, or dropped (by path, from the preload). Null if the dialog was cancelled. A file
   * that is a study of the library already gives that one, with the event `known`, unless it is asked for `again`.
   */
  importStudies: command(
    z.strictObject({ paths: z.array(z.string().max(10_000)).max(1000).nullable(), again: z.boolean().optional() }),
    answers<Answer<StudyId[]> | null>(),
  ),
  /** Exports a study as `.sgdlab`, `.json`, CSV folder or HTML report, to a place chosen in a dialog. The path, or null. */
  exportStudy: command(z.strictObject({ id, format: exportFormat }), answers<Answer<Exported> | null>()),
  /** Exports several studies into a folder chosen in a dialog; what of them is not there is named with its study. */
  exportStudies: command(
    z.strictObject({ ids: z.array(id).min(1).max(1000), format: exportFormat }),
    answers<Answer<Exported> | null>(),
  ),
  /**
   * Plans what is missing of a study for a cluster, in a new folder inside one chosen in a dialog, and watches it: results
   * are stored as they come. Null if the user gave up.
   */
  planCluster: command(ofStudy, answers<Answer<ClusterFolder> | null>()),
  /** Watches a folder that was planned for the study, chosen in a dialog. Null if the user gave up. */
  watchCluster: command(ofStudy, answers<Answer<ClusterFolder> | null>()),
  /** The folder that is watched for a study. */
  clusterOf: command(ofStudy, answers<ClusterFolder | null>()),
  /** Watches it no more. */
  forgetCluster: command(ofStudy, answers<void>()),
  /** What a study's row shows of its experiments and results; null if it cannot be read. */
  glance: command(ofStudy, answers<Glance | null>()),
  /** Paths of files that were imported, youngest first. */
  recentFiles: command(nothing, answers<string[]>()),
  /** Saves bytes of a figure or table that the page made, to a place chosen in a dialog. The path, or null. */
  saveFile: command(
    z.strictObject({
      name: z.string().min(1).max(200),
      bytes: fileBytes,
    }),
    answers<Answer<string> | null>(),
  ),
  /**
   * Saves files that the page made as a new folder, inside one chosen in a dialog; with a study, its description and
   * results beside them. Null if the dialog was cancelled.
   */
  saveFolder: command(
    z.strictObject({
      name: z.string().min(1).max(200),
      study: id.nullable(),
      files: z.array(z.strictObject({ path: filePath, bytes: fileBytes })).max(2000),
    }),
    answers<Answer<Exported> | null>(),
  ),
  /** Puts a picture (PNG) on the clipboard. */
  copyPicture: command(z.strictObject({ bytes: fileBytes }), answers<void>()),
  /** A document that the page made as PDF, on pages of this size in centimetres. */
  printPdf: command(
    z.strictObject({ html: z.string().max(MAX_FILE_BYTES), width: pageLength, height: pageLength }),
    answers<Answer<Uint8Array>>(),
  ),
  settings: command(nothing, answers<Settings>()),
  changeSettings: command(settingsChange, answers<Settings>()),
  machine: command(nothing, answers<MachineInfo>()),
  /**
   * Moves the library to a folder chosen in a dialog and goes on there: the page must have saved before, and load
   * everything anew after. The folder; null if the user gave up. Refused while experiments run.
   */
  moveLibrary: command(nothing, answers<Answer<string> | null>()),
  /** Answers the event `closing`: the user is being asked, the window may close, or it stays. */
  closing: command(z.strictObject({ what: z.enum(['asking', 'leave', 'stay']) }), answers<void>()),
  /** Licences of the packages that are in the app, as plain text. */
  notices: command(nothing, answers<string>()),
  /** Opens an https link of the short list outside the app; false if it is not allowed. */
  openLink: command(z.strictObject({ url: z.string().max(2000) }), answers<boolean>()),
};

export type CommandName = keyof typeof commands;

/** The commands as they are answered, parsed arguments in and answers out. */
export type LabCommands = FunctionsOf<typeof commands>;

/** What the main process has for the commands: one that is missing does not compile. */
export type CommandHandlers = HandlersOf<typeof commands>;

/** `window.lab`, as the page sees it. */
export type LabApi = RemoteOf<typeof commands> & Listening;
