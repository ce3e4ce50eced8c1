/** Learning rates one by one, for engines that ask at every step: no object is made on the way. */
import { type RateInputs, type Schedule } from '../schedule/schedule.ts';

const unavailable = (): never => {
  throw new Error('this learning-rate rule depends on the state of the parameters');
};

/**
 * γ(t, G) of a rule that does not look at the state.
 * @returns a function of t and of the accumulated G, which only rules that depend on it read.
 */
export function createRateOf(schedule: Schedule): (t: number, accumulated: number) => number {
  const inputs = {
    t: 0,
    accumulated: 0,
    risk: unavailable,
    gradientPower: unavailable,
    descent: unavailable,
    stepCurvature: unavailable,
  } satisfies RateInputs;
  return (t, accumulated) => {
    inputs.t = t;
    inputs.accumulated = accumulated;
    return schedule.rate(inputs);
  };
}
