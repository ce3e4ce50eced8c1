/** `sgdlab cluster plan`: splits a study's work into tasks. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sameSource } from '../../../core/experiment/curve-source.ts';
import { makePlan } from '../../../lab/cluster/plan.ts';
import { ownCommand, writeScript } from '../../../lab/cluster/script.ts';
import { missingOf, MOST_TASKS } from '../../../lab/cluster/split.ts';
import { measureRates } from '../../../lab/jobs/measure.ts';
import { studyWarnings } from '../../../study/warnings.ts';
import { reasonOf } from '../../../text/reason.ts';
import { formatWarning } from '../../../text/warnings.ts';
import { cliCommand } from '../../command.ts';
import { BAD_INPUT, DONE, Exit } from '../../exit.ts';
import { readStudy } from '../../input.ts';
import { print, say } from '../../streams.ts';
import { curvesFor, earlierResults } from '../../taken-up.ts';
import { wholeNumber } from '../../whole-number.ts';

export const command = cliCommand({
  arguments: [{ name: 'study.json', required: true, completes: 'studies' }],
  about: 'split the work of a study into tasks, and write the batch script',
  more: 'A plan that is there already is not changed.',
  options: {
    out: { value: 'folder', required: true, completes: 'folders', about: 'folder for plan, script and results' },
    tasks: { value: 'n', about: 'how many tasks (default: tasks of some minutes)' },
    have: {
      value: 'file.sgdlab',
      completes: 'results',
      about: 'results that are there already: what they have is not planned',
    },
  },
  async run([path], { out, tasks, have }) {
    const study = readStudy(path);
    const count = tasks === undefined ? null : wholeNumber('--tasks', tasks, 1, MOST_TASKS);
    for (const warning of studyWarnings(study)) say(`warning: ${formatWarning(warning)}`);
    const there = curvesFor(study, have === undefined ? null : earlierResults(have, resolve(have)));
    const missing = study.experiments.map((experiment) => ({
      experiment,
      sources: missingOf(experiment, (source) =>
        Boolean(there.get(experiment.id)?.curves.some((curve) => sameSource(curve.source, source))),
      ),
    }));
    const folder = resolve(out);
    try {
      const { plan, isNew } = await makePlan(folder, study, missing, count, measureRates);
      if (isNew) writeScript(plan, study.name, ownCommand(fileURLToPath(new URL('./cli.js', import.meta.url))));
      const hours = plan.tasks.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
      print(
        `${out}: ${plan.tasks.length} task${plan.tasks.length === 1 ? '' : 's'}, about ${hours.toPrecision(2)} core hours${isNew ? '' : ' (planned before)'}\n`,
      );
      return DONE;
    } catch (error) {
      throw new Exit(BAD_INPUT, `${out}: ${reasonOf(error)}`);
    }
  },
});
