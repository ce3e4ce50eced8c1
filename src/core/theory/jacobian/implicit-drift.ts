/** The drift of (T4)–(T5) with its Jacobian, for Rosenbrock methods. */
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { type LinearisedDrift } from '../integrator/rosenbrock.ts';
import { type Jacobian, type JacobianKind } from './jacobian.ts';
import { leastSquaresJacobian } from './least-squares.ts';
import { matrixJacobian } from './matrix.ts';
import { hasRateSlopes, rateSlopesAt } from './rate-slopes.ts';
import { scalarJacobian } from './scalar.ts';

export interface ImplicitDrift extends TheoryDrift, LinearisedDrift {
  /** Cost of an implicit step in explicit ones, as a multiple of that for one output. */
  readonly stepCost: number;
}

/** The first that covers a problem is taken. */
const kinds: readonly JacobianKind[] = [scalarJacobian, leastSquaresJacobian, matrixJacobian];

type Covered = Pick<Problem, 'loss' | 'schedule' | 'update'>;

// Jacobians are those of (T4)–(T5)
const jacobianOf = ({ loss, schedule, update }: Covered): JacobianKind | undefined =>
  update.plain && hasRateSlopes(schedule) ? kinds.find((kind) => kind.covers({ loss })) : undefined;

/** Whether the solver has implicit steps for a loss and a learning-rate rule, so that large eigenvalues are no trouble. */
export const hasImplicitSteps = (problem: Covered): boolean => jacobianOf(problem) !== undefined;

/**
 * @param drift the drift of the same problem and coupling.
 * @returns null where no Jacobian is known and explicit methods do everything.
 */
export function createImplicitDrift(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: TheoryDrift,
): ImplicitDrift | null {
  const kind = jacobianOf(problem);
  if (!kind) return null;
  // made when needed: most problems are never stiff, and for many classes a Jacobian is large
  let made: Jacobian | null = null;
  const jacobian = (): Jacobian => (made ??= kind.create(problem, shape, coupling));
  const byTime = new Float64Array(shape.size);
  let latest = Infinity;
  let timeSlope = 0;
  return {
    size: shape.size,
    stepCost: kind.stepCost(shape.outputs),
    evaluate: drift.evaluate,
    stiffness: drift.stiffness,
    readUntil(t) {
      latest = t;
      drift.readUntil(t);
    },
    linearise(t, y, out) {
      drift.evaluate(t, y, out);
      const rate = coupling.rate(Math.min(t, latest), y);
      const rateSlopes = rateSlopesAt(problem, shape, coupling, t, latest, y);
      const { byRate } = jacobian();
      jacobian().linearise({ y, slope: out, rate, rateSlopes });
      timeSlope = rateSlopes.byTime;
      if (timeSlope !== 0) for (let n = 0; n < byTime.length; n++) byTime[n] = timeSlope * byRate[n];
    },
    timeDerivative: () => (timeSlope !== 0 ? byTime : null),
    factor: (shift) => jacobian().factor(shift),
    solve: (b) => jacobian().solve(b),
  };
}
