/**
 * Homogenised SGD (T6): the stochastic differential equation with the drift of SGD and the exact centred covariance of
 * its gradient. Its statistics have the same limits as SGD's for large d, and linear ones the same noise. Quadratic
 * ones (‖X‖²) spread more between runs unless γ is small, since the lengths of SGD's steps fluctuate too
 * (docs/hsgd.md). Euler–Maruyama in the noise and, where a step is longer than one of SGD, Heun's rule in the drift, so
 * that the error of the mean curves is of second order in the step.
 */
import { arrayBytes, workOf } from '../../experiment/cost.ts';
import { type Setup } from '../../experiment/setup.ts';
import { squared } from '../../math/elementary.ts';
import { labelsKind } from '../../labels/labels-spec.ts';
import { labelsOf, learnsNothing } from '../../loss/loss-spec.ts';
import { type Stream } from '../../math/random.ts';
import { everyDirection } from '../../model/directions.ts';
import { averageEigenvalues, type Mixture } from '../../model/mixture.ts';
import { createObserver } from '../../observables/observe.ts';
import { createRateInputs, noisePowerOf } from '../../schedule/state-inputs.ts';
import { linearAlone } from '../../update/parameterization.ts';
import { createUpdate } from '../../update/create-update.ts';
import { streamAlone } from '../../data/data-spec.ts';
import { followsXAlone } from '../../update/refusals.ts';
import { eachAlone, runSeconds, type EngineKind, type EngineRun } from '../engine.ts';
import { createRateOf } from '../rates.ts';
import { Sampler } from '../sampler.ts';
import { refusesArraysAbove } from '../sgd.ts';
import { startParameters } from '../../experiment/start.ts';
import { createField } from './field.ts';

/** Longest step in time; theory.md section 6 was checked with it. */
const LONGEST_STEP = 1 / 50;
/** Largest step · γ · curvature: a tenth of what Heun's rule is stable for. */
const LARGEST_DECAY = 0.2;
/** Coordinates to update between two looks at the stop flag: some 50 ms. */
const COORDINATES_PER_CHUNK = 2e6;

/** Euler steps per unit of t that costs are counted with, at most d of them. */
const EULER_STEPS = 100;
/** Classes and directions of the experiment that shows what the moments cost: with so few directions almost all of it. */
const [CLASSES, FEW] = [4, 20];

const eulerSteps = (horizon: number, dimension: number): number => horizon * Math.min(dimension, EULER_STEPS);

export const hsgd: EngineKind = {
  kind: 'hsgd',
  label: 'homogenised SGD',
  exact: false,
  refuses: (subject) =>
    streamAlone(subject.data) ??
    linearAlone(subject.parameterization) ??
    learnsNothing(subject.loss) ??
    refusesArraysAbove(subject) ??
    followsXAlone(createUpdate(subject.optimizer, subject.model.dimension)),
  /** One coordinate of one Euler step; the share of it that a further output adds; softmax moments of a class, per output; those of a class under binary labels of a teacher. */
  rates: { coordinateEuler: 3e-8, furtherOutput: 0.2, moments: 1e-5, labelMoments: 8e-5 },
  cost(experiment, _threads, rates) {
    const { dimension, classes, outputs } = workOf(experiment);
    const width = 1 + (outputs - 1) * rates.furtherOutput;
    const labels = labelsKind(labelsOf(experiment).kind).gives === 'class' ? 0 : classes * rates.labelMoments;
    const moments = labels + (experiment.loss.kind === 'softmax' ? classes * outputs * rates.moments : 0);
    return eulerSteps(experiment.horizon, dimension) * (dimension * width * rates.coordinateEuler + moments);
  },
  async probe(bench) {
    const perStep = async (setup: Setup) => {
      const { dimension } = setup.mixture;
      return (await runSeconds(hsgd, bench, setup)) / eulerSteps(setup.experiment.horizon, dimension);
    };
    const binary = bench.setup({ horizon: 3 });
    const { dimension } = binary.mixture;
    const coordinateEuler = (await perStep(binary)) / dimension;
    const moments =
      (await perStep(bench.setup({ horizon: 1, classes: CLASSES, dimension: FEW }))) / (CLASSES * CLASSES);
    const many = (await perStep(bench.setup({ horizon: 1, classes: CLASSES }))) - moments * (CLASSES * CLASSES);
    const furtherOutput = Math.max(0, many / (coordinateEuler * dimension) - 1) / (CLASSES - 1);
    const few = { horizon: 1, dimension: FEW };
    const ownLabels = await perStep(bench.setup({ ...few, teacher: true }));
    const labelMoments = Math.max(1e-7, ownLabels - (await perStep(bench.setup(few)))) / 2;
    return { coordinateEuler, furtherOutput, moments, labelMoments };
  },
  memory: arrayBytes,
  runsTogether: () => 1,
  chunk({ mixture, loss }) {
    const perStep = mixture.dimension * mixture.classes * loss.outputs;
    const steps = Math.max(1, Math.floor(COORDINATES_PER_CHUNK / perStep));
    return steps * Math.max(1, Math.floor(LONGEST_STEP * mixture.dimension));
  },
  start: eachAlone(startHsgd),
};

