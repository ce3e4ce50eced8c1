/**
 * Sweeps: one or two parameters of a base experiment over ranges, expanded into experiments (docs/sweeps.md). The
 * optional key `sweep` of a study; its experiments have ids `<id>-i` or `<id>-i-j` and stand in `experiments` as well,
 * so that everything else sees experiments only.
 */
import { z } from 'zod';
import { parameterSymbol } from './parameter-symbols.ts';
import { pow } from '../math/elementary.ts';
import { parseJson } from '../description/json.ts';
import { coded } from '../description/issues.ts';
import { type PathPart } from '../description/path.ts';
import { subscript } from '../description/subscript.ts';
import { counted, finite, numberList, oneOfKinds, shortList, strict, text, whole } from '../description/strict.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

const MAX_SWEEP_POINTS = 201;
/** Of a study altogether, those of its sweep included. */
export const MAX_EXPERIMENTS = 1000;
/** Characters of a sweep's experiments together, as JSON: a base of many numbers is copied for each of them. */
const MAX_SWEEP_TEXT = 256 * 1024 * 1024;

const rangeSchema = oneOfKinds([
  strict({ kind: z.literal('linear'), from: finite(), to: finite(), points: whole(2, MAX_SWEEP_POINTS) }),
  strict({
    kind: z.literal('log'),
    from: finite({ above: 0 }),
    to: finite({ above: 0 }),
    points: whole(2, MAX_SWEEP_POINTS),
  }),
  strict({
    kind: z.literal('values'),
    values: numberList({}, counted('value', MAX_SWEEP_POINTS)),
  }),
]);

/** A path into an experiment: `optimizer.schedule.rate`, `model.spectrum.exponents[0]`, `…exponents[*]` for all entries. */
const parameterSchema = z
  .string({ error: coded('sweep-parameter', {}) })
  .regex(/^[A-Za-z]+(\.[A-Za-z]+|\[(\d+|\*)\])*$/, coded('sweep-parameter', {}));

const axisSchema = strict({
  parameter: parameterSchema,
  /** Symbol on axes and in names; default: theory's symbol, else the last part of the path. See `axisSymbols` for two of one name. */
  symbol: text('name', 40).optional(),
  range: rangeSchema,
});

export const sweepSchema = strict({
  id: z
    .string({ error: coded('identifier', { most: 40 }) })
    .regex(/^[a-z0-9-]{1,40}$/, coded('identifier', { most: 40 }))
    .default('sweep'),
  axes: shortList(axisSchema, coded('sweep-axes-list', {}), {
    min: 1,
    max: 2,
    few: coded('sweep-axes', {}),
    many: coded('sweep-axes', {}),
  }),
  /** An experiment without its id; checked where it is expanded. */
  base: z.record(z.string(), z.unknown(), { error: coded('sweep-base', {}) }),
});

export type Sweep = z.infer<typeof sweepSchema>;
export type SweepAxis = Sweep['axes'][number];

/** Values of an axis, ascending or as given; logarithmic ranges are geometric. */
export function axisValues({ range }: SweepAxis): number[] {
  if (range.kind === 'values') return range.values;
  const { from, to, points } = range;
  return Array.from({ length: points }, (_, k) => {
    if (k === points - 1) return to;
    const fraction = k / (points - 1);
    const value = range.kind === 'linear' ? from + (to - from) * fraction : from * pow(to / from, fraction);
    // a grid such as 0.1, 0.2, 0.3 should read so: the twelfth digit is rounding
    return Number(value.toPrecision(12));
  });
}

/** Experiments that a sweep makes, counted without making them. */
export const sweepSize = ({ axes }: Sweep): number =>
  axes.reduce((product, { range }) => product * (range.kind === 'values' ? range.values.length : range.points), 1);

/**
 * Symbols of axes, no two the same: the given ones, else those of theory, else the ends of the paths. Those that are the
 * same get the number of the entry that their axis sets (`exponents[0]` × `exponents[1]` are α₁ × α₂), or else more of
 * their paths.
 */
export function axisSymbols(axes: readonly Pick<SweepAxis, 'symbol' | 'parameter'>[]): string[] {
  const plain = axes.map(
    ({ symbol, parameter }) => symbol?.trim() || (parameterSymbol(parameter) ?? pathEnd(parameter, 1)),
  );
  const twice = (symbols: readonly string[]) => new Set(symbols).size < symbols.length;
  if (!twice(plain)) return plain;
  const numbered = axes.map(({ parameter }, k) => plain[k] + subscriptOfEntry(parameter));
  if (!twice(numbered)) return numbered;
  const longer = axes.map(({ symbol, parameter }, k) => (symbol?.trim() ? plain[k] : pathEnd(parameter, 2)));
  return twice(longer) ? plain.map((symbol, k) => symbol + subscript(k + 1)) : longer;
}

/** The last names of a path: `model.means.profile.exponent` → `profile.exponent`. */
const pathEnd = (parameter: string, names: number): string =>
  parameter
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .slice(-names)
    .join('.');

/** The number of the entry at the end of a path, from 1; empty without one. */
function subscriptOfEntry(parameter: string): string {
  const entry = /\[(\d+)\]$/.exec(parameter)?.[1];
  return entry === undefined ? '' : subscript(Number(entry) + 1);
}

/** One experiment of a sweep: where it is on the axes, and its description, not yet parsed. */
export interface SweepPoint {
  /** Index on each axis. */
  readonly index: readonly number[];
  readonly values: readonly number[];
  readonly experiment: Record<string, unknown> & { id: string; name: string };
}

