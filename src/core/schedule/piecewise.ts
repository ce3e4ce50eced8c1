/** Piecewise constant learning rate: rates[k] from times[k] on; times[0] = 0. */
import { z } from 'zod';
import { counted, numberList, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

const schema = strict({
  kind: z.literal('piecewise'),
  times: numberList({ min: 0 }, counted('time')).meta({ widget: { kind: 'steps', values: 'rates' } }),
  rates: numberList({ min: 0 }, counted('rate')).meta({ widget: { kind: 'none' } }),
});

type PiecewiseSpec = z.infer<typeof schema>;

function check(spec: PiecewiseSpec): RelativeRefusal[] {
  const problems: RelativeRefusal[] = [];
  if (spec.times[0] !== 0) problems.push({ path: ['times', 0], code: 'first-time', allowed: {} });
  if (spec.rates.length !== spec.times.length) {
    problems.push({
      path: ['rates'],
      code: 'rate-per-time',
      allowed: { times: spec.times.length },
      found: String(spec.rates.length),
    });
  }
  const unordered = spec.times.findIndex((time, k) => k > 0 && time <= spec.times[k - 1]);
  if (unordered > 0) {
    problems.push({
      path: ['times', unordered],
      code: 'time-after',
      allowed: { before: spec.times[unordered - 1] },
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
