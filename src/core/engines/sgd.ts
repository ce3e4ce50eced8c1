/** One-pass SGD (T1) as it is: every sample drawn, every coordinate updated, by an exchangeable kernel. */
import { type Setup } from '../experiment/setup.ts';
import { type KernelRun, type SgdKernel, type StepRates } from '../kernel/kernel.ts';
import { type Stream } from '../math/random.ts';
import { everyDirection, type Directions } from '../model/directions.ts';
import { MAX_ARRAY_DIMENSION } from '../model/model.ts';
import { createRiskOf } from '../observables/risk-of.ts';
import { createObserver } from '../observables/observe.ts';
import { rateAt } from '../schedule/schedule.ts';
import { eachAlone, type Engine, type EngineRun } from './engine.ts';
import { createStateRates } from './state-rates.ts';

/** Steps whose rates are tabulated at once. */
const MAX_CHUNK = 65536;

/** The engine over kernels: an experiment is run by the first that takes it. */
export function createSgdEngine(...kernels: readonly SgdKernel[]): Engine {
  function kernelOf({ experiment, schedule, update }: Setup): SgdKernel {
    const { loss } = experiment;
    const rule = experiment.optimizer.schedule.kind;
    const rates = schedule.dependsOn !== 'accumulated' ? 'given' : rule === 'adagrad-norm' ? rule : 'accumulated';
    const kernel = kernels.find((each) => each.takes(loss.kind, rates, update));
    if (!kernel) throw new RangeError(`no kernel for the loss "${loss.kind}" with the learning rate "${rule}"`);
    return kernel;
  }
  return {
    kind: 'sgd',
    label: 'SGD',
    refuses: ({ mixture }) =>
      mixture.dimension > MAX_ARRAY_DIMENSION
        ? `simulation.engine: expected "reduced" above ${MAX_ARRAY_DIMENSION} directions, got "sgd"`
        : null,
    chunk(setup) {
      const { mixture, loss, experiment } = setup;
      const perStep = mixture.dimension * loss.outputs * experiment.optimizer.batchSize;
      return Math.max(1, Math.min(MAX_CHUNK, Math.floor(kernelOf(setup).pace / perStep)));
    },
    start: eachAlone((setup, stream) => startSgd(kernelOf(setup), setup, stream)),
  };
}

/** X at t = 0, transposed (ℓ×d): zero, or iid N(0, scale²/d) from the start's seed and the run's own stream. */
export function startParameters(setup: Setup, stream: Stream): Float64Array {
  const { mixture, loss, experiment } = setup;
  const { start } = experiment.optimizer;
  const parameters = new Float64Array(loss.outputs * mixture.dimension);
  if (start.kind === 'gaussian') {
    const deviation = start.scale / Math.sqrt(mixture.dimension);
    const normals = stream.child('start', start.seed);
    for (let k = 0; k < parameters.length; k++) parameters[k] = deviation * normals.normal();
  }
  return parameters;
}

function startSgd(kernel: SgdKernel, setup: Setup, stream: Stream): EngineRun {
  const { mixture, loss, teacher, schedule, update, layout, groups, experiment } = setup;
  const { dimension, classes, priors, means, eigenvalues } = mixture;
  const { batchSize, ridge } = experiment.optimizer;
  const directions = everyDirection(mixture, teacher, groups.of);
  const average = createAverageRisk(setup, directions);
  const observer = createObserver(layout, loss, priors, (name) =>
    name === 'average_risk' && average ? [average(run, step / dimension)] : null,
  );
  const parameters = startParameters(setup, stream);
  const run = kernel.start({
    dimension,
    classes,
    outputs: loss.outputs,
    priors,
    deviations: eigenvalues.map(Math.sqrt),
    means,
    loss,
    teacher,
    labelNoise: loss.labelNoise,
    batchSize,
    ridge,
    update,
    start: parameters,
    key: stream.child('samples').key,
  });
  const stateRates = schedule.dependsOn === 'state' ? createStateRates(setup) : null;
  let step = 0;

  function advance(steps: number): void {
    if (stateRates) advanceByState(run, steps);
    else run.advance(steps, stepRates(setup, step, steps));
    step += steps;
  }

  function advanceByState(kernelRun: KernelRun, steps: number): void {
    for (let k = 0; k < steps; k++) {
      kernelRun.parameters(parameters);
      const rates = Float64Array.of(currentRate((step + k) / dimension));
      kernelRun.advance(1, { kind: 'given', rates });
    }
  }

  /** γ of the next step at the current `parameters`. */
  function currentRate(t: number): number {
    if (stateRates) return schedule.rate(stateRates.at(t, parameters));
    return rateAt(schedule, t, schedule.dependsOn === 'accumulated' ? run.gradientSquareSum() : 0);
  }

  return {
    advance,
    observe(row) {
      run.parameters(parameters);
      observer.observe(directions, parameters, null, currentRate(step / dimension), row);
    },
    dispose: () => run.dispose(),
  };
}

/** The risk of the average of a run's iterates at time t; null where the update has none. */
function createAverageRisk(
  { update, loss, mixture }: Setup,
  directions: Directions,
): ((run: KernelRun, t: number) => number) | null {
  const { average } = update;
  if (!average) return null;
  const riskOf = createRiskOf(directions, loss, mixture.priors);
  const parameters = new Float64Array(loss.outputs * mixture.dimension);
  return (run, t) => {
    const factor = average.factor(t);
    run.parameters(parameters, average.field);
    for (let k = 0; k < parameters.length; k++) parameters[k] *= factor;
    return riskOf(parameters, null);
  };
}

/** Rates of the next steps for a rule that needs no look at the state. */
function stepRates({ schedule, experiment, mixture }: Setup, step: number, steps: number): StepRates {
  const rule = experiment.optimizer.schedule;
  if (rule.kind === 'adagrad-norm') return { kind: 'adagrad-norm', rate: rule.rate, offset: rule.offset };
  if (schedule.dependsOn === 'accumulated') {
    const rate = (k: number, accumulated: number) => rateAt(schedule, (step + k) / mixture.dimension, accumulated);
    return { kind: 'accumulated', rate };
  }
  const rates = new Float64Array(steps);
  for (let k = 0; k < steps; k++) rates[k] = rateAt(schedule, (step + k) / mixture.dimension);
  return { kind: 'given', rates };
}
