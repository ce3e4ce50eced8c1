/** Marches a drift through segments of smooth learning rates, records on the way, and says how it ended. */
import { log, pow } from '../math/elementary.ts';
import { DIVERGED_NORM, overflowed, type Outcome, type Overflow, type ShouldStop } from '../experiment/outcome.ts';
import { type TheoryDrift } from './equations/drift.ts';
import { piController } from './integrator/controller.ts';
import { integrate, unlessInterrupted, type AcceptedStep, type IntegrationEnd } from './integrator/integrate.ts';
import { type ErrorNorm, type Stepper } from './integrator/stepper.ts';
import { squaredNorm } from './equations/norm.ts';
import { type StateShape } from './equations/problem.ts';
import { type Recorder } from './recorder.ts';

export interface March<D extends TheoryDrift> {
  readonly drift: D;
  readonly shape: StateShape;
  readonly norm: ErrorNorm;
  readonly recorder: Recorder;
  /** Method to begin with. */
  readonly explicit: Stepper<D>;
  /** Cost of a step of the stiff method, as a multiple of that for one output. */
  readonly stiffCost: number;
  /** Method to change to where stability, not accuracy, limits the steps; made when needed. Null for none. */
  readonly stiff: (() => Stepper<D>) | null;
  readonly shouldStop: ShouldStop;
  /** Ends of the segments, ascending; the learning rate may jump there. */
  readonly ends: readonly number[];
  /** What is too large to be followed at a state where steps shrink to nothing. */
  overflow(t: number, y: Float64Array): Overflow;
  /** Time to start at, >= 0. */
  readonly start: number;
  /** State there; overwritten. */
  readonly y: Float64Array;
}

export interface MarchEnd {
  readonly outcome: Outcome;
  readonly accepted: number;
  readonly rejected: number;
  readonly integrators: readonly string[];
}

/**
 * Longest explicit step × decay rate: DOP853's stability region ends at 6.1 on the negative real axis, and near its end
 * error estimates see the beginning of instability too late. They miss the errors of the dense output sooner: of a
 * decaying exponential these are 1.5 times the estimate at 4, 4 times at 4.5, 12 times at 5 and 130 times at 5.5.
 */
const STABILITY_LIMIT = 4.5;
/** Steps at the limit of stability in a row before a change of method is considered. */
const LIMITED_STEPS = 5;
/** Steps that the stiff method is allowed per decade of time, in cost of explicit steps. */
const STEPS_PER_DECADE = 35;

export function march<D extends TheoryDrift>(task: March<D>): MarchEnd {
  const { drift, norm, recorder, ends, y, shape, shouldStop } = task;
  const last = ends[ends.length - 1];
  const interpolated = new Float64Array(y.length);
  let stepper = task.explicit;
  let stiff = false;
  let limited: { t: number; h: number; steps: number } | null = null;
  /** Rate of decay at the end of the last step, before rows inside it were asked for: the grid leaves no trace in it. */
  let decay: number | null = null;
  let stop: Outcome | 'stiff' | null = null;
  const totals = { accepted: 0, rejected: 0, integrators: [stepper.name] };

  function recordStart(): void {
    while (recorder.due <= task.start) recorder.record(y);
  }

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

  /** Whether explicit steps, held at the limit of stability, would go on longer than the stiff method is worth. */
  function looksStiff({ t, next }: AcceptedStep): boolean {
    if (stiff || !task.stiff) return false;
    const h = next - t;
    if (h * (decay ?? drift.stiffness()) < 0.8 * STABILITY_LIMIT) limited = null;
    else if (!limited) limited = { t, h, steps: 1 };
    else limited.steps++;
    if (!limited || limited.steps < LIMITED_STEPS) return false;
    // steps grow like a power of t as the curvature decays
    const growth = Math.min(0.99, Math.max(0, log(h / limited.h) / log(next / limited.t)));
    const ahead = (next / (h * (1 - growth))) * (pow(last / next, 1 - growth) - 1);
    return ahead > STEPS_PER_DECADE * task.stiffCost * (1 + log(last / next) / Math.LN10);
  }

  function onStep(step: AcceptedStep): boolean {
    decay = drift.stiffness();
    const size = squaredNorm(shape, step.y);
    if (!(size < DIVERGED_NORM)) stop = { status: 'diverged', t: step.next, quantity: 'norm', value: overflowed(size) };
    else {
      report(step);
      if (shouldStop()) stop = { status: 'cancelled', t: step.next };
      else if (looksStiff(step)) stop = 'stiff';
    }
    return stop === null;
  }

  let t = task.start;
  if (!unlessInterrupted(recordStart)) return { ...totals, outcome: { status: 'cancelled', t } };
  let step = 0;
  for (let segment = 0; segment < ends.length;) {
    const end = ends[segment];
    if (end <= t) {
      segment++;
      continue;
    }
    stop = null;
    decay = null;
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
      longestStep: () => (stiff ? Infinity : longestExplicit(decay ?? drift.stiffness())),
      y,
      onStep,
    });
    totals.accepted += run.accepted;
    totals.rejected += run.rejected;
    t = run.t;
    // steps shrink to nothing where the state runs away faster than any step can follow
    if (run.status === 'stuck') return { ...totals, outcome: { status: 'diverged', t, ...task.overflow(t, y) } };
    if (run.status === 'interrupted') return { ...totals, outcome: { status: 'cancelled', t } };
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

/** A trial step that met numbers that are not finite leaves a rate of decay that is none: then the error alone decides. */
const longestExplicit = (stiffness: number): number => (stiffness > 0 ? STABILITY_LIMIT / stiffness : Infinity);
