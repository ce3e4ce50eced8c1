/**
 * The uninformative branch of an even loss: x̄ = 0 and S(t) of (T5). By symmetry g = 0 and H* = 0 there, and what a small x̄
 * feels is linear: (T16) restricted to x, whose coefficients are a few numbers per class and time.
 */
import { createLabelledMoments } from '../../loss/labelled-moments.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { startState, type Problem, type StateShape } from '../equations/problem.ts';

/** Of one class at one time. */
export interface ClassCoefficients {
  /** H = ∂g/∂m. */
  readonly curvature: number;
  /** ∂g/∂q = ∂H*\/∂m. */
  readonly mixed: number;
  /** ∂H*\/∂q. */
  readonly cross: number;
  /** Q, ∂Q/∂m* and ∂²Q/∂m*². */
  readonly square: number;
  readonly squareSlope: number;
  readonly squareSecond: number;
}

export interface BranchPoint {
  /** γ. */
  readonly rate: number;
  readonly classes: readonly ClassCoefficients[];
}

/** Largest decay rate times a step: Runge–Kutta steps of order 4 are then good to 1e-6. */
const SMALL = 0.15;
const MOST_STEPS = 20_000;

/**
 * The branch over [0, end] at equally spaced times, an even number of steps of them.
 * @throws RangeError for a loss whose moments have no known derivatives.
 */
export function followBranch(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: TheoryDrift,
  end: number,
): { readonly step: number; readonly points: readonly BranchPoint[] } {
  const { slopes } = problem.loss;
  if (!slopes) throw new RangeError(`no derivatives of the moments of the loss ${problem.loss.kind}`);
  let y = startState({ ...problem, start: null }, shape);
  const [k1, k2, k3, k4] = [0, 1, 2, 3].map(() => new Float64Array(y.length));
  const moments = createLabelledMoments();
  drift.evaluate(0, y, k1);
  const count = 2 * Math.min(MOST_STEPS, Math.max(50, Math.ceil((end * drift.stiffness()) / (2 * SMALL))));
  const step = end / count;
  const points: BranchPoint[] = [];

  function look(t: number): void {
    const rate = coupling.evaluate(t, y);
    const classes = coupling.law.mean.map((mean, i): ClassCoefficients => {
      slopes?.(i, mean, coupling.law.covariance[i], moments);
      return {
        curvature: moments.curvature,
        mixed: moments.byCovariance.gradient,
        cross: moments.byCovariance.cross,
        square: moments.gradientSquare,
        squareSlope: moments.squareByTeacherMean,
        squareSecond: moments.squareByTeacherMeanTwice,
      };
    });
    points.push({ rate, classes });
  }

  const moved = (by: Float64Array, factor: number) => y.map((value, n) => value + factor * by[n]);
  for (let k = 0; k < count; k++) {
    const t = k * step;
    look(t);
    drift.evaluate(t, y, k1);
    drift.evaluate(t + 0.5 * step, moved(k1, 0.5 * step), k2);
    drift.evaluate(t + 0.5 * step, moved(k2, 0.5 * step), k3);
    drift.evaluate(t + step, moved(k3, step), k4);
    y = y.map((value, n) => value + (step / 6) * (k1[n] + 2 * k2[n] + 2 * k3[n] + k4[n]));
  }
  look(end);
  return { step, points };
}
