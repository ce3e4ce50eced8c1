/**
 * The learning rate beyond which SGD noise feeds itself. At finite d and b it is where the second moment of SGD's error
 * grows (second-moment.ts). The theory's own threshold is the limit of
 * that for 1 and b small beside d. With H_i = h I constant the noise equation (T5) is linear:
 *   dS_n/dt = −2γ (h λ̄_n + δ) S_n + (γ²/(d b)) Σ_i p_i c_{i,n} (h² B_i[S] + …),   B_i[S] = Σ_m λ_{i,m} S_m.
 * Its off-diagonal part is non-negative, and so it is stable exactly where the fixed-point map of the B_i,
 *   B_j ← γ Σ_i A_{ji} B_i,   A_{ji} = (h²/(2 d b)) p_i Σ_n λ_{j,n} c_{i,n} / (h λ̄_n + δ),
 * contracts: γ < 1/ρ(A). For identity covariance and one class this is (L3)'s γ (1 + ‖μ‖²/d) < 2.
 *
 * Any other loss has H_i and Q_i of its own at every state: there the equation is linearised (noise-feedback.ts).
 */
import { type Setup } from '../../experiment/setup.ts';
import { type Loss } from '../../loss/loss.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { fieldOf } from '../../observables/row-layout.ts';
import { type OutputLaw } from '../../model/overlaps.ts';
import { createCoupling } from '../equations/coupling.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { createMomentSlopes } from '../jacobian/moment-slopes.ts';
import { createProblem, startState, stateShape, type Problem } from '../equations/problem.ts';
import { smoothModel } from '../nodes/smooth-model.ts';
import { noiseFeedback } from './noise-feedback.ts';
import { secondMomentThreshold } from './second-moment.ts';
import { spectralRadius } from './spectral-radius.ts';

export interface Stability {
  /** γ; Infinity where there is no noise to feed (all covariances zero). */
  readonly threshold: number;
  /**
   * 'exact' for least squares: at constant rates above it SGD's second moment diverges, at rates below it does not, at
   * this d and b. It is 'leading' for least squares where terms of order 1/d are left out (many directions, d → ∞).
   * It is 'linearised' for other losses: small noise around a state grows above and dies out below. Where the loss has
   * a bounded gradient it then settles at a raised risk instead of diverging. It is 'bound' where the linearised
   * equation is not worth its time, and the number is that of `bound`.
   */
  readonly kind: 'exact' | 'leading' | 'linearised' | 'bound';
  /** γ below which noise cannot feed itself: the threshold of a loss of the largest curvature everywhere. */
  readonly bound: number;
  /** γ beyond which the noise of the theory, (T5), feeds itself: of leading order in 1/d and b/d. */
  readonly ofTheory: number;
}

/** Precision of the directions' compression: thresholds are good to about that. */
const COMPRESSION = 1e-8;

/** Outputs up to which a state is linearised, X = 0 and any other: the time for that, about a second, grows like ℓ⁵. */
const MOST_OUTPUTS = { zero: 24, other: 12 };

/** Whether ∇²f = I: labels move the mean and add noise, and do not enter whether it grows. */
export const isQuadratic = ({ leastSquares, quadratic }: Pick<Loss, 'leastSquares' | 'quadratic'>): boolean =>
  leastSquares || quadratic === true;

/** Whether a threshold is known: where X moves as by plain SGD, and nothing else learns beside it. */
export const hasThreshold = ({ update, loss }: Pick<Setup, 'update' | 'loss'>): boolean =>
  update.plainPath && !loss.learned;

/** Largest stable constant learning rate of a setup: for losses other than least squares, around its start. */
export function stabilityThreshold(setup: Setup): Stability {
  const problem = problemOf(setup);
  if (isQuadratic(setup.loss)) return ofLeastSquares(setup, problem);
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  coupling.evaluate(0, startState(problem, shape));
  const found = linearised(problem, coupling.law.mean, coupling.law.covariance);
  const curvature = commonCurvature(setup.loss, coupling.law);
  // where every sample sees the same Hessian, least squares of that curvature are the linearised step itself
  return curvature === null ? found : { ...found, kind: 'linearised', threshold: atFiniteSize(problem, curvature) };
}

/**
 * Largest constant learning rate at which noise around a state does not feed itself.
 * @param row observables of that state as the theory records them: m_i and B_i are read.
 * @throws RangeError for losses with a teacher that are not least squares, whose law a row does not hold.
 */
