/**
 * The parts of an integrator, kept apart: the drift knows the equation, the stepper one method, the controller accepts
 * or rejects and chooses step sizes, and whoever records interpolates.
 */

/** dy/dt = drift(t, y). */
export interface Drift {
  readonly size: number;
  /** Writes dy/dt into `out`; NaN entries where the state makes no sense (the step is then rejected). */
  evaluate(t: number, y: Float64Array, out: Float64Array): void;
}

/**
 * Size of an error in units of the tolerance: <= 1 is acceptable.
 * @param before state at the start of the step; `after` at its end: the larger of both sets the relative scale.
 */
export type ErrorNorm = (error: Float64Array, before: Float64Array, after: Float64Array) => number;

/** One method. It owns its stages; a trial step changes nothing but `out` until it is accepted. */
export interface Stepper<D extends Drift = Drift> {
  readonly name: string;
  /** Global order p: the error at a fixed time is O(h^p). */
  readonly order: number;
  /** q where the error estimate of one step is O(h^q). */
  readonly estimateOrder: number;
  /** Global order of `interpolate`. */
  readonly denseOrder: number;
  /**
   * Trial step of length h from (t, y) into `out`.
   * @returns the estimated error of the step in units of the tolerance; NaN where it met numbers that are not finite.
   */
  step(drift: D, t: number, h: number, y: Float64Array, out: Float64Array): number;
  /** State at t + θ h of the last trial step, 0 <= θ <= 1. Call before `accept`. */
  interpolate(drift: D, theta: number, out: Float64Array): void;
  /** The next step starts where the last trial step ended. */
  accept(): void;
  /** The next step starts anywhere: nothing of the steps before is reused. */
  restart(): void;
}

/** Makes a stepper for states of `size` numbers. */
export interface StepperKind {
  readonly name: string;
  readonly order: number;
  readonly denseOrder: number;
  create(size: number, norm: ErrorNorm): Stepper;
}
