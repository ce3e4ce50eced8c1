/**
 * A pool of native worker threads, by web-worker (the Worker interface over worker_threads) and comlink. Threads live
 * as long as the pool: a task is stopped by its shared flag, never by terminating its thread.
 */
import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { reason, Refused, type Reason } from '../../refusal/refusal.ts';
import Worker from 'web-worker';
import { type CostRates } from '../../study/estimate.ts';
import { type ParseResult } from '../../study/parse.ts';
import { type Language } from '../../text/language.ts';
import { type Exportable } from '../database/library-types.ts';
import { type ExportTask } from '../exported-study.ts';
import { type ImportedFile } from '../imported-file.ts';
import { HELLO, type RowBatch, type Task, type TaskResult, type WorkerApi } from './task.ts';

/** A worker that has not answered its first call by then is taken for dead. */
const HELLO_LIMIT_MS = 20_000;

interface Thread {
  readonly worker: Worker;
  readonly api: Remote<WorkerApi>;
  /** Rejects when the thread dies. */
  readonly death: Promise<never>;
  busy: boolean;
  dead: boolean;
}

export interface TaskCallbacks {
  /** Shared control flags of the job (task.ts). */
  readonly control: Int32Array;
  onRows(batch: RowBatch): void;
}

/** The worker could not do its task for a reason outside the mathematics: it did not load, crashed, or ran out of memory. */
class WorkerFailure extends Refused {
  override name = 'WorkerFailure';
  constructor(why: Reason) {
    super([{ path: '', ...why }]);
  }
}

export class WorkerPool {
  private readonly threads: Thread[] = [];
  private closed = false;

  /**
   * @param workerUrl the built worker module.
   * @param size number of threads that may be busy at once.
   */
  constructor(
    private readonly workerUrl: URL,
    private size: number,
  ) {}

  get capacity(): number {
    return this.size;
  }

  get busy(): number {
    return this.threads.filter((thread) => thread.busy).length;
  }

  get free(): number {
    return this.closed ? 0 : Math.max(0, this.size - this.busy);
  }

  /** Changes the number of threads; busy ones finish their task. */
  resize(size: number): void {
    this.size = Math.max(1, Math.floor(size));
  }

  /**
   * Runs a task on a free thread, which the caller has made sure of.
   * @throws WorkerFailure if the thread dies; the error of the task if it throws.
   */
  async run(task: Task, { control, onRows }: TaskCallbacks): Promise<TaskResult> {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event: MessageEvent<RowBatch>) => onRows(event.data);
    // the result comes by another port: the last rows may still be on their way, and come before the end of theirs
    const allRows = new Promise<void>((resolve) => port1.addEventListener('close', () => resolve()));
    try {
      return await this.call(async (api) => {
        const result = await api.run(task, control, transfer(port2, [port2]));
        await allRows;
        return result;
      });
    } finally {
      port1.close();
    }
  }

  /**
   * Measures what the parts of the work cost on a free thread, which the caller has made sure of.
   * @throws WorkerFailure if the thread dies.
   */
  measure(): Promise<CostRates> {
    return this.call((api) => api.measure());
  }

  /** SHA-256 of a file's bytes. @throws WorkerFailure if the thread dies. */
  hashOfFile(path: string): Promise<ParseResult<string>> {
    return this.call(async (api) => await api.hashOfFile(path));
  }

  /** Reads a study or result file. @throws WorkerFailure if the thread dies, of a file that asks for too much memory. */
  readImported(path: string): Promise<ParseResult<ImportedFile>> {
    return this.call(async (api) => await api.readImported(path));
  }

  /** Writes a study to files; where it is. @throws WorkerFailure if the thread dies. */
  writeExported(task: ExportTask): Promise<ParseResult<string>> {
    return this.call(async (api) => await api.writeExported(task));
  }

  /** A study's report as a page. @throws WorkerFailure if the thread dies. */
  reportOf(exportable: Exportable, language: Language): Promise<string> {
    return this.call(async (api) => await api.reportOf(exportable, language));
  }

  private async call<T>(ask: (api: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    const thread = this.take();
    try {
      await this.handshake(thread);
      return await Promise.race([ask(thread.api), thread.death]);
    } catch (error) {
      if (error instanceof WorkerFailure) this.discard(thread);
      throw error;
    } finally {
      thread.busy = false;
    }
  }

  /** Ends all threads; for the end of the program, when their tasks have stopped. */
  close(): void {
    this.closed = true;
    for (const thread of this.threads.splice(0)) this.discard(thread);
  }

  private take(): Thread {
    let thread = this.threads.find((candidate) => !candidate.busy && !candidate.dead);
    if (!thread) {
      thread = this.spawn();
      this.threads.push(thread);
    }
    thread.busy = true;
    return thread;
  }

  private spawn(): Thread {
    const worker = new Worker(this.workerUrl, { type: 'module', name: `lab-${this.threads.length + 1}` });
    let die: (error: WorkerFailure) => void = () => {};
    const death = new Promise<never>((_, reject) => (die = reject));
    death.catch(() => {}); // a death between tasks is seen by the next one
    const thread: Thread = { worker, api: wrap<WorkerApi>(worker), death, busy: false, dead: false };
    const failed = (why: Reason) => {
      thread.dead = true;
      die(new WorkerFailure(why));
    };
    worker.addEventListener('error', (event) => failed(reason('worker-failed', { said: messageOf(event) })));
    worker.addEventListener('close', () => failed(reason('worker-ended', {})));
    return thread;
  }

  private async handshake(thread: Thread): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new WorkerFailure(reason('worker-late', {}))), HELLO_LIMIT_MS);
    });
    try {
      const answer = await Promise.race([thread.api.hello(), thread.death, limit]);
      if (answer !== HELLO) throw new WorkerFailure(reason('worker-foreign', {}));
    } finally {
      clearTimeout(timer);
    }
  }

  private discard(thread: Thread): void {
    thread.dead = true;
    const index = this.threads.indexOf(thread);
    if (index >= 0) this.threads.splice(index, 1);
    thread.api[releaseProxy]();
    thread.worker.terminate();
  }
}

function messageOf(event: unknown): string {
  if (event instanceof Error) return event.message;
  const message = (event as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : 'unknown reason';
}