export function stabilityAt(setup: Setup, row: Float64Array): Stability {
  const { loss, layout } = setup;
  const problem = problemOf(setup);
  if (isQuadratic(loss)) return ofLeastSquares(setup, problem);
  if (loss.teacherOutputs > 0) throw new RangeError(`a row does not hold the teacher's law of the loss ${loss.kind}`);
  const rowsOf = (key: string) => {
    const { offset, length } = fieldOf(layout, key);
    const each = length / layout.classes;
    return Array.from(problem.priors, (_, i) => row.subarray(offset + i * each, offset + (i + 1) * each));
  };
  return linearised(problem, rowsOf('overlap'), rowsOf('variance'));
}

const problemOf = (setup: Setup): Problem =>
  createProblem(setup, reduceDirections(setup, COMPRESSION), { noise: true });

const inverse = (radius: number): number => (radius > 0 ? 1 / radius : Infinity);

/** γ below which noise feeds itself at no state: 1/ρ(A) with the loss's largest curvature, exact for least squares. */
const curvatureBound = (problem: Problem): number =>
  problem.loss.maxCurvature === Infinity ? 0 : inverse(spectralRadius(noiseGain(problem), problem.priors.length));

function ofLeastSquares(setup: Setup, problem: Problem): Stability {
  const ofTheory = curvatureBound(problem);
  if (problem.inverseDimension === 0) return { threshold: ofTheory, kind: 'leading', bound: ofTheory, ofTheory };
  const { threshold, whole } = secondMomentThreshold(problem, problem.loss.maxCurvature);
  return { threshold, kind: whole && hasExactNodes(setup) ? 'exact' : 'leading', bound: threshold, ofTheory };
}

/** Whether the nodes stand for the directions exactly, not by a quadrature rule. */
const hasExactNodes = ({ experiment, blocks }: Setup): boolean =>
  blocks !== null || smoothModel(experiment.model) === null;

/** The threshold of a loss of one curvature at this d and b; of d → ∞ where that is asked for. */
function atFiniteSize(problem: Problem, curvature: number): number {
  // of a curvature without bound no rate is surely below
  if (curvature === Infinity) return 0;
  return problem.inverseDimension === 0
    ? inverse(spectralRadius(noiseGain(problem, curvature), problem.priors.length))
    : secondMomentThreshold(problem, curvature).threshold;
}

/** Largest eigenvalue of the Hessians where outputs do not vary and all classes have the same; else null. */
function commonCurvature(loss: Loss, law: OutputLaw): number | null {
  const { outputs } = loss;
  if (loss.labels.gives === 'binary') return null;
  if (law.covariance.some((covariance) => covariance.some((value) => value !== 0))) return null;
  const hessians = law.mean.map((mean, i) => {
    const hessian = new Float64Array(outputs * outputs);
    loss.hessian(i, mean.subarray(0, outputs), mean.subarray(outputs), hessian);
    return hessian;
  });
  const [first] = hessians;
  if (!hessians.every((each) => each.every((value, k) => Math.abs(value - first[k]) <= 1e-12))) return null;
  const values = new Float64Array(outputs);
  symmetricEigen(first, outputs, values, new Float64Array(outputs * outputs));
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** @param means m_i; @param covariances B_i, of each class, as `Loss.moments` takes them. */
function linearised(problem: Problem, means: readonly Float64Array[], covariances: readonly Float64Array[]): Stability {
  const { loss } = problem;
  const bound = atFiniteSize(problem, loss.maxCurvature);
  const zero = covariances.every((covariance) => covariance.every((value) => value === 0));
  if (loss.outputs > (zero ? MOST_OUTPUTS.zero : MOST_OUTPUTS.other)) {
    return { threshold: bound, kind: 'bound', bound, ofTheory: curvatureBound(problem) };
  }
  const slopes = means.map((mean, i) => {
    const own = createMomentSlopes(loss);
    own.update(i, mean, covariances[i]);
    return own;
  });
  const ofTheory = inverse(noiseFeedback(problem, slopes));
  return { threshold: ofTheory, kind: 'linearised', bound, ofTheory };
}

/** A, C×C row-major, entries >= 0, with h the loss's largest curvature unless another is given. */
export function noiseGain(
  { directions, priors, noisePower, ridge, dimension, batchSize, loss }: Problem,
  curvature = loss.maxCurvature,
): Float64Array {
  const { nodes, eigenvalues } = directions;
  const classes = priors.length;
  const gain = new Float64Array(classes * classes);
  for (let n = 0; n < nodes; n++) {
    let decay = ridge;
    for (let i = 0; i < classes; i++) decay += curvature * priors[i] * eigenvalues[i * nodes + n];
    // without decay there is no covariance either: noise in clean directions is not felt
    if (decay <= 0) continue;
    for (let j = 0; j < classes; j++) {
      for (let i = 0; i < classes; i++) {
        gain[j * classes + i] += (priors[i] * eigenvalues[j * nodes + n] * noisePower[i * nodes + n]) / decay;
      }
    }
  }
  return gain.map((value) => (value * curvature * curvature) / (2 * dimension * batchSize));
}
