/** `sgdlab cluster task`: does tasks of a plan. */
import { MAX_THREADS } from '../../../api/settings.ts';
import { type TaskEnd, performTask } from '../../../lab/cluster/task.ts';
import { cliCommand } from '../../command.ts';
import { BAD_INPUT, DONE, Exit, INTERRUPTED, RUN_FAILED } from '../../exit.ts';
import { openPlan } from '../../plan.ts';
import { PROGRESS, progressOf, withProgress } from '../../progress.ts';
import { print } from '../../streams.ts';
import { wholeNumber } from '../../whole-number.ts';

const SAID: Record<TaskEnd, string> = {
  done: 'done',
  there: 'done before',
  cancelled: 'interrupted; nothing of it is kept',
  failed: 'failed; the reason is in the folder “failures”',
};

export const command = cliCommand({
  arguments: [
    { name: 'folder', required: true, completes: 'folders' },
    { name: 'n', required: true, completes: [] },
  ],
  about: 'do a task of a plan, or several (`3,7-9`), and write a result file for each',
  more: 'Tasks are numbered from 0. What is done already is not done again.',
  options: {
    workers: { value: 'n', about: 'worker threads (default: one)' },
    progress: { value: 'how', completes: PROGRESS, about: 'show progress as a `bar`, lines of `json`, or `none`' },
  },
  async run([folder, numbers], options) {
    const { plan } = openPlan(folder);
    const threads = options.workers === undefined ? 1 : wholeNumber('--workers', options.workers, 1, MAX_THREADS);
    const tasks = tasksOf(numbers, plan.tasks.length - 1);
    return withProgress(progressOf(options.progress), async (signal, onProgress) => {
      let failed = false;
      for (const task of tasks) {
        const workerUrl = new URL('./worker.js', import.meta.url);
        const end = await performTask(plan, task, { workerUrl, threads, signal, onProgress });
        print(`task ${task}: ${SAID[end]}\n`);
        if (end === 'cancelled') return INTERRUPTED;
        failed ||= end === 'failed';
      }
      return failed ? RUN_FAILED : DONE;
    });
  },
});

/** `3,7-9` as the numbers that it names. */
function tasksOf(text: string, most: number): readonly number[] {
  const named = text.split(',').flatMap((range) => {
    const [first, last = first, ...rest] = range.split('-');
    if (rest.length > 0)
      throw new Exit(BAD_INPUT, `task: expected numbers such as 3 or 7-9, got ${JSON.stringify(range)}`);
    const from = wholeNumber('task', first, 0, most);
    const to = wholeNumber('task', last, from, most);
    return Array.from({ length: to - from + 1 }, (_, k) => from + k);
  });
  return [...new Set(named)];
}
