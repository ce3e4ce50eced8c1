/**
 * Rosenbrock methods, for stiff problems: linearly implicit, one linear system per stage and no iteration. A method is
 * a coefficient table in the transformed form of E. Hairer, G. Wanner, Solving Ordinary Differential Equations II,
 * section IV.7:
 *   (1/(hγ) − J) u_i = f(t + c_i h, y + Σ_j a_ij u_j) + Σ_j (c_ij/h) u_j + h d_i ∂f/∂t,   y₁ = y + Σ_i b_i u_i.
 */
import { combine, sparse } from './combination.ts';
import { type Drift, type ErrorNorm, type Stepper } from './stepper.ts';

/** A drift that solves systems with its own Jacobian J, whose structure only it knows. */
export interface LinearisedDrift extends Drift {
  /**
   * Linearises at (t, y): keeps J and ∂f/∂t there until the next call.
   * @param out f(t, y).
   */
  linearise(t: number, y: Float64Array, out: Float64Array): void;
  /** ∂f/∂t where it was linearised last; null where f does not depend on t. */
  timeDerivative(): Float64Array | null;
  /** Prepares solving with shift − J. */
  factor(shift: number): void;
  /** Overwrites the right-hand side by the solution of (shift − J) x = b. */
  solve(b: Float64Array): void;
}

export interface RosenbrockTable {
  readonly name: string;
  readonly order: number;
  readonly estimateOrder: number;
  readonly denseOrder: number;
  readonly gamma: number;
  /** c_i and d_i of each stage. */
  readonly times: readonly number[];
  readonly timeWeights: readonly number[];
  /** Rows of a_ij and of c_ij, j < i. */
  readonly a: readonly (readonly number[])[];
  readonly c: readonly (readonly number[])[];
  readonly b: readonly number[];
  /** Weights of the error estimate. */
  readonly error: readonly number[];
  /** Rows h_k with y(t + θh) = (1−θ) y + θ (y₁ + (1−θ)(k_1 + θ (k_2 + θ (k_3 + …)))), k = Σ_i h_ki u_i. */
  readonly dense: readonly (readonly number[])[];
}

export interface RosenbrockKind {
  readonly name: string;
  readonly order: number;
  readonly denseOrder: number;
  create(size: number, norm: ErrorNorm): Stepper<LinearisedDrift>;
}

export function rosenbrock(table: RosenbrockTable): RosenbrockKind {
  const { name, order, denseOrder } = table;
  return { name, order, denseOrder, create: (size, norm) => createStepper(table, size, norm) };
}

function createStepper(table: RosenbrockTable, size: number, norm: ErrorNorm): Stepper<LinearisedDrift> {
  const { name, order, estimateOrder, denseOrder, gamma, times, timeWeights } = table;
  const count = times.length;
  const stateSums = table.a.map(sparse);
  const shiftSums = table.c.map(sparse);
  const denseSums = table.dense.map(sparse);
  const solution = sparse(table.b);
  // stiffly accurate methods: a stage (and the solution) starts at the state of the stage before plus its u
  const adds = [...table.a, table.b].map((row, i, rows) => i > 1 && extendsByOne(rows[i - 1], row));
  const errorSum = sparse(table.error);
  const u: Float64Array[] = Array.from({ length: count }, () => new Float64Array(size));
  const dense = table.dense.map(() => new Float64Array(size));
  const state = new Float64Array(size);
  const slope = new Float64Array(size);
  const error = new Float64Array(size);
  let before: Float64Array = state;
  let after: Float64Array = state;
  let linearised = false;
  let denseKnown = false;
  return {
    name,
    order,
    estimateOrder,
    denseOrder,
    step(drift, t, h, y, out) {
      before = y;
      after = out;
      denseKnown = false;
      if (!linearised) drift.linearise(t, y, slope);
      linearised = true;
      drift.factor(1 / (h * gamma));
      const byTime = drift.timeDerivative();
      for (let i = 0; i < count; i++) {
        const target = u[i];
        if (i === 0) {
          target.set(slope);
        } else {
          if (adds[i]) add(state, u[i - 1], state);
          else combine(y, 1, stateSums[i], u, state);
          drift.evaluate(t + times[i] * h, state, target);
          combine(target, 1 / h, shiftSums[i], u, target);
        }
        if (byTime && timeWeights[i] !== 0) {
          const weight = h * timeWeights[i];
          for (let n = 0; n < size; n++) target[n] += weight * byTime[n];
        }
        drift.solve(target);
      }
      if (adds[count]) add(state, u[count - 1], out);
      else combine(y, 1, solution, u, out);
      combine(null, 1, errorSum, u, error);
      return norm(error, y, out);
    },
    interpolate(_drift, theta, out) {
      if (!denseKnown) denseSums.forEach((sum, k) => combine(null, 1, sum, u, dense[k]));
      denseKnown = true;
      const rest = 1 - theta;
      for (let n = 0; n < size; n++) {
        let inner = 0;
        for (let k = dense.length - 1; k >= 0; k--) inner = inner * theta + dense[k][n];
        out[n] = rest * before[n] + theta * (after[n] + rest * inner);
      }
    },
    accept() {
      linearised = false;
    },
    restart() {
      linearised = false;
    },
  };
}

/** Whether a row is the one before it, continued by a 1. */
function extendsByOne(before: readonly number[], row: readonly number[]): boolean {
  return row.length === before.length + 1 && row[before.length] === 1 && before.every((value, k) => value === row[k]);
}

function add(left: Float64Array, right: Float64Array, out: Float64Array): void {
  for (let n = 0; n < out.length; n++) out[n] = left[n] + right[n];
}
