/** Writes the rows of a theory of finite data, whose states are known at any time. */
import { createObserver } from '../../observables/observe.ts';
import { fieldOf } from '../../observables/row-layout.ts';
import { DIVERGED_NORM, overflowed } from '../../experiment/outcome.ts';
import { type Setup } from '../../experiment/setup.ts';
import { type Directions } from '../../model/directions.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';

/** A solution: the mean and the variance of X, direction by direction, and the risk on the data. */
export interface FinitePath {
  readonly directions: Directions;
  /** Names of what solved it. */
  readonly method: string;
  /** Largest relative change of a row by the last extrapolation; absent where nothing is extrapolated. */
  readonly accuracy?: number;
  /**
   * x̄ and S at t, N each.
   * @returns the train risk.
   */
  stateAt(t: number, mean: Float64Array, variance: Float64Array): number;
}

const NOTHING = { accepted: 0, rejected: 0, evaluations: 0, integrator: '', nodes: 0, momentError: 0 };

/** Reports a row at every grid time of the setup; none where the solution was stopped. */
export function recordPath(setup: Setup, path: FinitePath | null, { onRow, shouldStop }: TheoryOptions): TheoryReport {
  if (!path) return { ...NOTHING, outcome: { status: 'cancelled', t: 0 } };
  const { loss, layout, mixture, schedule, steps } = setup;
  const { nodes } = path.directions;
  const mean = new Float64Array(nodes);
  const variance = new Float64Array(nodes);
  let train = 0;
  const observer = createObserver(layout, loss, mixture.priors, (name) => (name === 'train_risk' ? [train] : null));
  const row = new Float64Array(layout.size);
  const normAt = fieldOf(layout, 'norm').offset;
  const times = Array.from(steps, (step) => step / mixture.dimension);
  const report = {
    ...NOTHING,
    integrator: path.method,
    nodes,
    ...(path.accuracy !== undefined && { accuracy: path.accuracy }),
  };
  for (const [point, t] of times.entries()) {
    if (shouldStop()) return { ...report, outcome: { status: 'cancelled', t } };
    train = path.stateAt(t, mean, variance);
    observer.observe(path.directions, mean, variance, rateAt(schedule, t), row);
    const norm = row[normAt];
    if (!(norm <= DIVERGED_NORM))
      return { ...report, outcome: { status: 'diverged', t, quantity: 'norm', value: overflowed(norm) } };
    onRow(point, row);
    report.evaluations++;
  }
  return { ...report, outcome: { status: 'done', t: times[times.length - 1] } };
}
