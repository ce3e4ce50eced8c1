/** The best linear model of an experiment, and the risk that its dynamics tend to, where they are known. */
import { type Setup } from '../../experiment/setup.ts';
import { type Schedule } from '../../schedule/schedule.ts';
import { plainUpdate } from '../../update/update.ts';
import { createCoupling } from '../equations/coupling.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { createDrift } from '../equations/drift.ts';
import { createFactors, factorInPlace, solveInPlace } from '../integrator/dense-matrix.ts';
import { createProblem, stateShape, type Problem } from '../equations/problem.ts';
import { createImplicitDrift } from '../jacobian/implicit-drift.ts';
import { scalarJacobian } from '../jacobian/scalar.ts';
import { leastSquaresMinimiser, leastSquaresRisks } from './least-squares.ts';
import { noiseGain, stabilityThreshold } from './stability.ts';

export interface BestModel {
  /** Σ p_i R_i at the minimiser of the objective (with the experiment's ridge), or its infimum. */
  readonly risk: number;
  /** ‖X‖² of the minimiser; of the last iterate where the infimum is not attained. */
  readonly norm: number;
  /** False where the infimum is approached at infinity only, as with separable classes and the logistic loss. */
  readonly attained: boolean;
}

/** Shifts of Newton's method in units of the slope: the smallest, and the one from which on rounding decides. */
const MIN_DAMPING = 1e-8;
const MAX_DAMPING = 1e8;

/** The dynamics of unit rate, whose rest is the minimiser. */
const unitRate: Schedule = { kind: 'constant', dependsOn: 'time', breakpoints: [], rate: () => 1 };

/** Problem over the state (x̄) alone: no noise, a start without variance, and plain steps, whatever the experiment's. */
function noiselessProblem(setup: Setup): Problem {
  const plain = { ...setup, update: plainUpdate(setup.mixture.dimension) };
  const problem = createProblem(plain, reduceDirections(setup, 1e-10), { noise: false });
  return { ...problem, schedule: unitRate, startVariance: 0, start: null };
}

/**
 * The minimiser of the objective over linear models.
 * @returns null for losses of several outputs that are no least squares, where it is not computed.
 */
export function bestLinearModel(setup: Setup): BestModel | null {
  const problem = noiselessProblem(setup);
  if (setup.loss.leastSquares) {
    const x = leastSquaresMinimiser(problem);
    return { risk: dot(problem.priors, leastSquaresRisks(problem, x)), norm: dot(x, x), attained: true };
  }
  return scalarJacobian.covers(problem) ? byNewton(problem) : null;
}

/**
 * Newton's method as gradient flow by implicit steps that grow without bound: (shift − J) Δ = f. The shift is a part of
 * the slope, so that steps stay long where slope and curvature both vanish on the way to infinity.
 */
function byNewton(problem: Problem): BestModel {
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  const drift = createImplicitDrift(problem, shape, coupling, createDrift(problem, shape, coupling));
  if (!drift) throw new RangeError(`no Jacobian for the loss ${problem.loss.kind}`);
  let x: Float64Array = new Float64Array(shape.size);
  const step = new Float64Array(shape.size);
  let objective = objectiveAt(problem, x);
  let damping = 1;
  const solveStep = (part: number): void => {
    drift.linearise(0, x, step);
    drift.factor(part * Math.sqrt(dot(step, step)));
    drift.solve(step);
  };
  while (damping < MAX_DAMPING) {
    solveStep(damping);
    const next = x.map((value, n) => value + step[n]);
    const value = objectiveAt(problem, next);
    const gained = objective - value;
    if (!(gained > 0)) {
      damping *= 8;
      continue;
    }
    x = next;
    objective = value;
    if (gained <= 1e-15 * Math.max(objective, 1e-3)) break;
    damping = Math.max(MIN_DAMPING, damping / 8);
  }
  const norm = dot(x, x);
  // towards an infimum at infinity the steps go on, however small the slope has become
  solveStep(MIN_DAMPING);
  return { risk: riskAt(problem, x), norm, attained: Math.sqrt(dot(step, step)) < 1e-3 * Math.sqrt(norm) + 1e-9 };
}

/**
 * The risk that constant learning rates tend to. Least squares have it in closed form, from the linear noise equation
 * at rest:
 *   (I − γA) B[S] = γ A Q_0,   R = R(x̄) + ½ Σ_i p_i tr B_i[S].
 * @returns Infinity from the stability threshold on; null for other losses, where no closed form is known.
 */
export function limitingRisk(setup: Setup, rate: number): number | null {
  if (!setup.loss.leastSquares) return null;
  const { threshold, ofTheory } = stabilityThreshold(setup);
  if (rate >= Math.min(threshold, ofTheory)) return Infinity;
  const problem = noiselessProblem(setup);
  const risks = leastSquaresRisks(problem, leastSquaresMinimiser(problem));
  const classes = risks.length;
  const gain = noiseGain(problem);
  const factors = createFactors(classes);
  const variance = new Float64Array(classes);
  for (let j = 0; j < classes; j++) {
    for (let i = 0; i < classes; i++) {
      const entry = rate * gain[j * classes + i];
      factors.matrix[j * classes + i] = (i === j ? 1 : 0) - entry;
      // tr Q_i = 2 R_i
      variance[j] += 2 * entry * risks[i];
    }
  }
  factorInPlace(factors);
  solveInPlace(factors, variance);
  return dot(problem.priors, risks) + 0.5 * dot(problem.priors, variance);
}

function riskAt(problem: Problem, x: Float64Array): number {
  const coupling = createCoupling(problem, stateShape(problem));
  coupling.evaluate(0, x);
  let risk = 0;
  for (let i = 0; i < problem.priors.length; i++) risk += problem.priors[i] * coupling.moments[i].risk;
  return risk;
}

const objectiveAt = (problem: Problem, x: Float64Array): number => riskAt(problem, x) + 0.5 * problem.ridge * dot(x, x);

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < u.length; n++) sum += u[n] * v[n];
  return sum;
}
