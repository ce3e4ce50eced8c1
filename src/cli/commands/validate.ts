/** `sgdlab validate`: says what is wrong with a study. */
import { studyWarnings } from '../../study/warnings.ts';
import { formatWarning } from '../../text/warnings.ts';
import { cliCommand } from '../command.ts';
import { DONE } from '../exit.ts';
import { readStudy } from '../input.ts';
import { print, say } from '../streams.ts';

export const command = cliCommand({
  arguments: [{ name: 'study.json', required: true, completes: 'studies' }],
  about: 'say what is wrong with a study (`-` for standard input), every error at once',
  more: 'On standard error it warns where SGD is not what the theory says.',
  options: {},
  run([path]) {
    const study = readStudy(path);
    const { experiments } = study;
    for (const warning of studyWarnings(study)) say(`warning: ${formatWarning(warning)}`);
    print(`${path}: valid, ${experiments.length} experiment${experiments.length === 1 ? '' : 's'}\n`);
    return DONE;
  },
});
