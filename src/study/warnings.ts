/**
 * Warnings: settings that are allowed, but with which SGD is not what the theory says of it, since its steps are not
 * small. A warning is data: a code and its numbers.
 */
import { finiteData } from '../core/data/data-spec.ts';
import { type Setup } from '../core/experiment/setup.ts';
import { type Schedule } from '../core/schedule/schedule.ts';
import { accumulationNote } from '../core/theory/analysis/adagrad-validity.ts';
import { affordableSetup } from '../core/theory/analysis/affordable.ts';
import { largestSecondMoment } from '../core/theory/analysis/second-moment.ts';
import { hasVelocity, momentumFeedback } from '../core/theory/analysis/momentum-feedback.ts';
import { isQuadratic, stabilityThreshold } from '../core/theory/analysis/stability.ts';
import { findCurveKind, someWithNoise } from '../core/theory/curves/curve-kind.ts';
import { createCoupling } from '../core/theory/equations/coupling.ts';
import { reduceDirections } from '../core/theory/nodes/directions.ts';
import { createProblem, startState, stateShape, type Problem } from '../core/theory/equations/problem.ts';
import { type Experiment, type Study } from '../core/experiment/schema.ts';

/** What is warned of; the sentences are in text/en/warnings.ts and its translations. */
export type WarningCode =
  | 'ridge-step'
  | 'steep-loss'
  | 'isotropic-saddle'
  | 'large-step'
  | 'unstable-rate'
  | 'unstable-unseen'
  | 'unstable-momentum'
  | 'dana-memory'
  | 'accumulated-limit'
  | 'accumulated-scatter';

