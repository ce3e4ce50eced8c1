/** `sgdlab cluster collect`: one file of results of what the tasks have computed. */
import { resolve } from 'node:path';
import { collect, openTasks } from '../../../lab/cluster/collect.ts';
import { englishLine } from '../../../text/refusals/index.ts';
import { cliCommand } from '../../command.ts';
import { DONE, RUN_FAILED } from '../../exit.ts';
import { requirePlace } from '../../place.ts';
import { openPlan } from '../../plan.ts';
import { saveResults } from '../../save.ts';
import { print, say } from '../../streams.ts';
import { curvesFor, earlierResults, stateOf } from '../../taken-up.ts';

/** Most lines about tasks. */
const MOST_LINES = 50;

export const command = cliCommand({
  arguments: [{ name: 'folder', required: true, completes: 'folders' }],
  about: 'make one file of the results that are there, and name the tasks that are missing or damaged',
  more: 'Finished curves of the study that the file has already are kept.',
  options: { out: { value: 'file.sgdlab', required: true, completes: 'results', about: 'where to write' } },
  run([folder], { out }) {
    const { plan, study } = openPlan(folder);
    const place = requirePlace(out, null);
    const state = stateOf(place);
    const earlier = earlierResults(out, place);
    const { status, results } = collect(plan, study, curvesFor(study, earlier));
    const written = saveResults({ out, place, state, earlier, folders: [resolve(folder)] }, study, results);
    const lines = [
      ...status.failed.map(({ task, said }) => `task ${task}: failed: ${said}`),
      ...status.damaged.map(({ task, why }) => `task ${task}: ${englishLine({ path: '', ...why })}`),
      ...status.missing.map((task) => `task ${task}: missing`),
    ];
    for (const line of lines.slice(0, MOST_LINES)) say(line);
    if (lines.length > MOST_LINES) say(`… and ${lines.length - MOST_LINES} more tasks`);
    const curves = results.reduce((sum, each) => sum + each.curves.length, 0);
    print(`${status.done.length} of ${status.tasks} tasks, ${curves} curves\nWritten: ${written}\n`);
    return openTasks(status).length > 0 || written !== out ? RUN_FAILED : DONE;
  },
});
