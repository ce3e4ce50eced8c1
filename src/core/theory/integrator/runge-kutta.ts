/** Explicit Runge–Kutta methods: a method is a coefficient table, the arithmetic is here once. */
import { combine, sparse } from './combination.ts';
import { type Drift, type ErrorNorm, type Stepper, type StepperKind } from './stepper.ts';

/** Stage s is k_s = f(t + c_s h, y + h Σ_j a_{s,j} k_j). */
export interface Stage {
  readonly c: number;
  readonly a: readonly number[];
}

export interface RungeKuttaTable {
  readonly name: string;
  readonly order: number;
  readonly estimateOrder: number;
  readonly denseOrder: number;
  /** Stages of a step; the first is k_0 = f(t, y). The stage after them is f(t + h, y₁), the next step's first. */
  readonly stages: readonly Stage[];
  /** y₁ = y + h Σ b_s k_s. */
  readonly b: readonly number[];
  /** Weights of the error estimates over the stages (and, if longer than they, the stage after them). */
  readonly errors: readonly (readonly number[])[];
  /** Estimate from the norms of `errors`. */
  estimate(norms: readonly number[]): number;
  /** Further stages that dense output needs, after f(t + h, y₁). */
  readonly denseStages: readonly Stage[];
  /** Weights w_s(θ) with y(t + θ h) = y + h Σ w_s k_s over all stages. */
  denseWeights(theta: number, out: Float64Array): void;
}

/** The stepper of a table. */
export function rungeKutta(table: RungeKuttaTable): StepperKind {
  const { name, order, denseOrder } = table;
  return { name, order, denseOrder, create: (size, norm) => createStepper(table, size, norm) };
}

function createStepper(table: RungeKuttaTable, size: number, norm: ErrorNorm): Stepper {
  const { name, order, estimateOrder, denseOrder, stages, denseStages, errors } = table;
  const count = stages.length;
  const stageSums = stages.map((stage) => sparse(stage.a));
  const denseSums = denseStages.map((stage) => sparse(stage.a));
  const solution = sparse(table.b);
  const errorSums = errors.map(sparse);
  const errorNeedsEnd = errors.some((weights) => weights.length > count);
  const k: Float64Array[] = Array.from({ length: count + 1 + denseStages.length }, () => new Float64Array(size));
  const state = new Float64Array(size);
  const error = new Float64Array(size);
  const norms = errors.map(() => 0);
  const weights = new Float64Array(k.length);
  const allStages = [...k.keys()];
  const last: { t: number; h: number; y: Float64Array; out: Float64Array } = { t: 0, h: 0, y: state, out: state };
  let firstKnown = false;
  let endKnown = false;
  let denseKnown = false;

  function evaluateEnd(drift: Drift): void {
    if (!endKnown) drift.evaluate(last.t + last.h, last.out, k[count]);
    endKnown = true;
  }

  return {
    name,
    order,
    estimateOrder,
    denseOrder,
    step(drift, t, h, y, out) {
      last.t = t;
      last.h = h;
      last.y = y;
      last.out = out;
      endKnown = false;
      denseKnown = false;
      if (!firstKnown) drift.evaluate(t, y, k[0]);
      firstKnown = true;
      for (let s = 1; s < count; s++) {
        combine(y, h, stageSums[s], k, state);
        drift.evaluate(t + stages[s].c * h, state, k[s]);
      }
      combine(y, h, solution, k, out);
      if (errorNeedsEnd) evaluateEnd(drift);
      for (let e = 0; e < errors.length; e++) {
        combine(null, h, errorSums[e], k, error);
        norms[e] = norm(error, y, out);
      }
      return table.estimate(norms);
    },
    interpolate(drift, theta, out) {
      if (!denseKnown) {
        evaluateEnd(drift);
        for (let s = 0; s < denseStages.length; s++) {
          combine(last.y, last.h, denseSums[s], k, state);
          drift.evaluate(last.t + denseStages[s].c * last.h, state, k[count + 1 + s]);
        }
        denseKnown = true;
      }
      table.denseWeights(theta, weights);
      combine(last.y, last.h, { index: allStages, weight: weights }, k, out);
    },
    accept() {
      if (endKnown) [k[0], k[count]] = [k[count], k[0]];
      firstKnown = endKnown;
      endKnown = false;
    },
    restart() {
      firstKnown = false;
    },
  };
}