export interface Warning {
  /** Of the setting, relative to the experiment: `optimizer.ridge`. */
  readonly path: string;
  readonly code: WarningCode;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What the checks look at; computed when first asked for. */
interface Subject {
  readonly experiment: Experiment;
  readonly setup: Setup;
  /** Of the model's own d, also where the theory is that of d → ∞: it is SGD that is warned of. */
  readonly problem: Problem;
  /** The largest rate that is known beforehand: of rules of time over the horizon, of others that of the first step. */
  readonly rate: { readonly value: number; readonly path: string };
}

type Check = (subject: Subject) => readonly Warning[];

/** Parts of the way per step above which the theory is off by some 10 percent: −log(1 − s) = 1.12 s. */
const SMALL_STEP = 0.2;
/** Precision of the nodes: a warning needs two digits. */
const PRECISION = 1e-6;

/** The checks; a further one is a function here. */
const checks: readonly Check[] = [
  ridgeStep,
  steepLoss,
  unstableRate,
  unstableMomentum,
  isotropicSaddle,
  largeStep,
  danaMemory,
  accumulation,
];

/**
 * Warnings of a description that parsed, the most serious first; its cost is bounded whatever d.
 * @throws RangeError where arrays that a custom model needs would be too large.
 */
export function warningsOf(experiment: Experiment): Warning[] {
  const subject = subjectOf(experiment);
  const found: Warning[] = [];
  for (const check of checks) {
    // a step that diverges is not called large as well
    if (check === largeStep && found.some(({ code }) => code !== 'isotropic-saddle')) continue;
    found.push(...check(subject));
  }
  return found;
}

/** γδ/d > 2: 1 − γδ/d < −1, in every direction, for every loss, where X moves as by plain SGD. */
function ridgeStep({ experiment, setup, rate }: Subject): Warning[] {
  const { ridge } = experiment.optimizer;
  if (ridge === 0 || !setup.update.plainPath) return [];
  const step = (rate.value * ridge) / experiment.model.dimension;
  return step > 2 ? [{ path: 'optimizer.ridge', code: 'ridge-step', numbers: { step } }] : [];
}

/** A loss whose f′ grows faster than |r|: a sample far enough out throws any step farther. */
function steepLoss({ setup, experiment }: Subject): Warning[] {
  if (!setup.loss.steep) return [];
  return [{ path: experiment.loss.kind === 'formula' ? 'loss.formula' : 'loss.kind', code: 'steep-loss', numbers: {} }];
}

/** Full batches have no noise of draws, and what is solved for them is in steps where those are large. */
const isFullBatch = ({ data, model }: Experiment): boolean =>
  finiteData(data, model.dimension)?.sampling === 'full-batch';

/** Least squares at rates of time above the threshold of its second moment. */
function unstableRate({ setup, rate, experiment }: Subject): Warning[] {
  if (!isQuadratic(setup.loss) || setup.schedule.dependsOn !== 'time' || !setup.update.plainPath) return [];
  if (isFullBatch(experiment)) return [];
  const { threshold, ofTheory } = stabilityThreshold(setup);
  if (!(rate.value >= threshold)) return [];
  const seen = rate.value >= ofTheory || !someWithNoise(experiment.theory.curves);
  const numbers = { rate: rate.value, threshold };
  return [
    seen
      ? { path: rate.path, code: 'unstable-rate', numbers }
      : { path: rate.path, code: 'unstable-unseen', numbers: { ...numbers, theory: ofTheory } },
  ];
}

/** Velocities whose noise feeds itself, at the end, where memories are longest. */
function unstableMomentum({ setup, problem, experiment }: Subject): Warning[] {
  if (!isQuadratic(setup.loss) || setup.schedule.dependsOn !== 'time' || !hasVelocity(setup)) return [];
  const feedback = momentumFeedback(problem, experiment.horizon * (1 - Number.EPSILON));
  return feedback >= 1 ? [{ path: 'optimizer.method.kind', code: 'unstable-momentum', numbers: { feedback } }] : [];
}

/** Two layers from a start that no mean is singled out by: overlaps are 0 in the limit. */
/** Part of the means below which a sum of them is 0. */
const NO_PULL = 1e-9;

/**
 * Whether units without overlap are drawn to means: with E ∂f_i = A − y_i B there, for classes alike, along
 * A Σ_i p_i μ_i − B Σ_i p_i y_i μ_i. Both sums are 0 where no linear rule tells the labels, as for XOR.
 */
function pullsAtZero({ experiment, problem }: Subject): boolean {
  if (experiment.loss.kind !== 'two-layer') return false;
  const { classLabels } = experiment.loss;
  const { means } = problem.directions;
  const nodes = problem.weight.length;
  const length = (weightOf: (classIndex: number) => number): number => {
    let square = 0;
    for (let n = 0; n < nodes; n++) {
      let sum = 0;
      problem.priors.forEach((prior, i) => (sum += prior * weightOf(i) * means[i * nodes + n]));
      square += sum * sum;
    }
    return Math.sqrt(square);
  };
  const whole = Math.sqrt(means.reduce((sum, mean) => sum + mean * mean, 0));
  return length(() => 1) > NO_PULL * whole || length((i) => classLabels[i]) > NO_PULL * whole;
}

function isotropicSaddle(subject: Subject): Warning[] {
  const { experiment, setup } = subject;
  if (!setup.loss.learned || experiment.theory.curves.length === 0) return [];
  const { start } = experiment.optimizer;
  if (start.kind === 'custom' || experiment.theory.start === 'given') return [];
  if (pullsAtZero(subject)) return [];
  return [{ path: 'optimizer.start.kind', code: 'isotropic-saddle', numbers: {} }];
}

/** δ/d above which the theory of DANA, whose first steps are infinitely small, is off by some percent. */
const LONG_MEMORY = 0.05;

/** DANA forgets min(1, δ/(1 + k)) of V in step k, and δ/(t + 1/d) per unit of time in the theory: a difference of order δ/d. */
function danaMemory({ experiment }: Subject): Warning[] {
  const { method } = experiment.optimizer;
  if (method.kind !== 'dana' || experiment.theory.curves.length === 0) return [];
  const share = method.delta / experiment.model.dimension;
  return share > LONG_MEMORY ? [{ path: 'optimizer.method.delta', code: 'dana-memory', numbers: { share } }] : [];
}

/**
 * γ(hΛ + δ)/d, the part of the way down the steepest direction that a step goes, with h the largest curvature of the loss
 * and Λ the largest eigenvalue of Σ_i p_i (K_i + μ_i μ_iᵀ). It does not depend on the batch: that only lets γ be large.
 */
function largeStep({ experiment, setup, problem, rate }: Subject): Warning[] {
  // the theory of rules that accumulate takes its large steps, the first ones, as steps
  if (experiment.theory.curves.length === 0 || setup.schedule.dependsOn === 'accumulated') return [];
  if (isFullBatch(experiment) && experiment.theory.curves.every((kind) => findCurveKind(kind)?.finite)) return [];
  // of a loss whose curvature has no bound nothing is said of a step
  if (!setup.update.plainPath || !Number.isFinite(setup.loss.maxCurvature)) return [];
  const { ridge } = experiment.optimizer;
  const curvature = largestSecondMoment(problem);
  const step = (rate.value * (problem.loss.maxCurvature * curvature + ridge)) / experiment.model.dimension;
  if (!(step > SMALL_STEP)) return [];
  return [{ path: rate.path, code: 'large-step', numbers: { step, curvature, rate: rate.value } }];
}

/** What the first steps of a rule that accumulates make of the theory. */
function accumulation({ experiment, setup }: Subject): Warning[] {
  // a share is that of the model's own d
  if (setup.mixture.dimension !== experiment.model.dimension) return [];
  const note = accumulationNote({ ...setup, experiment });
  return note ? [{ path: 'optimizer.schedule.offset', ...note }] : [];
}

function subjectOf(experiment: Experiment): Subject {
  const setup = affordableSetup({ ...experiment, theory: { ...experiment.theory, limit: false } });
  let problem: Problem | null = null;
  let rate: Subject['rate'] | null = null;
  const subject: Subject = {
    experiment,
    setup,
    get problem() {
      return (problem ??= createProblem(setup, reduceDirections(setup, PRECISION), { noise: true }));
    },
    get rate() {
      return (rate ??= largestRate(experiment, setup.schedule, () => subject.problem));
    },
  };
  return subject;
}

function largestRate(experiment: Experiment, schedule: Schedule, problemOf: () => Problem): Subject['rate'] {
  const spec = experiment.optimizer.schedule;
  if (schedule.dependsOn !== 'time') {
    const path = spec.kind === 'adagrad-norm' ? 'optimizer.schedule.offset' : 'optimizer.schedule.kind';
    return { value: firstRate(problemOf(), experiment.model.dimension), path };
  }
  const { horizon } = experiment;
  // rules of time are monotone between breakpoints
  const times = schedule.breakpoints.filter((time) => time < horizon);
  const ends = [0, ...times, ...[...times, horizon].map((time) => time * (1 - Number.EPSILON))];
  const rates = ends.map((t) => schedule.rate({ ...NOTHING_ELSE, t }));
  const value = Math.max(...rates);
  if (spec.kind !== 'piecewise') return { value, path: 'optimizer.schedule.rate' };
  return { value, path: `optimizer.schedule.rates[${spec.rates.indexOf(value)}]` };
}

/** γ of SGD's first step: that of AdaGrad-Norm holds the step's own gradient, ‖∇Ψ‖²/d² on average P/d. */
function firstRate(problem: Problem, dimension: number): number {
  const { schedule } = problem;
  let rate = NaN;
  const probe: Schedule = {
    ...schedule,
    rate: (inputs) => {
      const accumulated = schedule.dependsOn === 'accumulated' ? inputs.gradientPower() / dimension : 0;
      rate =
        schedule.dependsOn === 'accumulated'
          ? schedule.rate({ ...NOTHING_ELSE, t: 0, accumulated })
          : schedule.rate(inputs);
      return rate;
    },
  };
  const probed = { ...problem, schedule: probe };
  const shape = stateShape(probed);
  createCoupling(probed, shape).evaluate(0, startState(probed, shape));
  return rate;
}

const unknown = (): number => NaN;
const NOTHING_ELSE = {
  accumulated: 0,
  risk: unknown,
  gradientPower: unknown,
  descent: unknown,
  stepCurvature: unknown,
};

/** Experiments of a study that are looked at: a sweep's points have the same warnings, and many of them take time. */
const MOST_EXPERIMENTS = 100;

/** Warnings of a study's experiments, each with its path from the study: `experiments[0].optimizer.ridge`. */
export function studyWarnings({ experiments }: Pick<Study, 'experiments'>, only: readonly string[] | null = null) {
  return experiments.flatMap((experiment, index) => {
    if (index >= MOST_EXPERIMENTS || (only && !only.includes(experiment.id))) return [];
    return warningsOf(experiment).map((warning) => ({ ...warning, path: `experiments[${index}].${warning.path}` }));
  });
}
