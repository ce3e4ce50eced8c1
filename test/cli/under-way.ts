/** When a program that says nothing is at work: by what its threads have computed, not by the clock. */
import { existsSync, readFileSync } from 'node:fs';

/** More than starting takes, less than any run here. */
const SECONDS = 2;
/** Of `utime` and `stime` on Linux, on every machine. */
const TICKS_PER_SECOND = 100;

/** Waits until a process has used so many seconds of processor time; where the system does not tell it, twice as long. */
export async function underWay(pid: number | undefined): Promise<void> {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return void (await wait(2000 * SECONDS));
  while (existsSync(stat) && processorSeconds(stat) < SECONDS) await wait(50);
}

function processorSeconds(stat: string): number {
  // the name, in parentheses, may have spaces
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
