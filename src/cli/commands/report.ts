/** `sgdlab report`: one page with the plots. */
import { cliCommand } from '../command.ts';
import { writeReport } from '../report.ts';

export const command = cliCommand({
  arguments: [{ name: 'file.sgdlab', required: true, completes: 'results' }],
  about: 'write one self-contained HTML page with the plots',
  options: {
    out: { value: 'report.html', completes: 'reports', about: 'where to write (default: beside the results)' },
  },
  run: ([path], { out }) => writeReport(path, out),
});
