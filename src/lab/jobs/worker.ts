/** Entry of a worker thread: performs one task at a time. */
import { expose, transfer } from 'comlink';
import { reportOf, writeExported } from '../exported-study.ts';
import { hashOfFile, readImported } from '../imported-file.ts';
import { measureRates } from './measure.ts';
import { perform } from './perform.ts';
import { yieldToWindow } from './priority.ts';
import { HELLO, type WorkerApi } from './task.ts';

const api: WorkerApi = {
  hello: () => HELLO,
  measure: measureRates,
  async run(task, control, port) {
    const result = await perform(task, control, (batch) => {
      port.postMessage(batch, [batch.rows.buffer as ArrayBuffer]);
    });
    port.close();
    return transfer(
      result,
      result.curves.map(({ rows }) => rows.buffer as ArrayBuffer),
    );
  },
  hashOfFile: (path) => Promise.resolve(hashOfFile(path)),
  readImported: (path) => Promise.resolve(readImported(path)),
  writeExported: (task) => Promise.resolve(writeExported(task)),
  reportOf: (exportable, language) => Promise.resolve(reportOf(exportable, language)),
};

yieldToWindow();
expose(api);
