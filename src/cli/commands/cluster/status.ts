/** `sgdlab cluster status`: how far a plan is. */
import { openTasks, statusOf, type ClusterStatus } from '../../../lab/cluster/collect.ts';
import { englishLine } from '../../../text/refusals/index.ts';
import { cliCommand } from '../../command.ts';
import { DONE } from '../../exit.ts';
import { openPlan } from '../../plan.ts';
import { print } from '../../streams.ts';

/** Most tasks that are named in the text; the JSON has them all. */
const MOST_NAMED = 20;

export const command = cliCommand({
  arguments: [{ name: 'folder', required: true, completes: 'folders' }],
  about: 'say how far the tasks of a plan are, from their result files alone',
  options: { json: { about: 'print one JSON object with the numbers of the tasks' } },
  run([folder], { json }) {
    const { plan, study } = openPlan(folder);
    const status = statusOf(plan, study);
    const { tasks, done, missing } = status;
    const damaged = status.damaged.map(({ task, why }) => ({ task, reason: englishLine({ path: '', ...why }) }));
    const failed = status.failed.map(({ task, said }) => ({ task, reason: said }));
    if (json) print(`${JSON.stringify({ tasks, done, missing, failed, damaged, complete: done.length === tasks })}\n`);
    else
      print(
        `${said(status)}${[...failed, ...damaged]
          .slice(0, MOST_NAMED)
          .map(({ task, reason }) => `task ${task}: ${reason}\n`)
          .join('')}`,
      );
    return DONE;
  },
});

/** A line of counts, and what to do next. */
function said(status: ClusterStatus): string {
  const { tasks, done, missing, failed, damaged } = status;
  const counts = `${done.length} of ${tasks} tasks done, ${missing.length} missing, ${failed.length} failed, ${damaged.length} damaged\n`;
  const open = openTasks(status);
  if (open.length === 0) return counts;
  const named = open.slice(0, MOST_NAMED).join(', ');
  return `${counts}open: ${named}${open.length > MOST_NAMED ? `, … ${open.length - MOST_NAMED} more` : ''}\n`;
}
