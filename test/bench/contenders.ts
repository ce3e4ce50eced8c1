/** What takes part in a bench: a name, and a round that gives a time in ns per unit of work. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Contender {
  readonly name: string;
  /** Does a round; ns per unit. */
  round(): number | Promise<number>;
  dispose?(): void;
}

/** A contender that lives in this process: `work` does `units` units. */
export function inProcess(name: string, units: number, work: () => void): Contender {
  return {
    name,
    round() {
      const start = performance.now();
      work();
      return ((performance.now() - start) * 1e6) / units;
    },
  };
}

/** A program that does a round for every line it reads and answers with the time. */
function program(name: string, command: string, parameters: readonly string[]): Contender {
  const child: ChildProcess = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error(`${command} has no pipes`);
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    name,
    async round() {
      stdin.write('\n');
      const answer = await answers.next();
      if (answer.done) throw new Error(`${command} ${parameters.join(' ')} ended early`);
      return Number(answer.value);
    },
    dispose: () => stdin.end(),
  };
}

/** Whether a command runs without an error. */
function works(command: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Baselines {
  /** Starts the baselines that this machine has, for the same work. */
  start(what: 'sgd' | 'normals', dimension: number, classes: number): Contender[];
  dispose(): void;
}

/** baseline.c if there is a C compiler (built with CFLAGS, where they are set), baseline.py and baseline_numba.py if there are NumPy and numba. */
export function findBaselines(): Baselines {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-bench-'));
  const binary = join(folder, 'baseline');
  const source = join(import.meta.dirname, 'baseline.c');
  const flags = (process.env.CFLAGS ?? '-O3 -march=native -ffast-math').split(/\s+/);
  const hasC = works('cc', [...flags, '-o', binary, source, '-lm']);
  const hasNumPy = works('python3', ['-c', 'import numpy']);
  const hasNumba = works('python3', ['-c', 'import numba']);
  return {
    start(what, dimension, classes) {
      const parameters = [what, String(dimension), String(classes)];
      const script = (file: string) => [join(import.meta.dirname, file), ...parameters];
      return [
        ...(hasC ? [program('C', binary, parameters)] : []),
        ...(hasNumPy ? [program('NumPy', 'python3', script('baseline.py'))] : []),
        // its loop has one output
        ...(hasNumba && classes === 2 ? [program('numba', 'python3', script('baseline_numba.py'))] : []),
      ];
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Median times after warm-up; the contenders take turns, so that what the machine does besides hits all alike. */
export async function race(contenders: readonly Contender[], rounds: number, warmUp: number): Promise<number[]> {
  const times = contenders.map((): number[] => []);
  try {
    for (let round = 0; round < warmUp + rounds; round++) {
      for (const [k, contender] of contenders.entries()) {
        const time = await contender.round();
        if (round >= warmUp) times[k].push(time);
      }
    }
  } finally {
    for (const contender of contenders) contender.dispose?.();
  }
  return times.map(median);
}
