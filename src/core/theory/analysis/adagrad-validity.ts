/**
 * Where the theory of a rule that accumulates says less than it seems to (docs/learning-rates.md, "First steps"). Both
 * cases are told by the first step's own share of b_0² + G, x/(1 + x) with x = P/(d b_0²) at the start.
 */
import { someWithNoise } from '../curves/curve-kind.ts';
import { type Setup } from '../../experiment/setup.ts';
import { createAccumulatedRate } from '../../schedule/schedule.ts';
import { createCoupling } from '../equations/coupling.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { ownShare, SMALL_SHARE } from '../first-steps.ts';
import { createProblem, startState, stateShape } from '../equations/problem.ts';

export type AccumulationNote =
  /**
   * The theory is that of d → ∞, where a step's share is 0; at the experiment's d it is not, and as b_0 → 0 the noise of the
   * limit grows like log(1/b_0) without bound. It would be that of SGD from `dimension` directions on.
   */
  | { readonly code: 'accumulated-limit'; readonly numbers: { readonly share: number; readonly dimension: number } }
  /**
   * Single runs do not come close to the theory as d grows: the rates of the first few steps are random, and what
   * they make of ‖X‖² stays. The theory is the mean of runs, to a few per cent.
   */
  | { readonly code: 'accumulated-scatter'; readonly numbers: { readonly share: number } };

/** Share of the first step above which single runs scatter visibly, whatever d. */
const SCATTER_SHARE = 1 / 8;

/** Precision of the directions' compression: a share is not needed to more digits. */
const COMPRESSION = 1e-4;

/** What to say of the theory of a setup, or null: of every other rule, of gradient flow alone, and of large offsets. */
export function accumulationNote(setup: Setup): AccumulationNote | null {
  const { experiment, schedule } = setup;
  const { curves, limit } = experiment.theory;
  if (schedule.dependsOn !== 'accumulated' || !someWithNoise(curves)) return null;
  const share = firstShare(setup);
  if (limit === true && share > SMALL_SHARE) {
    // the odds of the share are P/(d b_0²)
    const odds = (value: number) => value / (1 - value);
    const dimension = setup.mixture.dimension * (odds(share) / odds(SMALL_SHARE));
    return { code: 'accumulated-limit', numbers: { share, dimension } };
  }
  return share > SCATTER_SHARE ? { code: 'accumulated-scatter', numbers: { share } } : null;
}

/** Share of the first step of SGD at the experiment's own d. */
function firstShare(setup: Setup): number {
  const { experiment } = setup;
  const finite = { ...setup, experiment: { ...experiment, theory: { ...experiment.theory, limit: false } } };
  const problem = createProblem(finite, reduceDirections(finite, COMPRESSION), { noise: true });
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  coupling.evaluate(0, startState(problem, shape));
  const { priors, power, dimension, batchSize, loss } = problem;
  let own = 0;
  for (const [i, { gradientSquare }] of coupling.moments.entries()) {
    for (let a = 0; a < loss.outputs; a++) own += priors[i] * power[i] * gradientSquare[a * (loss.outputs + 1)];
  }
  return ownShare(createAccumulatedRate(setup.schedule), 0, 0, own / (dimension * dimension * batchSize));
}