/** Characters of a sweep's experiments together, about, without making them. */
export const sweepText = (sweep: Sweep): number => JSON.stringify(sweep.base).length * sweepSize(sweep);

/** Experiments of a sweep, first axis outermost; of many the first `most`. */
export function expandSweep(sweep: Sweep, most = Infinity): SweepPoint[] {
  const axes = sweep.axes.map(axisValues);
  const indices = axes.reduce<number[][]>(
    (tuples, values) => tuples.flatMap((tuple) => values.map((_, k) => [...tuple, k])),
    [[]],
  );
  const symbols = axisSymbols(sweep.axes);
  return indices.slice(0, most).map((index) => {
    const values = index.map((k, axis) => axes[axis][k]);
    const experiment = structuredCopy(sweep.base);
    sweep.axes.forEach((axis, k) => setParameter(experiment, axis.parameter, values[k]));
    fillShares(experiment, sweep.axes);
    const name = symbols.map((symbol, k) => `${symbol} = ${Number(values[k].toPrecision(6))}`).join(', ');
    return { index, values, experiment: { ...experiment, id: `${sweep.id}-${index.join('-')}`, name } };
  });
}

/** Whether an experiment's id has the form of those that the sweep gives; no other experiment of a study may have one. */
export function isOfSweep(sweep: Pick<Sweep, 'id'>, id: unknown): boolean {
  return typeof id === 'string' && id.startsWith(`${sweep.id}-`) && /^\d+(-\d+)?$/.test(id.slice(sweep.id.length + 1));
}

/**
 * What is wrong with a sweep beside its schema: more experiments than there is room for, and parameters that are not
 * numbers of the base. Nothing is expanded.
 * @param own experiments of the study beside the sweep's.
 */
export function checkSweep(sweep: Sweep, own = 0): RelativeRefusal[] {
  const size = sweepSize(sweep);
  if (size + own > MAX_EXPERIMENTS) {
    return [{ path: ['axes'], code: 'sweep-size', allowed: { most: MAX_EXPERIMENTS - own, own }, found: String(size) }];
  }
  const text = sweepText(sweep);
  if (text > MAX_SWEEP_TEXT) {
    return [{ path: ['base'], code: 'sweep-text', allowed: { most: MAX_SWEEP_TEXT }, found: String(text) }];
  }
  const problems: RelativeRefusal[] = sweep.axes.flatMap((axis, k) =>
    targetsOf(sweep.base, axis.parameter).length > 0
      ? []
      : [{ path: ['axes', k, 'parameter'], code: 'sweep-target', allowed: {} }],
  );
  if ('id' in sweep.base) problems.push({ path: ['base', 'id'], code: 'sweep-base-id', allowed: {} });
  return problems;
}

const structuredCopy = (value: Record<string, unknown>): Record<string, unknown> =>
  parseJson(JSON.stringify(value)) as Record<string, unknown>;

function setParameter(experiment: Record<string, unknown>, parameter: string, value: number): void {
  for (const { holder, key } of targetsOf(experiment, parameter)) holder[key] = value;
}

type Holder = Record<PathPart, unknown>;

/** Numbers whose sum is one: priors, and the fractions of blocks. */
const SHARES = [/^(model\.priors)\[(\d+)\]$/, /^(model\.spectrum\.blocks)\[(\d+)\]\.fraction$/] as const;

/** Scales the shares that no axis sets, so that the sum stays one; where they are all 0 they become equal. */
function fillShares(experiment: unknown, axes: readonly Pick<SweepAxis, 'parameter'>[]): void {
  for (const [k, shares] of SHARES.entries()) {
    const set = new Set(axes.flatMap(({ parameter }) => shares.exec(parameter)?.[2] ?? []).map(Number));
    if (set.size === 0) continue;
    const targets = targetsOf(experiment, k === 0 ? 'model.priors[*]' : 'model.spectrum.blocks[*].fraction');
    const sum = (chosen: boolean) =>
      targets.reduce((total, { holder, key }, at) => (set.has(at) === chosen ? total + Number(holder[key]) : total), 0);
    const [rest, others] = [1 - sum(true), sum(false)];
    for (const [at, { holder, key }] of targets.entries()) {
      if (set.has(at)) continue;
      holder[key] = others > 0 ? (Number(holder[key]) * rest) / others : rest / (targets.length - set.size);
    }
  }
}

/** Places of the numbers that a path names; none if it names something else. */
function targetsOf(experiment: unknown, parameter: string): { holder: Holder; key: string | number }[] {
  const parts = parameter.match(/[A-Za-z]+|\d+|\*/g) ?? [];
  let holders: unknown[] = [experiment];
  for (const part of parts.slice(0, -1))
    holders = holders.flatMap((holder) => entriesOf(holder, part).map((key) => (holder as Holder)[key]));
  const last = parts[parts.length - 1];
  return holders.flatMap((holder) =>
    entriesOf(holder, last)
      .filter((key) => typeof (holder as Holder)[key] === 'number')
      .map((key) => ({ holder: holder as Holder, key })),
  );
}

/** Keys of a holder that a part of a path names. */
function entriesOf(holder: unknown, part: string): (string | number)[] {
  if (holder === null || typeof holder !== 'object') return [];
  if (Array.isArray(holder)) {
    if (part === '*') return [...holder.keys()];
    return /^\d+$/.test(part) && Number(part) < holder.length ? [Number(part)] : [];
  }
  return Object.hasOwn(holder, part) ? [part] : [];
}
