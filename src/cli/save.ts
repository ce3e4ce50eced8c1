/** Writes results to their place, or where they are not lost. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Study } from '../core/experiment/schema.ts';
import { writeArchive } from '../lab/archive/index.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { reasonOf } from '../text/reason.ts';
import { Exit, RUN_FAILED } from './exit.ts';
import { say } from './streams.ts';
import { type Earlier, hasMore, keepCopy, stateOf } from './taken-up.ts';

export interface Target {
  /** As it was given. */
  readonly out: string;
  /** The file itself, and its state when it was looked at. */
  readonly place: string;
  readonly state: string;
  readonly earlier: Earlier | null;
  /** Where results go that their place does not take, before the system's folder for temporary files. */
  readonly folders: readonly string[];
}

/**
 * Writes the archive. What the file has beside the results is copied before it is replaced.
 * @returns where the results are.
 */
export function saveResults(
  { out, place, state, earlier, folders }: Target,
  study: Study,
  results: readonly ExperimentResults[],
): string {
  const loses = earlier !== null && hasMore(earlier, results);
  const attempt = (target: string) => writeArchive(target, study, results);
  try {
    if (loses || stateOf(place) !== state) {
      say(`${out}: what was there and is not in the new results is kept in ${keepCopy(place)}`);
    }
    attempt(place);
    return out;
  } catch (error) {
    say(`${out}: ${reasonOf(error)}`);
    return writeElsewhere(basename(out), [...folders, tmpdir(), process.cwd()], attempt);
  }
}

/** Results that their place would not take are not lost: the first folder that takes them, under a name that is free. */
function writeElsewhere(name: string, folders: readonly string[], write: (path: string) => void): string {
  const stem = name.replace(/\.sgdlab$/i, '');
  for (const folder of folders) {
    let path = join(folder, `${stem}.sgdlab`);
    for (let n = 2; existsSync(path); n++) path = join(folder, `${stem}-${n}.sgdlab`);
    try {
      write(path);
      say(`The results are in ${path}`);
      return path;
    } catch (error) {
      say(`${path}: ${reasonOf(error)}`);
    }
  }
  throw new Exit(RUN_FAILED, 'the results could not be written anywhere');
}
