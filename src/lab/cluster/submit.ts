/** Hands the open tasks of a plan to Slurm as one array of jobs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../files.ts';
import { listFolder } from './folder.ts';
import { type Plan } from './plan.ts';
import { LIST_VARIABLE, resourcesOf, SCRIPT_FILE } from './script.ts';

/** Slurm's own default, where the site's cannot be asked. */
const DEFAULT_ARRAY = 1001;

export interface Submission {
  /** What sbatch prints: the number of the job. */
  readonly job: string;
  readonly elements: number;
}

/** Most elements of an array at this site: `MaxArraySize` is one more than the largest number. */
function longestArray(): number {
  const { status, stdout } = spawnSync('scontrol', ['show', 'config'], { encoding: 'utf8' });
  const said = status === 0 ? /^MaxArraySize\s*=\s*(\d+)/m.exec(stdout) : null;
  return said ? Math.max(1, Number(said[1])) : DEFAULT_ARRAY;
}

/** Tasks of each element: neighbours far apart in number, so that an element's tasks are of every size. */
export function packed(tasks: readonly number[], most: number): number[][] {
  const elements = Math.min(tasks.length, most);
  return Array.from({ length: elements }, (_, k) => tasks.filter((_task, place) => place % elements === k));
}

/**
 * @param tasks at least one.
 * @throws Error with what sbatch says.
 */
export function submit(plan: Plan, tasks: readonly number[]): Submission {
  const lists = packed(tasks, longestArray());
  let n = 1;
  while (existsSync(join(listFolder(plan.folder), `${n}.txt`))) n++;
  const list = join(listFolder(plan.folder), `${n}.txt`);
  writeFileAtomically(list, Buffer.from(`${lists.map((each) => each.join(',')).join('\n')}\n`));
  const { minutes, mebibytes } = resourcesOf(plan, Math.max(...lists.map(({ length }) => length)));
  const { status, stdout, stderr, error } = spawnSync(
    'sbatch',
    [
      '--parsable',
      `--array=0-${lists.length - 1}`,
      `--time=${minutes}`,
      `--mem=${mebibytes}M`,
      `--export=ALL,${LIST_VARIABLE}=${list}`,
      join(plan.folder, SCRIPT_FILE),
    ],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.trim() || `sbatch ended with status ${status}`);
  return { job: stdout.trim(), elements: lists.length };
}
