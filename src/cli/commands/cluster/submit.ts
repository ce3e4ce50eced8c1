/** `sgdlab cluster submit`: hands the open tasks to Slurm. */
import { openTasks, statusOf } from '../../../lab/cluster/collect.ts';
import { submit } from '../../../lab/cluster/submit.ts';
import { reasonOf } from '../../../text/reason.ts';
import { cliCommand } from '../../command.ts';
import { DONE, Exit, RUN_FAILED } from '../../exit.ts';
import { openPlan } from '../../plan.ts';
import { print } from '../../streams.ts';

export const command = cliCommand({
  arguments: [{ name: 'folder', required: true, completes: 'folders' }],
  about: 'hand the tasks of a plan that are not done to Slurm',
  more: 'More tasks than the site allows in an array of jobs are packed several to a job.',
  options: {},
  run([folder]) {
    const { plan, study } = openPlan(folder);
    const open = openTasks(statusOf(plan, study));
    if (open.length === 0) {
      print(`${folder}: every task is done\n`);
      return DONE;
    }
    try {
      const { job, elements } = submit(plan, open);
      print(`${folder}: ${open.length} tasks in ${elements} jobs of the array ${job}\n`);
      return DONE;
    } catch (error) {
      throw new Exit(RUN_FAILED, `sbatch: ${reasonOf(error)}`);
    }
  },
});
