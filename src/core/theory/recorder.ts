/** Reports a row of observables at each time of the grid, by interpolation within accepted steps. */
import { createObserver, type Observer } from '../observables/observe.ts';
import { packed, packedSize } from '../model/overlaps.ts';
import { type RowLayout } from '../observables/layout.ts';
import { type RowSink } from '../experiment/outcome.ts';
import { type Coupling } from './equations/coupling.ts';
import { type Problem, type StateShape } from './equations/problem.ts';

export interface Recorder {
  /** Time of the next row; Infinity after the last. */
  readonly due: number;
  /** Reports the next row from the state at its time, with the learning rate there unless it is given. */
  record(y: Float64Array, rate?: number): void;
}

/**
 * @param times grid times, ascending.
 * @param coupling evaluated at the recorded states; learning rates there are those of the next step.
 */
export function createRecorder(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  layout: RowLayout,
  times: Float64Array,
  onRow: RowSink,
): Recorder {
  const observer: Observer = createObserver(layout, problem.loss, problem.priors);
  const row = new Float64Array(layout.size);
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const parameters = new Float64Array(outputs * nodes);
  const noise = noiseRows > 0 ? new Float64Array(packedSize(outputs) * nodes) : null;
  let point = 0;
  return {
    get due() {
      return point < times.length ? times[point] : Infinity;
    },
    record(y, given) {
      parameters.set(y.subarray(0, parameters.length));
      if (noise) {
        noise.set(y.subarray(noiseAt, noiseAt + noise.length));
        // interpolation and rounding may leave variances that are tiny and negative
        for (let a = 0; a < outputs; a++) {
          const from = packed(a, a) * nodes;
          for (let n = from; n < from + nodes; n++) if (noise[n] < 0) noise[n] = 0;
        }
      }
      const t = times[point];
      const rate = given ?? (problem.schedule.dependsOn === 'state' ? coupling.evaluate(t, y) : coupling.rate(t, y));
      observer.observe(problem.directions, parameters, noise, rate, row);
      onRow(point, row);
      point++;
    },
  };
}
