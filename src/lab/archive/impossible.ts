/** Numbers of results that nothing can have computed: a risk below zero of a loss that is not, a finished curve with holes. */
import { type Outcome } from '../../core/experiment/outcome.ts';
import { type LossKind } from '../../core/loss/loss.ts';
import { observableOf } from '../../core/observables/row-layout.ts';
import { type ExperimentFrame } from '../../study/experiment-results.ts';

export interface Impossible {
  readonly key: string;
  readonly value: number;
  readonly t: number;
}

/** Of the largest number of its kind: sums that are 0 come out a little below it. */
const ROUNDING = 1e-9;

/**
 * The first number of a curve that cannot be; null if all can.
 * @param rows P×size. @param points rows that the curve has.
 * @param keys observables that the file has: the others are NaN.
 */
export function impossibleIn(
  { layout, t }: ExperimentFrame,
  rows: Float64Array,
  points: number,
  outcome: Outcome,
  loss: Pick<LossKind, 'signed'>,
  keys: ReadonlySet<string>,
): Impossible | null {
  for (const field of layout.fields) {
    const kind = observableOf(field);
    if (!kind?.range || !keys.has(field.key)) continue;
    const { least, most = Infinity } = kind.range;
    const low = least === 'zero' || !loss.signed ? 0 : -Infinity;
    const slack = ROUNDING * (Number.isFinite(most) ? most : largest(rows, points, layout.size, field));
    const isWhole = outcome.status === 'done' && field.length === 1 && kind.required === true;
    for (let p = 0; p < points; p++) {
      for (let k = 0; k < field.length; k++) {
        const value = rows[p * layout.size + field.offset + k];
        // of curves that overflowed, a difference of infinities is no number
        const can = Number.isFinite(value) ? value >= low - slack && value <= most + slack : !isWhole && !(value < low);
        if (!can) return { key: field.key, value, t: t[p] };
      }
    }
  }
  return null;
}

function largest(rows: Float64Array, points: number, size: number, { offset, length }: Place): number {
  let most = 0;
  for (let p = 0; p < points; p++) {
    for (let k = 0; k < length; k++) {
      const value = Math.abs(rows[p * size + offset + k]);
      if (value > most && value < Infinity) most = value;
    }
  }
  return most;
}

interface Place {
  readonly offset: number;
  readonly length: number;
}
