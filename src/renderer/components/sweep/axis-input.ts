/** An axis of a sweep as it is typed. */
import { type SweepAxis } from '../../../core/experiment/sweep.ts';

export interface AxisInput {
  readonly parameter: string;
  readonly kind: 'linear' | 'log' | 'values';
  /** Text where it is no number. */
  readonly from: number | string;
  readonly to: number | string;
  readonly points: number | string;
  readonly values: string;
}

/** Parameters whose values are whole numbers: they are given one by one. */
const WHOLE = /(dimension|batchSize|runs|seed|outputs)$/;
/** Parameters that are scales, and are swept by factors. */
const SCALES = /(rate|ridge|timescale|scale|horizon)$/;

/** A range around the present value. */
export function axisInput(parameter: string, value: number): AxisInput {
  const around = (factor: number) => Number((value * factor).toPrecision(3));
  const whole = [1, 2, 5, 10].map((factor) => Math.max(1, Math.round(value * factor)));
  const kind = WHOLE.test(parameter) ? 'values' : SCALES.test(parameter) && value > 0 ? 'log' : 'linear';
  const [from, to] = kind === 'log' ? [around(0.1), around(10)] : [around(0.5), value === 0 ? 1 : around(1.5)];
  return { parameter, kind, from, to, points: 9, values: whole.join(', ') };
}

/** An axis as there is. */
export function editedAxis({ parameter, range }: SweepAxis): AxisInput {
  if (range.kind !== 'values') return { parameter, ...range, values: '' };
  const { values } = range;
  const [from, to] = [Math.min(...values), Math.max(...values)];
  return { parameter, kind: 'values', from, to, points: values.length, values: values.join(', ') };
}