function startHsgd(setup: Setup, stream: Stream): EngineRun {
  const { mixture, loss, teacher, schedule, layout, groups, experiment } = setup;
  const { dimension, priors } = mixture;
  const { batchSize, ridge } = experiment.optimizer;
  const directions = everyDirection(mixture, teacher, groups.of);
  const observer = createObserver(layout, loss, priors);
  const sampler = new Sampler(stream.child('noise').key);
  const field = createField(directions, priors, loss, sampler);
  const inputs = createRateInputs(directions, {
    dimension,
    inverseDimension: 1 / dimension,
    priors,
    outputs: loss.outputs,
    batchSize,
    ridge,
    noisePower: noisePowerOf(directions),
  });
  const rateOf = createRateOf(schedule);
  const curvature = loss.maxCurvature * largestSecondMoment(mixture) + ridge;
  const breaks = schedule.breakpoints.map((time) => Math.ceil(time * dimension));
  const parameters = startParameters(setup, stream);
  const predicted = new Float64Array(parameters.length);
  const drift = new Float64Array(parameters.length);
  const nextDrift = new Float64Array(parameters.length);
  const noise = new Float64Array(parameters.length);
  let step = 0;
  let accumulated = 0;

  /** What learning-rate rules may look at, at the state of the field's last drift. */
  const at = (k: number, state: Float64Array) =>
    inputs.at({ t: k / dimension, accumulated, moments: field.moments, parameters: state, noise: null });

  /** Steps of SGD to take at once from here, at the rate γ. */
  function stride(rate: number, remaining: number): number {
    // a curvature without bound leaves no step but SGD's own
    const longest = curvature < Infinity ? Math.min(LONGEST_STEP, LARGEST_DECAY / (rate * curvature)) : 0;
    const most = Math.max(1, Math.floor(longest * dimension));
    const end = breaks.reduce((least, at) => (at > step ? Math.min(least, at - step) : least), remaining);
    // equal steps up to the end, not full ones and a short one
    return Math.ceil(end / Math.ceil(end / most));
  }

  /** γ averaged over the next `count` steps of SGD: exact for a linear γ(t), as SGD's own for one step. */
  function averageRate(count: number): number {
    if (schedule.dependsOn === 'state') return schedule.rate(at(step, parameters));
    let growth = 0;
    if (schedule.dependsOn === 'accumulated') growth = at(step, parameters).gradientPower() / dimension;
    return rateOf((step + 0.5 * (count - 1)) / dimension, accumulated + 0.5 * (count + 1) * growth);
  }

  /** One step of at most `remaining` steps of SGD; returns their number. */
  function advanceOnce(remaining: number): number {
    field.drift(parameters, drift);
    const count = stride(averageRate(1), remaining);
    const rate = averageRate(count);
    const growth = schedule.dependsOn === 'accumulated' ? at(step, parameters).gradientPower() / dimension : 0;
    field.noise(parameters, noise);
    const scaled = (rate * count) / dimension;
    const kick = (rate * Math.sqrt(count / batchSize)) / dimension;
    for (let k = 0; k < parameters.length; k++) {
      drift[k] += ridge * parameters[k];
      predicted[k] = parameters[k] - scaled * drift[k] - kick * noise[k];
    }
    if (count > 1) {
      field.drift(predicted, nextDrift);
      const nextRate = schedule.dependsOn === 'state' ? schedule.rate(at(step + count, predicted)) : rate;
      const nextScaled = (nextRate * count) / dimension;
      for (let k = 0; k < parameters.length; k++) {
        const next = nextScaled * (nextDrift[k] + ridge * predicted[k]);
        parameters[k] -= 0.5 * (scaled * drift[k] + next) + kick * noise[k];
      }
    } else parameters.set(predicted);
    accumulated += count * growth;
    step += count;
    return count;
  }

  return {
    advance(steps) {
      for (let left = steps; left > 0;) left -= advanceOnce(left);
    },
    observe(row) {
      if (schedule.dependsOn === 'state') field.drift(parameters, nextDrift);
      const rate =
        schedule.dependsOn === 'state' ? schedule.rate(at(step, parameters)) : rateOf(step / dimension, accumulated);
      observer.observe(directions, parameters, null, rate, row);
    },
    dispose: () => undefined,
  };
}

/** Upper bound of the largest eigenvalue of Σ_i p_i (K_i + μ_i μ_iᵀ). */
function largestSecondMoment(mixture: Mixture): number {
  const { dimension, classes, priors, means } = mixture;
  let largest = averageEigenvalues(mixture).reduce((most, value) => Math.max(most, value), 0);
  for (let i = 0; i < classes; i++) {
    for (let rho = 0; rho < dimension; rho++) largest += priors[i] * squared(means[i * dimension + rho]);
  }
  return largest;
}
