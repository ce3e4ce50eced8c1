/** A pool without threads: what a test does not override is done in this one. */
import { hashOfFile, readImported } from '../../src/lab/imported-file.ts';
import { WorkerPool } from '../../src/lab/jobs/pool.ts';

export class ThreadlessPool extends WorkerPool {
  constructor() {
    super(new URL('file:///no-threads'), 1);
  }

  // copies, as of what crosses threads
  override hashOfFile(path: string) {
    return Promise.resolve(structuredClone(hashOfFile(path)));
  }

  override readImported(path: string) {
    return Promise.resolve(structuredClone(readImported(path)));
  }

  override close(): void {}
}
