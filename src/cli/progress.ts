/** A progress line on stderr: redrawn on a terminal, nothing in a pipe. */
import { type JobInfo } from '../api/types.ts';

const WIDTH = 28;

interface ProgressBar {
  update(info: JobInfo): void;
  /** Removes the line. */
  end(): void;
}

function createProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { update: () => {}, end: () => {} };
  return {
    update: (info) => void stream.write(`\r\u001B[2K${progressLine(info)}`),
    end: () => void stream.write('\r\u001B[2K'),
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

/** Does work with a progress bar; SIGINT and SIGTERM abort its signal. */
export async function withProgress<T>(
  work: (signal: AbortSignal, onProgress: (info: JobInfo) => void) => Promise<T>,
): Promise<T> {
  const bar = createProgressBar(process.stderr);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(interrupt.signal, (info) => bar.update(info));
  } finally {
    bar.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
