/** Why something diverged: the setting that is most likely behind it. */
import { log } from '../core/math/elementary.ts';
import { formatPath, type PathPart } from '../core/description/path.ts';
import { type Experiment } from '../core/experiment/schema.ts';

const LN10 = Math.LN10;

/** A setting with its value, at a path relative to the experiment. */
export interface Setting {
  readonly path: string;
  /** A number, or the kind of a rule that has none. */
  readonly value: number | string;
}

/** Decades from 1 from which on a setting is the reason whatever the learning rate. */
const FAR = 3;

interface Candidate extends Setting {
  /** Decades by which it enlarges the dynamics. */
  readonly decades: number;
}

/**
 * The setting behind a divergence: the one that enlarges the dynamics by the most decades, and where none is far from
 * order one, the learning rate, whose stability threshold such settings make.
 */
export function settingBehind({ model, loss, optimizer }: Experiment): Setting {
  const { schedule, ridge, start } = optimizer;
  const candidates: Candidate[] = [
    ...numbersIn(schedule, ['optimizer', 'schedule']).filter(({ path }) => /\.rates?(\[|$)/.test(path)),
    ...numbersIn(ridge, ['optimizer', 'ridge']),
    ...numbersIn(model.means, ['model', 'means']).filter(({ path }) => !/seed|profile/.test(path)),
    ...numbersIn(start, ['optimizer', 'start']).filter(({ path }) => !path.endsWith('seed')),
    ...numbersIn(loss, ['loss']).filter(({ path }) => !/seed|outputs/.test(path)),
    ...numbersIn(model.spectrum, ['model', 'spectrum']).filter(({ path }) => !/exponents|fraction/.test(path)),
  ];
  if (schedule.kind === 'adagrad-norm') {
    const { offset } = schedule;
    candidates.push({ path: 'optimizer.schedule.offset', value: offset, decades: -log10(offset) });
  }
  if (model.spectrum.kind === 'power-law') {
    model.spectrum.exponents.forEach((value, i) => {
      const path = formatPath(['model', 'spectrum', 'exponents', i]);
      candidates.push({ path, value, decades: -value * log10(model.dimension) });
    });
  }
  const most = candidates.reduce<Candidate | null>(
    (best, each) => (best === null || each.decades > best.decades ? each : best),
    null,
  );
  if (most && most.decades >= FAR) return most;
  return candidates.find(({ path }) => path.startsWith('optimizer.schedule')) ?? kindOf(schedule.kind);
}

const log10 = (x: number): number => log(x) / LN10;

const kindOf = (kind: string): Setting => ({ path: 'optimizer.schedule.kind', value: kind });

/** All numbers of a part of a description. */
function numbersIn(value: unknown, path: readonly PathPart[]): Candidate[] {
  if (typeof value === 'number') {
    return [{ path: formatPath(path), value, decades: log10(Math.abs(value)) }];
  }
  if (Array.isArray(value)) return largestOf(value.flatMap((each, k) => numbersIn(each, [...path, k])));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => numbersIn(each, [...path, key]));
}

/** The first of the largest of a list, which may be long. */
function largestOf(found: readonly Candidate[]): Candidate[] {
  if (found.length === 0) return [];
  return [found.reduce((best, each) => (each.decades > best.decades ? each : best))];
}
