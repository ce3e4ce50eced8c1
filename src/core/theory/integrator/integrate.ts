/** The loop that joins drift, stepper and controller. It knows nothing of the equation and nothing of the output. */
import { pow } from '../../math/elementary.ts';
import { type Controller } from './controller.ts';
import { type Drift, type ErrorNorm, type Stepper } from './stepper.ts';

export interface Integration<D extends Drift> {
  readonly drift: D;
  readonly stepper: Stepper<D>;
  readonly controller: Controller;
  readonly norm: ErrorNorm;
  readonly start: number;
  readonly end: number;
  /** First step size to try; 0 to have one estimated. */
  readonly firstStep: number;
  /** Largest step worth trying from the state at hand; Infinity for no limit. */
  longestStep(): number;
  /** State at `start`; overwritten with the state where the integration ended. */
  readonly y: Float64Array;
  /** Called after each accepted step, while the stepper can still interpolate in it; false ends the integration. */
  onStep(step: AcceptedStep): boolean;
}

export interface AcceptedStep {
  readonly t: number;
  readonly next: number;
  readonly y: Float64Array;
  /** Size that the controller proposes for the next step. */
  readonly proposed: number;
}

export interface IntegrationEnd {
  /** 'stopped' by `onStep`; 'interrupted' within a step; 'stuck': the step size fell below what t resolves. */
  readonly status: 'reached' | 'stopped' | 'interrupted' | 'stuck';
  readonly t: number;
  readonly step: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** What a drift throws in the middle of a step, or a recorder, when told to stop. */
export const INTERRUPTED = Symbol('interrupted');

/** Runs some work; false if it was interrupted. */
export function unlessInterrupted(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (reason) {
    if (reason !== INTERRUPTED) throw reason;
    return false;
  }
}

/** Integrates from `start` to `end` or until told to stop. */
export function integrate<D extends Drift>(task: Integration<D>): IntegrationEnd {
  const { drift, stepper, controller, norm, start, end } = task;
  let y = task.y;
  let next: Float64Array = new Float64Array(y.length);
  let t = start;
  let h = task.firstStep;
  let accepted = 0;
  let rejected = 0;
  const finish = (status: IntegrationEnd['status']): IntegrationEnd => {
    if (y !== task.y) task.y.set(y);
    return { status, t, step: h, accepted, rejected };
  };
  stepper.restart();
  controller.restart();
  let status: IntegrationEnd['status'] | null = null;
  const whole = unlessInterrupted(() => {
    if (!(h > 0)) h = firstStep(drift, stepper.order, norm, start, end, y);
    while (t < end && status === null) status = oneStep();
  });
  return finish(whole ? (status ?? 'reached') : 'interrupted');

  /** Tries a step; returns how the integration ends if it ends here. */
  function oneStep(): IntegrationEnd['status'] | null {
    h = Math.min(h, task.longestStep());
    const remaining = end - t;
    const cut = h >= remaining;
    // halving what remains avoids a last step that is a tiny remnant
    const size = cut ? remaining : h > 0.5 * remaining ? 0.5 * remaining : h;
    if (!(size > 0) || (!cut && t + size <= t)) return 'stuck';
    const verdict = controller.judge(stepper.step(drift, t, size, y, next));
    if (!verdict.accept) {
      rejected++;
      h = size * verdict.factor;
      // at t = 0 any size may be the right one: rates like t^{-1/2} begin at once
      return size < 1e-14 * Math.abs(t) ? 'stuck' : null;
    }
    accepted++;
    const reached = cut ? end : t + size;
    // a step that was cut short says little about the size that would do
    h = size < h ? Math.max(h, size * verdict.factor) : size * verdict.factor;
    const go = task.onStep({ t, next: reached, y: next, proposed: h });
    stepper.accept();
    [y, next] = [next, y];
    t = reached;
    return go ? null : 'stopped';
  }
}

/** First step size after Hairer, Nørsett and Wanner, section II.4. */
function firstStep(drift: Drift, order: number, norm: ErrorNorm, start: number, end: number, y: Float64Array): number {
  const slope = new Float64Array(y.length);
  const trial = new Float64Array(y.length);
  const slopeThere = new Float64Array(y.length);
  drift.evaluate(start, y, slope);
  const d0 = norm(y, y, y);
  const d1 = norm(slope, y, y);
  const h0 = Math.min(d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1, end - start);
  for (let n = 0; n < y.length; n++) trial[n] = y[n] + h0 * slope[n];
  drift.evaluate(start + h0, trial, slopeThere);
  for (let n = 0; n < y.length; n++) slopeThere[n] = (slopeThere[n] - slope[n]) / h0;
  const d2 = norm(slopeThere, y, y);
  const most = Math.max(d1, d2);
  const h1 = most <= 1e-15 ? Math.max(1e-6, h0 * 1e-3) : pow(0.01 / most, 1 / (order + 1));
  const h = Math.min(100 * h0, h1, end - start);
  return h > 0 ? h : Math.min(1e-6, end - start);
}
