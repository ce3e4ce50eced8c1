/**
 * Progress on standard error: a line that is redrawn on a terminal and left out in a pipe, a line of JSON for programs
 * at every step, or nothing.
 */
import { type JobInfo } from '../api/types.ts';
import { BAD_INPUT, Exit } from './exit.ts';
import { say } from './streams.ts';

export const PROGRESS = ['bar', 'json', 'none'] as const;
export type Progress = (typeof PROGRESS)[number];

const WIDTH = 28;

interface ProgressDisplay {
  update(info: JobInfo): void;
  /** Removes what is not to stay. */
  end(): void;
}

const SILENT: ProgressDisplay = { update: () => {}, end: () => {} };

const DISPLAYS: Record<Progress, () => ProgressDisplay> = { bar, json, none: () => SILENT };

/** What is given for `--progress`. @throws Exit if it is none of PROGRESS. */
export function progressOf(text: string | undefined): Progress {
  const known = PROGRESS.find((each) => each === (text ?? 'bar'));
  if (known !== undefined) return known;
  throw new Exit(BAD_INPUT, `--progress: expected ${PROGRESS.join(', ')}, got ${JSON.stringify(text)}`);
}

function bar(): ProgressDisplay {
  const stream = process.stderr;
  if (!stream.isTTY) return SILENT;
  return {
    update: (info) => void stream.write(`\r\u001B[2K${progressLine(info)}`),
    end: () => void stream.write('\r\u001B[2K'),
  };
}

/** A line for every change of what is done, each a whole object: `{"fraction":0.5,"seconds_left":2.5,"experiments":[…]}`. */
function json(): ProgressDisplay {
  let last = '';
  return {
    update({ fraction, secondsLeft, experiments }) {
      const done = experiments.map((each) => ({
        id: each.experimentId,
        fraction: each.fraction,
        t: each.t,
        horizon: each.horizon,
        runs: { finished: each.finishedRuns, asked: each.askedRuns },
      }));
      const state = JSON.stringify({ fraction, experiments: done });
      if (state === last) return;
      last = state;
      say(JSON.stringify({ fraction, seconds_left: secondsLeft, experiments: done }));
    },
    end: () => {},
  };
}

/** `[█████░░░] 62 %  3 of 12 experiments  14 s left`. */
function progressLine({ fraction, secondsLeft, experiments }: JobInfo): string {
  const filled = Math.floor(fraction * WIDTH);
  const done = experiments.filter((experiment) => experiment.fraction >= 1).length;
  const left = secondsLeft === null ? '' : `  ${duration(secondsLeft)} left`;
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  return `[${bar}] ${Math.floor(fraction * 100)} %  ${done} of ${experiments.length} experiments${left}`;
}

/** `14 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Does work whose progress is shown; SIGINT and SIGTERM abort its signal. */
export async function withProgress<T>(
  progress: Progress,
  work: (signal: AbortSignal, onProgress: (info: JobInfo) => void) => Promise<T>,
): Promise<T> {
  const display = DISPLAYS[progress]();
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(interrupt.signal, (info) => display.update(info));
  } finally {
    display.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
