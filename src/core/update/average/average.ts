/** The interface of an average of iterates (`optimizer.average`): one more field, which X does not feel. */
import { type z } from 'zod';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';
import { type Update } from '../update.ts';

/** How the field y follows x, and how the average is read from it. */
export interface Average {
  /** y(0) as a multiple of X(0). */
  readonly start: number;
  /** Times > 0, ascending, where the flow jumps. */
  readonly breakpoints: readonly number[];
  /** dy/dt = gain · x − loss · y at time t. */
  gain(t: number): number;
  loss(t: number): number;
  /** y ← kept · y + added · X_{k+1}, in the step from k/d to (k+1)/d. */
  added(k: number): number;
  kept(k: number): number;
  /** The average is this multiple of y at time t; NaN while there is none. */
  factor(t: number): number;
}

export interface AverageKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people. */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for a horizon > 0. */
  template(horizon: number): Spec;
  /** The average in TeX, with the description's numbers. */
  tex(spec: Spec): string;
  /** What is wrong beside the schema. */
  check(spec: Spec, dimension: number, horizon: number): RelativeRefusal[];
  create(spec: Spec, dimension: number): Average;
}

/** The update with an average as its last field. */
export function withAverage(update: Update, average: Average): Update {
  const before = update.fields.length;
  const size = before + 1;
  const inner = { matrix: new Float64Array(before * before), push: new Float64Array(before) };
  const embed = (matrix: Float64Array, push: Float64Array) => {
    matrix.fill(0);
    for (let f = 0; f < before; f++) {
      push[f] = inner.push[f];
      for (let h = 0; h < before; h++) matrix[f * size + h] = inner.matrix[f * before + h];
    }
  };
  return {
    fields: [...update.fields, 'y'],
    plain: false,
    shape: update.shape,
    plainPath: update.plainPath,
    equivariant: update.equivariant,
    monotone: update.monotone,
    ofEveryDimension: update.ofEveryDimension,
    start: [...update.start, average.start],
    weights: [...update.weights, 1],
    breakpoints: [...new Set([...update.breakpoints, ...average.breakpoints])].sort((a, b) => a - b),
    average: { field: before, factor: (t) => average.factor(t) },
    flow(t, rate, { matrix, push }) {
      update.flow(t, rate, inner);
      embed(matrix, push);
      matrix[before * size] = average.gain(t);
      matrix[size * size - 1] = -average.loss(t);
      push[before] = 0;
    },
    step(k, rate, { matrix, push }) {
      update.step(k, rate, inner);
      embed(matrix, push);
      const added = average.added(k);
      // of the new X
      for (let h = 0; h < before; h++) matrix[before * size + h] = added * inner.matrix[h];
      matrix[size * size - 1] = average.kept(k);
      push[before] = added * inner.push[0];
    },
  };
}
