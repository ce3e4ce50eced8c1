/** Derivatives of a learning rate by what it depends on: by G as createAccumulatedRate has it, else by central differences (exact to about 1e-10). */
import { createAccumulatedRate, type Schedule } from '../../schedule/schedule.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';

/** Relative step of the differences. */
const DIFFERENCE = 1e-5;

/** Whether the slopes of a rule are known here. */
export function hasRateSlopes({ dependsOn, ofRiskAndPower }: Schedule): boolean {
  return dependsOn !== 'state' || ofRiskAndPower === true;
}

/** ∂γ/∂t at a fixed state, within the segment of smooth rates that ends at `until`. */
export function rateByTime(
  { schedule }: Problem,
  coupling: Coupling,
  t: number,
  until: number,
  y: Float64Array,
): number {
  const from = schedule.breakpoints.reduce((latest, time) => (time <= t ? Math.max(latest, time) : latest), 0);
  const step = DIFFERENCE * (1 + t);
  const high = Math.min(t + step, until);
  const low = Math.max(from, high - 2 * step);
  return high > low ? (coupling.rate(high, y) - coupling.rate(low, y)) / (high - low) : 0;
}

/** ∂γ/∂G; 0 where nothing is accumulated. */
export function rateByAccumulated(
  { schedule }: Problem,
  { accumulatedAt }: StateShape,
  t: number,
  y: Float64Array,
): number {
  return accumulatedAt < 0 ? 0 : createAccumulatedRate(schedule).slope(t, y[accumulatedAt]);
}

/** Derivatives by the risk R and by the gradients' power P, of rules of the state; null for other rules. */
export function rateByState(
  { schedule, priors, power, dimension, batchSize, loss }: Problem,
  { moments }: Coupling,
  t: number,
) {
  if (schedule.dependsOn !== 'state') return null;
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
