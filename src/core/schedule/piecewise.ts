/** Piecewise constant learning rate: rates[k] from times[k] on; times[0] = 0. */
import { z } from 'zod';
import { numberList, strict, type RelativeProblem } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({
  kind: z.literal('piecewise'),
  times: numberList({ min: 0 })
    .min(1, 'expected at least one time')
    .meta({ widget: { kind: 'steps', values: 'rates' } }),
  rates: numberList({ min: 0 })
    .min(1, 'expected at least one rate')
    .meta({ widget: { kind: 'none' } }),
});

type PiecewiseSpec = z.infer<typeof schema>;

function check(spec: PiecewiseSpec): RelativeProblem[] {
  const problems: RelativeProblem[] = [];
  if (spec.times[0] !== 0) problems.push({ path: ['times', 0], message: 'expected 0, the start' });
  if (spec.rates.length !== spec.times.length) {
    problems.push({
      path: ['rates'],
      message: `expected one rate per time (${spec.times.length}), got ${spec.rates.length}`,
    });
  }
  const unordered = spec.times.findIndex((time, k) => k > 0 && time <= spec.times[k - 1]);
  if (unordered > 0) {
    problems.push({
      path: ['times', unordered],
      message: `expected a time > ${spec.times[unordered - 1]}, the one before`,
    });
  }
  return problems;
}

export const piecewise = {
  kind: 'piecewise',
  label: 'Piecewise constant',
  schema,
  template: (rate, horizon) => ({ kind: 'piecewise', times: [0, horizon / 2], rates: [rate, rate / 10] }),
  tex: ({ times, rates }) =>
    `\\gamma(t) = ${rates
      .slice(0, 6)
      .map((rate, k) => `${texNumber(rate)}\\;(t \\ge ${texNumber(times[k])})`)
      .join(',\\; ')}`,
  check,
  create: (spec) => ({
    kind: 'piecewise',
    dependsOn: 'time',
    breakpoints: spec.times.slice(1),
    rate: ({ t }) =>
      spec.rates[
        Math.max(
          0,
          spec.times.findLastIndex((time) => time <= t),
        )
      ],
  }),
} satisfies ScheduleKind<PiecewiseSpec> & { schema: typeof schema };
