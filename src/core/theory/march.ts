/** Marches a drift through segments of smooth learning rates, records on the way, and says how it ended. */
import { type Outcome, type ShouldStop } from '../outcome.ts';
import { type TheoryDrift } from './drift.ts';
import { piController } from './integrator/controller.ts';
import { integrate, type AcceptedStep, type IntegrationEnd } from './integrator/integrate.ts';
import { type ErrorNorm, type Stepper } from './integrator/stepper.ts';
import { squaredNorm } from './norm.ts';
import { type StateShape } from './problem.ts';
import { type Recorder } from './recorder.ts';

export interface March<D extends TheoryDrift> {
  readonly drift: D;
  readonly shape: StateShape;
  readonly norm: ErrorNorm;
  readonly recorder: Recorder;
  /** Method to begin with. */
  readonly explicit: Stepper<D>;
  /** Method to change to where stability, not accuracy, limits the steps; made when needed. Null for none. */
  readonly stiff: (() => Stepper<D>) | null;
  readonly shouldStop: ShouldStop;
  /** Ends of the segments, ascending; the learning rate may jump there. */
  readonly ends: readonly number[];
  /** State at t = 0; overwritten. */
  readonly y: Float64Array;
}

export interface MarchEnd {
  readonly outcome: Outcome;
  readonly accepted: number;
  readonly rejected: number;
  readonly integrators: readonly string[];
}

/** ‖X‖² beyond which the dynamics count as diverged: no stable run comes near it. */
const DIVERGED = 1e100;
/** h |λ| at the border of DOP853's stability region on the negative real axis, and steps there in a row. */
const STABILITY_LIMIT = 6.1;
const STIFF_STEPS = 15;
/** Steps that must lie ahead for a change of method to pay. */
const STEPS_AHEAD = 100;

export function march<D extends TheoryDrift>(task: March<D>): MarchEnd {
  const { drift, norm, recorder, ends, y, shape, shouldStop } = task;
  const last = ends[ends.length - 1];
  const interpolated = new Float64Array(y.length);
  let stepper = task.explicit;
  let stiff = false;
  let stiffSteps = 0;
  let stop: Outcome | 'stiff' | null = null;
  const totals = { accepted: 0, rejected: 0, integrators: [stepper.name] };

  function report({ t, next, y: after }: AcceptedStep): void {
    while (recorder.due <= next) {
      const due = recorder.due;
      if (due === next) {
        recorder.record(after);
      } else {
        stepper.interpolate(drift, (due - t) / (next - t), interpolated);
        recorder.record(interpolated);
      }
    }
  }

  function looksStiff({ next, proposed }: AcceptedStep): boolean {
    if (stiff || !task.stiff) return false;
    const limited = stepper.stiffness() > 0.9 * STABILITY_LIMIT && (last - next) / proposed > STEPS_AHEAD;
    stiffSteps = limited ? stiffSteps + 1 : 0;
    return stiffSteps >= STIFF_STEPS;
  }

  function onStep(step: AcceptedStep): boolean {
    const size = squaredNorm(shape, step.y);
    if (!(size < DIVERGED)) stop = { status: 'diverged', t: step.next, quantity: 'norm', value: size };
    else {
      report(step);
      if (shouldStop()) stop = { status: 'cancelled', t: step.next };
      else if (looksStiff(step)) stop = 'stiff';
    }
    return stop === null;
  }

  while (recorder.due <= 0) recorder.record(y);
  let t = 0;
  let step = 0;
  for (let segment = 0; segment < ends.length;) {
    const end = ends[segment];
    stop = null;
    drift.readUntil(end * (1 - Number.EPSILON));
    const controller = piController(stepper);
    const run: IntegrationEnd = integrate({
      drift,
      stepper,
      controller,
      norm,
      start: t,
      end,
      firstStep: step,
      y,
      onStep,
    });
    totals.accepted += run.accepted;
    totals.rejected += run.rejected;
    t = run.t;
    if (run.status === 'stuck') return { ...totals, outcome: stuck(t, squaredNorm(shape, y)) };
    const stopped = stop as Outcome | 'stiff' | null;
    if (stopped === 'stiff' && task.stiff) {
      stiff = true;
      stepper = task.stiff();
      totals.integrators.push(stepper.name);
      step = run.step;
      if (t < end) continue;
    } else if (stopped && stopped !== 'stiff') {
      return { ...totals, outcome: stopped };
    }
    // a new learning rate may need a much smaller first step
    step = 0;
    segment++;
  }
  return { ...totals, outcome: { status: 'done', t: last } };
}

/** Steps shrink to nothing where the state runs away faster than any step can follow. */
function stuck(t: number, size: number): Outcome {
  return { status: 'diverged', t, quantity: 'norm', value: size };
}
