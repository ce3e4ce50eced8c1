/**
 * The common operations of two numbers over lists: a loop of its own for each, since a call for every place hands over its
 * seven numbers on the heap. Each writes values and their first two derivatives, of which a list that r does not move has
 * none.
 */
import { type BinaryName } from './graph.ts';

/** Values and derivatives of all operations, one list after the other. */
export interface Lists {
  readonly values: Float64Array;
  readonly firsts: Float64Array;
  readonly seconds: Float64Array;
}

/** The start of an operation's list and the step from one place to the next. */
export interface ListPlace {
  readonly at: number;
  readonly by: number;
}

/** Computes the first `count` places of the list that begins at `to`. */
export type ListStep = (lists: Lists, a: ListPlace, b: ListPlace, to: number, count: number, moves: boolean) => void;

/** a · b where 0 · ∞ is 0: what does not move is not moved by an infinite slope. */
export const moved = (slope: number, by: number): number => (by === 0 ? 0 : slope * by);

/** The one of two that counts, or at a tie the mean of both. */
function extreme(sign: 1 | -1): ListStep {
  return ({ values, firsts, seconds }, a, b, to, count, moves) => {
    for (let k = 0; k < count; k++) {
      const [i, j] = [a.at + a.by * k, b.at + b.by * k];
      const [left, right] = [sign * values[i], sign * values[j]];
      const tie = !(left > right) && !(left < right);
      values[to + k] = tie ? values[i] + 0 * values[j] : left > right ? values[i] : values[j];
      if (!moves) continue;
      firsts[to + k] = tie ? 0.5 * (firsts[i] + firsts[j]) : left > right ? firsts[i] : firsts[j];
      seconds[to + k] = tie ? 0.5 * (seconds[i] + seconds[j]) : left > right ? seconds[i] : seconds[j];
    }
  };
}

export const listSteps = {
  add({ values, firsts, seconds }, a, b, to, count, moves) {
    for (let k = 0; k < count; k++) {
      const [i, j] = [a.at + a.by * k, b.at + b.by * k];
      values[to + k] = values[i] + values[j];
      if (!moves) continue;
      firsts[to + k] = firsts[i] + firsts[j];
      seconds[to + k] = seconds[i] + seconds[j];
    }
  },
  sub({ values, firsts, seconds }, a, b, to, count, moves) {
    for (let k = 0; k < count; k++) {
      const [i, j] = [a.at + a.by * k, b.at + b.by * k];
      values[to + k] = values[i] - values[j];
      if (!moves) continue;
      firsts[to + k] = firsts[i] - firsts[j];
      seconds[to + k] = seconds[i] - seconds[j];
    }
  },
  mul({ values, firsts, seconds }, a, b, to, count, moves) {
    for (let k = 0; k < count; k++) {
      const [i, j] = [a.at + a.by * k, b.at + b.by * k];
      const [left, right] = [values[i], values[j]];
      values[to + k] = left * right;
      if (!moves) continue;
      firsts[to + k] = moved(right, firsts[i]) + moved(left, firsts[j]);
      seconds[to + k] = moved(right, seconds[i]) + 2 * firsts[i] * firsts[j] + moved(left, seconds[j]);
    }
  },
  max: extreme(1),
  min: extreme(-1),
} satisfies Partial<Record<BinaryName, ListStep>>;
