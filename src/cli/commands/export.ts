/** `sgdlab export`: the curves in another format. */
import { join } from 'node:path';
import { exportCsv } from '../../lab/archive/index.ts';
import { reasonOf } from '../../text/reason.ts';
import { cliCommand } from '../command.ts';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from '../exit.ts';
import { readResults, shownResults } from '../file-results.ts';
import { print } from '../streams.ts';

export const command = cliCommand({
  arguments: [{ name: 'file.sgdlab', required: true, completes: 'results' }],
  about: 'write the curves as CSV files',
  options: {
    csv: { value: 'folder', required: true, completes: 'folders', about: 'folder for the CSV files' },
  },
  run([path], { csv: folder }) {
    const { archive, left } = readResults(path);
    try {
      const files = exportCsv(folder, archive.study, shownResults(archive));
      for (const file of files) print(`${join(folder, file)}\n`);
    } catch (error) {
      throw new Exit(BAD_INPUT, `${folder}: ${reasonOf(error)}`);
    }
    return left ? RUN_FAILED : DONE;
  },
});
