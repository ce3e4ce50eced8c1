/** Reports a row of observables at each time of the grid, by interpolation within accepted steps. */
import { createRiskOf } from '../observables/risk-of.ts';
import { createObserver, type Observer } from '../observables/observe.ts';
import { packed, packedSize } from '../model/overlaps.ts';
import { type RowLayout } from '../observables/row-layout.ts';
import { type RowSink } from '../experiment/outcome.ts';
import { type Coupling } from './equations/coupling.ts';
import { readLearned, type Problem, type StateShape } from './equations/problem.ts';

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
  const average = createAverageRisk(problem, shape);
  const row = new Float64Array(layout.size);
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const parameters = new Float64Array(outputs * nodes);
  const noise = noiseRows > 0 ? new Float64Array(packedSize(outputs) * nodes) : null;
  let point = 0;
  let recorded: Float64Array = new Float64Array(0);
  const observer: Observer = createObserver(layout, problem.loss, problem.priors, (name) => {
    if (name === 'second_layer') return problem.learned;
    return name === 'average_risk' && average ? [average(times[point], recorded)] : null;
  });
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
      recorded = y;
      const t = times[point];
      const rate = given ?? (problem.schedule.dependsOn === 'state' ? coupling.evaluate(t, y) : coupling.rate(t, y));
      readLearned(problem, shape, y);
      observer.observe(problem.directions, parameters, noise, rate, row);
      onRow(point, row);
      point++;
    },
  };
}

/** The risk of the average of an update's iterates at a state; null where it has none. */
function createAverageRisk(
  { update, directions, loss, priors }: Problem,
  { nodes, outputs, noiseRows, noiseAt }: StateShape,
): ((t: number, y: Float64Array) => number) | null {
  const { average } = update;
  if (!average) return null;
  const riskOf = createRiskOf(directions, loss, priors);
  const parameters = new Float64Array(outputs * nodes);
  const noise = noiseRows > 0 ? new Float64Array(packedSize(outputs) * nodes) : null;
  const first = average.field * outputs;
  return (t, y) => {
    const factor = average.factor(t);
    for (let k = 0; k < parameters.length; k++) parameters[k] = factor * y[first * nodes + k];
    for (let a = 0; a < (noise ? outputs : 0); a++) {
      for (let b = 0; b <= a; b++) {
        const from = noiseAt + packed(first + a, first + b) * nodes;
        for (let n = 0; n < nodes; n++) {
          const value = factor * factor * y[from + n];
          if (noise) noise[packed(a, b) * nodes + n] = a === b && value < 0 ? 0 : value;
        }
      }
    }
    return riskOf(parameters, noise);
  };
}
