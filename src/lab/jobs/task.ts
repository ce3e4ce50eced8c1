/** What a worker thread is asked to do, and what it answers: plain data, so that it crosses threads by structured clone. */
import { type CostRates } from '../../study/estimate.ts';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Curve, type ExperimentFrame } from '../../study/experiment-results.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type ParseResult } from '../../study/parse.ts';
import { type Exportable } from '../database/library-types.ts';
import { type ExportTask } from '../exported-study.ts';
import { type Language } from '../../text/language.ts';
import { type ImportedFile } from '../imported-file.ts';

export interface Task {
  readonly experiment: Experiment;
  /** One theory curve, or runs that are simulated together. */
  readonly sources: readonly CurveSource[];
}

/** Rows of grid points as they are finished, sent on the task's port. */
export interface RowBatch {
  /** Of which curve, by its place in the task's sources. */
  readonly place: number;
  /** First grid point, and how many. */
  readonly first: number;
  readonly points: number;
  /** points×size. */
  readonly rows: Float64Array;
}

export interface TaskResult {
  readonly frame: ExperimentFrame;
  /** In the order of the task's sources. */
  readonly curves: readonly Curve[];
  /** Milliseconds since 1970, with fractions: of the computation alone. */
  readonly started: number;
  readonly ended: number;
}

/** Entries of the shared control flags of a job (Int32Array over a SharedArrayBuffer), 0 or 1. */
export const CANCEL = 0;
export const PAUSE = 1;

/** The calls a worker answers (comlink). */
export interface WorkerApi {
  /** The handshake: answers at once if the worker has loaded. */
  hello(): string;
  /** Runs a task to its end; rows go to `port` meanwhile. Throws for bad input. */
  run(task: Task, control: Int32Array, port: MessagePort): Promise<TaskResult>;
  /** Measures what the parts of the work cost on this machine; takes about a second. */
  measure(): Promise<CostRates>;
  /** SHA-256 of a file's bytes. */
  hashOfFile(path: string): Promise<ParseResult<string>>;
  /** Reads a study or result file. */
  readImported(path: string): Promise<ParseResult<ImportedFile>>;
  /** Writes a study; where it is. */
  writeExported(task: ExportTask): Promise<ParseResult<string>>;
  /** A study's report as a page. */
  reportOf(exportable: Exportable, language: Language): Promise<string>;
}

export const HELLO = 'sgdlab-worker';
