/** What a Jacobian of (T4)–(T5) is to the implicit drift (implicit-drift.ts): each kind is a file beside this one. */
import { type Coupling } from '../equations/coupling.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { type RateSlopes } from './rate-slopes.ts';

/** Where a drift is linearised; law and moments there are those of the coupling. */
export interface Linearisation {
  readonly y: Float64Array;
  /** f(t, y). */
  readonly slope: Float64Array;
  /** γ. */
  readonly rate: number;
  /** Derivatives of γ. */
  readonly rateSlopes: RateSlopes;
}

export interface Jacobian {
  /** ∂f/∂γ where it was taken last. */
  readonly byRate: Float64Array;
  /** Takes J at a state, until the next call. */
  linearise(at: Linearisation): void;
  /** Prepares solving with shift − J. */
  factor(shift: number): void;
  /** Overwrites b by the solution of (shift − J) x = b. */
  solve(b: Float64Array): void;
}

export interface JacobianKind {
  /** Whether the drift of a problem, whose learning-rate rule has slopes, has a Jacobian of this kind. */
  covers(problem: Pick<Problem, 'loss'>): boolean;
  /** Cost of an implicit step in explicit ones, as a multiple of that for one output. */
  stepCost(outputs: number): number;
  create(problem: Problem, shape: StateShape, coupling: Coupling): Jacobian;
}
