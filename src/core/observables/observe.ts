/** Writes the row of observables of one grid point, from the state of the theory or of a simulation. */
import { momentsFor, type Loss } from '../loss/loss.ts';
import { type Directions } from '../model/directions.ts';
import { createOutputLaw, outputLaw, packed } from '../model/overlaps.ts';
import { observableOf, type RowLayout } from './row-layout.ts';
import { type GroupSums, type Observed, type Quantities } from './observable.ts';

export interface Observer {
  /**
   * Row of a state over directions.
   * @param parameters x̄ or X, ℓ×N row-major.
   * @param noise S, packed ℓ(ℓ+1)/2 × N, or null.
   * @param rate γ of the next step.
   * @param row `layout.size` numbers.
   */
  observe(
    directions: Directions,
    parameters: Float64Array,
    noise: Float64Array | null,
    rate: number,
    row: Float64Array,
  ): void;
}

/** Buffers for the group sums of a layout. */
export function createGroupSums(layout: RowLayout): GroupSums {
  return {
    norm: new Float64Array(layout.groups * layout.outputs),
    overlap: new Float64Array(layout.groups * layout.classes),
    teacherProduct: new Float64Array(layout.outputs * layout.teacherOutputs),
  };
}

/** Of a process that knows no more than what every process knows. */
const NOTHING_MORE: Quantities = () => null;

/** Writes the row of a state whose law, moments and sums are known. */
export type RowWriter = (state: Pick<Observed, 'law' | 'moments' | 'sums' | 'rate'>, row: Float64Array) => void;

/** @param ask what observables may ask the process for, by name, at the state that is observed. */
export function createRowWriter(
  layout: RowLayout,
  loss: Loss,
  priors: Float64Array,
  ask: Quantities = NOTHING_MORE,
): RowWriter {
  const writers = layout.fields.map(({ key, offset, length }) => {
    const kind = observableOf({ key });
    if (!kind) throw new RangeError(`no observable ${JSON.stringify(key)}`);
    return { kind, offset, end: offset + length };
  });
  return ({ law, moments, sums, rate }, row) => {
    const state: Observed = { sizes: layout, loss, priors, law, moments, sums, rate, ask };
    for (const { kind, offset, end } of writers) kind.write(state, row.subarray(offset, end));
  };
}

/** @param ask as of createRowWriter. */
export function createObserver(layout: RowLayout, loss: Loss, priors: Float64Array, ask?: Quantities): Observer {
  const law = createOutputLaw(layout.classes, layout.outputs + layout.teacherOutputs);
  const moments = law.mean.map(() => momentsFor(loss));
  const sums = createGroupSums(layout);
  const write = createRowWriter(layout, loss, priors, ask);

  return {
    observe(directions, parameters, noise, rate, row) {
      outputLaw(directions, layout.outputs, parameters, noise, law);
      groupSums(directions, layout, parameters, noise, sums);
      for (let i = 0; i < moments.length; i++) loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
      write({ law, moments, sums, rate }, row);
    },
  };
}

/** Sums over the directions of each spectral group, and those with a teacher. */
export function groupSums(
  { nodes, weight, means, teacher, group }: Directions,
  { classes, outputs, teacherOutputs }: RowLayout,
  parameters: Float64Array,
  noise: Float64Array | null,
  out: GroupSums,
): void {
  out.norm.fill(0);
  out.overlap.fill(0);
  out.teacherProduct.fill(0);
  for (let o = 0; o < outputs; o++) {
    const variance = noise ? noise.subarray(packed(o, o) * nodes) : null;
    for (let n = 0; n < nodes; n++) {
      const x = parameters[o * nodes + n];
      out.norm[group[n] * outputs + o] += weight[n] * (x * x + (variance ? variance[n] : 0));
      for (let t = 0; t < teacherOutputs; t++) {
        out.teacherProduct[o * teacherOutputs + t] += weight[n] * x * teacher[t * nodes + n];
      }
    }
  }
  for (let i = 0; i < classes; i++) {
    const output = teacherOutputs === 0 && outputs === classes ? i : 0;
    for (let n = 0; n < nodes; n++) {
      out.overlap[group[n] * classes + i] += weight[n] * means[i * nodes + n] * parameters[output * nodes + n];
    }
  }
}
