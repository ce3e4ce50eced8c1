/** Where the files of a plan's folder are, and what they say of a task. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keysOf, type Keys, workKey } from '../../core/experiment/identity.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type Reason, whyOf } from '../../refusal/refusal.ts';
import { type Plan } from './plan.ts';
import { type Decoded, decodeTask, type Expected, type TaskCurve } from './result-file.ts';
import { sourcesOf } from './split.ts';

const DIGITS = 6;
/** So many files lie in one folder: file systems of clusters are slow with more. */
const PER_FOLDER = 1000;

const named = (task: number): string => String(task).padStart(DIGITS, '0');
const shardOf = (task: number): string => String(Math.floor(task / PER_FOLDER)).padStart(DIGITS - 3, '0');

/** `results/000/000012.result` */
export const resultPath = ({ folder }: Plan, task: number): string =>
  join(folder, 'results', shardOf(task), `${named(task)}.result`);
/** What a task that failed said: beside the results, written over by the next attempt. */
export const failurePath = ({ folder }: Plan, task: number): string =>
  join(folder, 'failures', shardOf(task), `${named(task)}.json`);
export const logFolder = (folder: string): string => join(folder, 'logs');
export const listFolder = (folder: string): string => join(folder, 'submitted');
export const folderOf = (path: string): string => dirname(path);

/** What a task is. `curves` are there where its result is whole. */
export type TaskState =
  | { readonly kind: 'done'; readonly curves: readonly TaskCurve[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly said: string }
  | { readonly kind: 'damaged'; readonly why: Reason };

/** Keys of an experiment by its id; undefined where there is none. */
export type KeysById = (id: string) => Keys | undefined;

/** The keys of experiments, each hashed once: thousands of tasks may be of one. */
export function keysById(experiments: readonly Experiment[]): KeysById {
  const all = new Map(experiments.map((each) => [each.id, each]));
  const known = new Map<string, Keys>();
  return (id) => {
    const experiment = all.get(id);
    const keys = known.get(id) ?? (experiment && keysOf(experiment));
    if (keys) known.set(id, keys);
    return keys;
  };
}

/** Keys of what a task of a plan computes. */
function expectedOf(plan: Plan, keysOfId: KeysById, task: number): Expected {
  return {
    plan: plan.hash,
    task,
    curves: plan.tasks[task].parts.flatMap((part) => {
      const keys = keysOfId(part.experiment);
      if (!keys) return [];
      return sourcesOf(part).map((source) => ({
        experiment: part.experiment,
        source,
        key: workKey(keys, source),
      }));
    }),
  };
}

/** What the bytes of a task's result file are. */
export const resultOf = (plan: Plan, keysOfId: KeysById, task: number, bytes: Uint8Array): Decoded =>
  decodeTask(bytes, expectedOf(plan, keysOfId, task));

/** What the files say of a task. */
export function stateOf(plan: Plan, keysOfId: KeysById, task: number): TaskState {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resultPath(plan, task));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { kind: 'damaged', why: whyOf(error) };
    const path = failurePath(plan, task);
    return existsSync(path) ? { kind: 'failed', said: readFileSync(path, 'utf8').trim() } : { kind: 'missing' };
  }
  const decoded = resultOf(plan, keysOfId, task, bytes);
  return decoded.ok ? { kind: 'done', curves: decoded.curves } : { kind: 'damaged', why: decoded.why };
}
