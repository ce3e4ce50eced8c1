/** The laboratory without a window, over a library that another program holds; tasks give recognisable numbers. */
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keysOf } from '../../src/core/experiment/identity.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { readArchive } from '../../src/lab/archive/index.ts';
import { type Task, type TaskResult } from '../../src/lab/jobs/task.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { texts } from '../../src/text/texts.ts';
import { leavingQuestion } from '../../src/main/leaving-question.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { binary, curveOf, frameOf, resultsFor } from '../lab/synthetic.ts';
import { ThreadlessPool } from '../lab/threadless-pool.ts';

class SyntheticPool extends ThreadlessPool {
  override get free(): number {
    return 1;
  }
  override run({ experiment, sources }: Task): Promise<TaskResult> {
    const curves = sources.map((source) => curveOf(experiment, source));
    return Promise.resolve({ frame: frameOf(experiment), curves, started: 0, ended: 1 });
  }
}

let folder: string;
let lab: Laboratory;
let said: string[];
let held: number | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-laboratory-'));
  said = [];
  held = null;
  lab = new Laboratory(
    folder,
    () => new SyntheticPool(),
    (name, payload) => {
      if (name === 'trouble') said.push((payload as { message: string }).message);
    },
  );
});
afterEach(async () => {
  release();
  await lab.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});

/** As a program that has the library open. */
function hold(): void {
  writeFileSync(join(folder, 'library.sqlite-shm'), '');
  held = openSync(join(folder, 'library.sqlite-shm'), 'r');
}

function release(): void {
  if (held === null) return;
  closeSync(held);
  held = null;
  rmSync(join(folder, 'library.sqlite-shm'), { force: true });
}

const experiment: Experiment = (() => {
  const parsed = parseExperiment(binary);
  if (!parsed.ok) throw new Error('refused');
  return parsed.value;
})();
const curves = experiment.theory.curves.length + experiment.simulation.runs;

function newStudy(): string {
  return lab.create({ kind: 'draft', draft: { name: 'Held', notes: '', experiments: [binary] } });
}

const runAll = (id: string) => lab.run(id, [{ id: 'binary', key: keysOf(experiment).description }]);

async function until(what: () => boolean): Promise<void> {
  for (let k = 0; !what(); k++) {
    if (k > 1000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a library that cannot be written while something is computed', () => {
  it('does not keep a run from being computed, and takes run and results later', async () => {
    const id = newStudy();
    hold();
    expect(runAll(id)).toMatchObject({ ok: true });
    await until(() => lab.runner.list().length === 0);
    expect(lab.unstored()).toEqual({
      results: curves,
      reason: expect.stringMatching(/^Another program has/) as string,
    });
    expect(said).toEqual([expect.stringMatching(/^The library could not store a result: Another program has/)]);
    release();
    expect(lab.unstored()).toBeNull();
    expect(lab.library.missingWork(id, experiment)).toEqual({ theory: [], runs: [] });
    // noted as run: shown, with its standing, after an edit
    const edited = { ...binary, horizon: 3 };
    expect(lab.library.results(id, edited)).toMatchObject({ results: { experiment: { horizon: 2 } } });
    expect(lab.library.results(id, edited).standing).not.toBe('current');
  });

  it('is not asked for the same again while the results wait', async () => {
    const id = newStudy();
    hold();
    runAll(id);
    await until(() => lab.runner.list().length === 0);
    expect(runAll(id)).toMatchObject({ ok: false });
    expect(lab.unstored()?.results).toBe(curves);
  });

  it('is asked about before the program ends; what it refuses then is in a file that is named', async () => {
    const id = newStudy();
    hold();
    runAll(id);
    await until(() => lab.runner.list().length === 0);
    const question = leavingQuestion(texts('en'), false, lab.unstored());
    expect(question?.message).toBe(`${curves} results are not stored.`);
    expect(question?.detail).toMatch(/^Another program has the library open/);
    expect(question?.buttons).toEqual(['Keep waiting', 'Quit']);
    const message = await lab.close().then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    const [name] = readdirSync(join(folder, 'unsaved'));
    expect(message).toBe(
      `The library did not take ${curves} results of “Held”. They were written to a file that can be imported: ` +
        join(folder, 'unsaved', name),
    );
    const { study, results } = readArchive(join(folder, 'unsaved', name));
    expect(study.experiments).toEqual([experiment]);
    expect(results[0].curves.map(({ rows }) => [...rows])).toEqual(
      resultsFor(experiment).curves.map(({ rows }) => [...rows]),
    );
  });

  it('says nothing of a file that it does not import', async () => {
    const path = join(import.meta.dirname, '../fixtures/version-0.1.0/two-seeds.sgdlab');
    hold();
    expect(await lab.importFiles([path])).toMatchObject({ ok: false });
    expect(said).toEqual([]);
    release();
    expect(await lab.importFiles([path])).toMatchObject({ ok: true });
    expect(said).not.toEqual([]);
  });
});

describe('what is asked before the program ends', () => {
  it('is nothing where nothing is left behind, and else what is', () => {
    expect(leavingQuestion(texts('en'), false, null)).toBeNull();
    expect(leavingQuestion(texts('en'), true, null)?.message).toBe('Experiments are still running.');
    expect(leavingQuestion(texts('en'), false, { results: 1, reason: 'The disk is full' })?.message).toBe(
      '1 result is not stored.',
    );
  });
});

it('closing ends threads that do not stop, and waits for them no longer than three seconds', async () => {
  let ended = 0;
  class StuckPool extends ThreadlessPool {
    override get free(): number {
      return ended === 0 ? 1 : 0;
    }
    override run(): Promise<never> {
      return new Promise(() => {});
    }
    override close(): void {
      ended++;
    }
  }
  const stuck = new Laboratory(
    join(folder, 'stuck'),
    () => new StuckPool(),
    () => {},
  );
  const id = stuck.create({ kind: 'draft', draft: { name: 'Stuck', notes: '', experiments: [binary] } });
  const { key } = stuck.library.results(id, binary);
  expect(stuck.run(id, [{ id: binary.id, key }]).ok).toBe(true);
  // its task begins
  await new Promise((resolve) => setTimeout(resolve, 0));
  vi.useFakeTimers();
  try {
    const closed = stuck.close();
    await vi.advanceTimersByTimeAsync(2900);
    expect(ended).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await closed;
    expect(ended).toBeGreaterThan(0);
  } finally {
    vi.useRealTimers();
  }
});
