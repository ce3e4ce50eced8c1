/** What every registered learning-rate rule must keep to. */
import { describe, expect, it } from 'vitest';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import {
  createSchedule,
  scheduleKind,
  scheduleSchema,
  type ScheduleSpec,
} from '../../../src/core/schedule/schedule-spec.ts';
import { rateAt, type RateInputs } from '../../../src/core/schedule/schedule.ts';

const RATE = 0.7;
const HORIZON = 20;
const subjects = scheduleKinds.map((kind) => {
  const spec: ScheduleSpec = scheduleSchema.parse(kind.template(RATE, HORIZON));
  return { kind: kind.kind, spec, schedule: createSchedule(spec, HORIZON) };
});

/** A state with risk R = 0.3, P = 0.6, D = 0.2 and N = 0.5. */
const inputs = (t: number, accumulated: number): RateInputs => ({
  t,
  accumulated,
  risk: () => 0.3,
  gradientPower: () => 0.6,
  descent: () => 0.2,
  stepCurvature: () => 0.5,
});

describe.each(subjects)('$kind', ({ kind, spec, schedule }) => {
  it('has a template that its own checks pass, and bears its own name', () => {
    expect(scheduleKind(spec).check(spec)).toEqual([]);
    expect(schedule.kind).toBe(kind);
  });

  it('has finite rates >= 0, not all of them 0', () => {
    const rates = [0, 0.1, 1, 7, HORIZON, 1e6].flatMap((t) => [0, 2].map((g) => schedule.rate(inputs(t, g))));
    expect(rates.every((rate) => Number.isFinite(rate) && rate >= 0)).toBe(true);
    expect(Math.max(...rates)).toBeGreaterThan(0);
  });

  it('has breakpoints > 0 in ascending order', () => {
    const { breakpoints } = schedule;
    expect(breakpoints.every((time, k) => time > (k === 0 ? 0 : breakpoints[k - 1]))).toBe(true);
  });
});

/** Largest change of γ within a segment of smooth rates, between neighbouring times of a grid. */
function largestChange({ schedule }: (typeof subjects)[number], points: number): number {
  const edges = [0, ...schedule.breakpoints.filter((time) => time < HORIZON), HORIZON];
  let largest = 0;
  for (let segment = 1; segment < edges.length; segment++) {
    const [from, until] = [edges[segment - 1], edges[segment] * (1 - 1e-12)];
    for (let k = 1; k <= points; k++) {
      const [before, after] = [k - 1, k].map((n) => rateAt(schedule, from + ((until - from) * n) / points));
      largest = Math.max(largest, Math.abs(after - before));
    }
  }
  return largest;
}

const ofTime = subjects.filter(({ schedule }) => schedule.dependsOn === 'time');

it.each(ofTime)('$kind jumps at its breakpoints alone, where integrators stop', (subject) => {
  // of a rule with a slope the change is halved with the step; of a jump it is not
  expect(largestChange(subject, 2000)).toBeLessThanOrEqual(0.6 * largestChange(subject, 1000));
});

const ofState = subjects.filter(({ schedule }) => schedule.ofRiskAndPower);

it.each(ofState)('$kind looks at t, R and P alone, as it says', ({ schedule }) => {
  const refuse = (): never => {
    throw new Error('not said');
  };
  expect(schedule.dependsOn).toBe('state');
  expect(schedule.rate({ ...inputs(1, 0), descent: refuse, stepCurvature: refuse })).toBeGreaterThan(0);
});
