/** Ranges and ticks of axes, all ours: what ECharts chooses on log axes is wrong over many decades and within one. */
import { formatValue, powerOfTen } from '../text/numbers.ts';
import { type AxisScale } from './view.ts';

export interface Ticks {
  /** Ticks with labels and grid lines, ascending. */
  readonly major: readonly number[];
  readonly labels: readonly string[];
  readonly minor: readonly number[];
}

/** Relative slack with which a tick counts as inside: bounds come out of floating-point arithmetic. */
const SLACK = 1e-9;
/** Values below this are 0 on a linear axis: steps between them are not numbers. */
const TINY = 1e-290;
/** Below this many decades powers of ten alone are too few. */
const FEW_DECADES = 1.4;
/** With so many steps in a range it has two multiples of a nice one. */
const MOST_STEPS = 16;
/** Above this many decades minor ticks run together. */
const MANY_DECADES = 12;

/** Ticks of a range, with at most about `most` labels. */
export function ticksOf(scale: AxisScale, min: number, max: number, most: number): Ticks {
  return scale === 'log' ? logTicks(min, max, most) : linearTicks(min, max, most);
}

/** Multiples of 1, 2 or 5 times a power of ten. */
export function linearTicks(min: number, max: number, most: number): Ticks {
  const step = niceStep(max - min, most);
  const major = multiples(step, min, max);
  return { major, labels: apart(major, step, 6), minor: [] };
}

/** Labels that tell neighbours apart: of a step far below the values as many digits as that takes. */
function apart(values: readonly number[], step: number, digits: number): string[] {
  const largest = Math.max(...values.map(Math.abs));
  const needed = largest > 0 ? Math.ceil(Math.log10(largest / step)) + 1 : 0;
  return values.map((value) => formatValue(value, Math.min(17, Math.max(digits, needed))));
}

/** Smallest of 1, 2, 5 times a power of ten with at most `most` steps in `span`. */
function niceStep(span: number, most: number): number {
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - SLACK)) ?? 10;
  return factor * power;
}

function multiples(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-6);
  const last = Math.floor(max / step + 1e-6);
  // dividing by the inverse keeps 0.3 from being 0.30000000000000004
  const inverse = Math.round(1 / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) =>
    step < 1 && Math.abs(inverse * step - 1) < 1e-9 ? (first + k) / inverse : (first + k) * step,
  );
}

/**
 * Labels at powers of ten (every n-th where there are many), minor ticks at 2 … 9. Within about one decade there are
 * also labels at 2 and 5, and where there are not two of these at multiples of a nice step.
 */
export function logTicks(min: number, max: number, most: number): Ticks {
  const decades = Math.log10(max) - Math.log10(min);
  const inside = (value: number) => value >= min * (1 - SLACK) && value <= max * (1 + SLACK);
  const low = Math.floor(Math.log10(min) + SLACK);
  const high = Math.ceil(Math.log10(max) - SLACK);
  const exponents = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  const powers = exponents.filter((n) => inside(tenTo(n)));
  const within = (factors: readonly number[]) =>
    exponents.flatMap((n) => factors.map((factor) => factor * tenTo(n))).filter(inside);
  if (decades >= FEW_DECADES && powers.length >= 2) {
    const every = Math.max(1, Math.ceil(powers.length / Math.max(2, most)));
    const labelled = powers.filter((n) => n % every === 0);
    return {
      major: labelled.map(tenTo),
      labels: labelled.map(powerOfTen),
      minor:
        every > 1 || decades > MANY_DECADES
          ? powers.filter((n) => n % every !== 0).map(tenTo)
          : within([2, 3, 4, 5, 6, 7, 8, 9]),
    };
  }
  const oneTwoFive = within([1, 2, 5]);
  if (oneTwoFive.length >= 2 && oneTwoFive.length <= most + 1) return plain(oneTwoFive, within([3, 4, 6, 7, 8, 9]));
  if (oneTwoFive.length > most + 1 && powers.length >= 2) {
    return { major: powers.map(tenTo), labels: powers.map(powerOfTen), minor: within([2, 3, 4, 5, 6, 7, 8, 9]) };
  }
  // about two decades with one power of ten in them: 1, 2 and 5 would be too many
  const oneFive = within([1, 5]);
  if (oneTwoFive.length > most + 1 && oneFive.length >= 2) return plain(oneFive, within([2, 3, 4, 6, 7, 8, 9]));
  return evenTicks(min, max, most);
}

/** Of a range without two of 1, 2, 5: multiples of the widest nice step that gives two. */
function evenTicks(min: number, max: number, most: number): Ticks {
  for (let steps = Math.max(2, Math.min(most, 4)); steps <= MOST_STEPS; steps *= 2) {
    const step = niceStep(max - min, steps);
    const major = multiples(step, min, max).filter((value) => value > 0);
    if (major.length < 2) continue;
    const finer = multiples(niceStep(step, 5), min, max);
    const minor = finer.filter((value) => value > 0 && major.every((at) => Math.abs(value - at) > step / 100));
    return { major, labels: apart(major, step, 8), minor };
  }
  return plain([min, max], []);
}

const plain = (major: number[], minor: number[]): Ticks => ({
  major,
  labels: major.map((value) => formatValue(value, 8)),
  minor,
});

/** 10ⁿ to the last bit: 10 ** −5 is not 1e-5 everywhere. */
const tenTo = (exponent: number): number => Number(`1e${exponent}`);

/** Numbers beyond these have no margin, no logarithm with all its digits, or no difference from each other. */
const SMALLEST = 1e-307;
const LARGEST = 1e307;
const bounded = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

/** A range of values on an axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Range of a value axis around data.
 * @param lowest, highest extremes of what is drawn; on a log axis of the positive values. NaN without data.
 * @param most labels that fit.
 */
export function valueRange(scale: AxisScale, lowest: number, highest: number, most: number): Range {
  if (!(lowest <= highest)) return scale === 'log' ? { min: 0.1, max: 1 } : { min: 0, max: 1 };
  const [low, high] = [bounded(lowest), bounded(highest)];
  if (scale === 'log') {
    const range = logRange(Math.max(low, SMALLEST), Math.max(high, SMALLEST));
    return { min: Math.max(SMALLEST / 10, range.min), max: Math.min(LARGEST * 10, range.max) };
  }
  if (Math.max(Math.abs(low), Math.abs(high)) < TINY) return { min: low < 0 ? -1 : 0, max: 1 };
  if (high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high))) {
    const bounds = [0, low * 1.25];
    return { min: Math.min(...bounds), max: Math.max(...bounds) };
  }
  // zero is shown where the data nearly reach it
  const from = low > 0 && low < 0.4 * high ? 0 : low;
  const to = high < 0 && high > 0.4 * low ? 0 : high;
  const margin = 0.02 * (to - from);
  const step = niceStep(to - from, most);
  const min = from === 0 ? 0 : Math.floor((from - margin) / step) * step;
  const max = to === 0 ? 0 : Math.ceil((to + margin) / step) * step;
  return { min: round(min), max: round(max) };
}

function logRange(low: number, high: number): Range {
  const decades = Math.log10(high) - Math.log10(low);
  if (decades < 1e-3) return { min: low / 2, max: high * 2 };
  const margin = 10 ** (0.04 * decades);
  return { min: low / margin, max: high * margin };
}

const round = (value: number): number => Number(value.toPrecision(12));
