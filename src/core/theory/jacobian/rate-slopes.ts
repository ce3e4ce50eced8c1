/**
 * Derivatives of a learning rate by what it depends on: by G as createAccumulatedRate has it, else by central
 * differences (exact to about 1e-10).
 */
import { createAccumulatedRate, type Schedule } from '../../schedule/schedule.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';

/** Relative step of the differences. */
const DIFFERENCE = 1e-5;

/** Derivatives of γ; 0 where it does not depend on that. */
export interface RateSlopes {
  /** ∂γ/∂t at a fixed state. */
  readonly byTime: number;
  /** ∂γ/∂G. */
  readonly byAccumulated: number;
  /** ∂γ/∂R. */
  readonly byRisk: number;
  /** ∂γ/∂P by the gradients' power. */
  readonly byPower: number;
}

/** Whether the slopes of a rule are known here. */
export function hasRateSlopes({ dependsOn, ofRiskAndPower }: Schedule): boolean {
  return dependsOn !== 'state' || ofRiskAndPower === true;
}

/**
 * Slopes at (t, y), where the coupling was evaluated last.
 * @param until end of the segment of smooth rates in which t lies, or lies beyond.
 */
export function rateSlopesAt(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  t: number,
  until: number,
  y: Float64Array,
): RateSlopes {
  const time = Math.min(t, until);
  return {
    byTime: byTime(problem, coupling, t, until, y),
    byAccumulated: byAccumulated(problem, shape, time, y),
    ...byState(problem, coupling, time),
  };
}

function byTime({ schedule }: Problem, coupling: Coupling, t: number, until: number, y: Float64Array): number {
  const from = schedule.breakpoints.reduce((latest, time) => (time <= t ? Math.max(latest, time) : latest), 0);
  const step = DIFFERENCE * (1 + t);
  const high = Math.min(t + step, until);
  const low = Math.max(from, high - 2 * step);
  return high > low ? (coupling.rate(high, y) - coupling.rate(low, y)) / (high - low) : 0;
}

function byAccumulated({ schedule }: Problem, { accumulatedAt }: StateShape, t: number, y: Float64Array): number {
  return accumulatedAt < 0 ? 0 : createAccumulatedRate(schedule).slope(t, y[accumulatedAt]);
}

/** Derivatives by the risk R and by the gradients' power P, of rules of the state. */
function byState(
  { schedule, priors, power, dimension, batchSize, loss }: Problem,
  { moments }: Coupling,
  t: number,
): Pick<RateSlopes, 'byRisk' | 'byPower'> {
  if (schedule.dependsOn !== 'state') return { byRisk: 0, byPower: 0 };
  let risk = 0;
  let total = 0;
  for (let i = 0; i < priors.length; i++) {
    risk += priors[i] * moments[i].risk;
    for (let a = 0; a < loss.outputs; a++) {
      total += (priors[i] * power[i] * moments[i].gradientSquare[a * loss.outputs + a]) / (dimension * batchSize);
    }
  }
  const rate = (r: number, p: number): number =>
    schedule.rate({
      t,
      accumulated: 0,
      risk: () => r,
      gradientPower: () => p,
      descent: () => NaN,
      stepCurvature: () => NaN,
    });
  const h = DIFFERENCE;
  const slope = (high: number, low: number, at: number) => (at > 0 ? (high - low) / (2 * h * at) : 0);
  return {
    byRisk: slope(rate(risk * (1 + h), total), rate(risk * (1 - h), total), risk),
    byPower: slope(rate(risk, total * (1 + h)), rate(risk, total * (1 - h)), total),
  };
}
