/** What a plan's folder has for people and for Slurm: the batch script and a page that explains the folder. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, writeFileAtomically } from '../files.ts';
import { listFolder, logFolder } from './folder.ts';
import { type Plan } from './plan.ts';

export const SCRIPT_FILE = 'job.sh';
const README_FILE = 'README.md';
/** Name of the variable with the file whose lines say which tasks each element of an array does. */
export const LIST_VARIABLE = 'SGDLAB_TASKS';

/** Times are estimates of this machine: a node of a cluster may be slower, and shares its memory's bandwidth. */
const TIME_FACTOR = 4;
const EXTRA_MINUTES = 5;
/** Of the program itself: runtime, code and tables. */
const EXTRA_MEBIBYTES = 512;
const MEMORY_FACTOR = 1.5;

/** A word of a shell, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** How this program is called as a command on this machine. */
export function ownCommand(cli: string): readonly string[] {
  if (!process.versions.electron) return [process.execPath, cli];
  const launcher = join(dirname(process.execPath), 'bin', 'sgdlab');
  return [existsSync(launcher) ? launcher : 'sgdlab'];
}

export interface Resources {
  readonly minutes: number;
  readonly mebibytes: number;
}

/** What Slurm is asked for, for elements of an array that do so many tasks each. */
export function resourcesOf({ tasks }: Plan, perElement: number): Resources {
  const seconds = tasks.reduce((most, task) => Math.max(most, task.seconds), 0);
  const memory = tasks.reduce((most, task) => Math.max(most, task.memory), 0);
  return {
    minutes: EXTRA_MINUTES + Math.ceil((TIME_FACTOR * perElement * seconds) / 60),
    mebibytes: EXTRA_MEBIBYTES + Math.ceil((MEMORY_FACTOR * memory) / 2 ** 20),
  };
}

/**
 * The batch script. Without a list each element of the array does the task of its own number.
 * @param command how the program is called, its words.
 */
export function scriptOf(plan: Plan, command: readonly string[]): string {
  const { minutes, mebibytes } = resourcesOf(plan, 1);
  return `#!/bin/bash
#SBATCH --job-name=sgdlab
#SBATCH --array=0-${Math.max(0, plan.tasks.length - 1)}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=${minutes}
#SBATCH --mem=${mebibytes}M
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${logFolder(plan.folder)}/%A_%a.txt
# Add here what your site asks for: #SBATCH --partition=…, --account=…, module load …

# The program, as it is called where the jobs run.
sgdlab=(${command.map(quoted).join(' ')})
# This folder, as it is called where the jobs run.
folder=\${SGDLAB_FOLDER:-${quoted(plan.folder)}}

tasks=$SLURM_ARRAY_TASK_ID
if [[ -n \${${LIST_VARIABLE}-} ]]; then
  tasks=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$${LIST_VARIABLE}")
fi
# exec: the signals of Slurm reach the program itself
exec "\${sgdlab[@]}" cluster task "$folder" "$tasks"
`;
}

const readmeOf = ({ tasks, app }: Plan, name: string): string => {
  const hours = tasks.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
  return `# ${name.replace(/[\r\n]/g, ' ')}: work for a cluster

Planned by SGD Dynamics Lab ${app}: ${tasks.length} tasks, about ${hours.toPrecision(2)} hours of one processor core in all.

| what | where |
|---|---|
| the study | \`study.json\` |
| what each task computes | \`plan.json\`; neither of the two is ever changed |
| the batch script | \`job.sh\`: edit its first lines for your site |
| results | \`results/\`, a file per task, each with its checksum |
| what failed | \`failures/\` |
| what the tasks printed | \`logs/\` |

1. \`sgdlab cluster submit .\` hands the tasks that are not done to Slurm (or call \`sbatch job.sh\` yourself).
2. \`sgdlab cluster status .\` says how far they are. It looks at the result files alone.
3. \`sgdlab cluster collect . --out results.sgdlab\` makes one file of results of what is there, at any time. Then
   \`sgdlab cluster submit .\` again computes what is missing or damaged, and nothing else.

A task may run twice, at the same time too: it has the same bits, and the second one changes nothing. Copy the folder as a
whole where the cluster sees another file system; \`SGDLAB_FOLDER\` then says where it is.
`;
};

/** Writes script and page, and makes the folders that Slurm writes to. */
export function writeScript(plan: Plan, name: string, command: readonly string[]): void {
  for (const folder of [logFolder(plan.folder), listFolder(plan.folder)]) makeFolder(folder);
  writeFileAtomically(join(plan.folder, SCRIPT_FILE), Buffer.from(scriptOf(plan, command)));
  writeFileAtomically(join(plan.folder, README_FILE), Buffer.from(readmeOf(plan, name)));
}
