/** One-pass SGD (T1) as it is: every sample drawn, every coordinate updated, by an exchangeable kernel. */
import { type Setup } from '../experiment/setup.ts';
import { arrayBytes, workOf } from '../experiment/cost.ts';
import { type Subject } from '../experiment/schema.ts';
import { startParameters } from '../experiment/start.ts';
import { COMPILED_LABELS, COMPILED_LOSSES, type KernelRun, type SgdKernel, type StepRates } from '../kernel/kernel.ts';
import { ROWS_PACE } from '../kernel/rows.ts';
import { oracleKernel } from '../kernel/oracle.ts';
import { createWasmKernel } from '../kernel/wasm.ts';
import { createPasses, passesMemory, passesSamples, stepEntries } from './passes.ts';
import { createSchedule } from '../schedule/schedule-spec.ts';
import { followed } from '../loss/loss.ts';
import { labelsOf, lossKind } from '../loss/loss-spec.ts';
import { type Stream } from '../math/random.ts';
import { everyDirection, type Directions } from '../model/directions.ts';
import { MAX_ARRAY_DIMENSION } from '../model/model.ts';
import { createRiskOf } from '../observables/risk-of.ts';
import { createObserver } from '../observables/observe.ts';
import { rateAt } from '../schedule/schedule.ts';
import { createUpdate } from '../update/create-update.ts';
import { eachAlone, runSeconds, type EngineKind, type EngineRun } from './engine.ts';
import { createStateRates } from './state-rates.ts';
import { type Condition } from '../../refusal/codes/description.ts';

/** Steps whose rates are tabulated at once. */
const MAX_CHUNK = 65536;

/** What an engine that keeps arrays over all directions is not for; null where it is. */
export const refusesArraysAbove = ({ model }: Subject): Condition | null =>
  model.dimension > MAX_ARRAY_DIMENSION ? { code: 'above-directions', allowed: { most: MAX_ARRAY_DIMENSION } } : null;

/** A rule that looks at the law of the outputs: that of the population, which finite data do not show. */
const looksAtState = ({ optimizer, horizon }: Subject): boolean =>
  createSchedule(optimizer.schedule, horizon).dependsOn === 'state';
const STATE_RULE: Condition = { code: 'state-rule-on-data', allowed: {} };

/** Times as long as a compiled loss in the inner loop: see test/bench/kernel.bench.ts. */
const PLAIN_LOSS = 30;
/** Classes of the experiment that shows what further outputs cost. */
const CLASSES = 4;

/** The engine over kernels: an experiment is run by the first that takes it. */
export function createSgdEngine(...kernels: readonly SgdKernel[]): EngineKind {
  function kernelOf({ experiment, schedule, update, loss }: Setup): SgdKernel {
    const rule = experiment.optimizer.schedule.kind;
    const rates = schedule.dependsOn !== 'accumulated' ? 'given' : rule === 'adagrad-norm' ? rule : 'accumulated';
    const kernel = kernels.find((each) => each.takes(loss, rates, update));
    if (!kernel) throw new RangeError(`no kernel for the loss "${loss.kind}" with the learning rate "${rule}"`);
    return kernel;
  }
  const engine: EngineKind = {
    kind: 'sgd',
    label: 'SGD',
    exact: true,
    refuses: (subject) =>
      refusesArraysAbove(subject) ?? (subject.data.kind !== 'stream' && looksAtState(subject) ? STATE_RULE : null),
    /** One coordinate of one step with one output and one sample; the share of it that every further output adds. */
    rates: { coordinateStep: 1.5e-9, furtherOutput: 0.2 },
    cost(experiment, _threads, rates) {
      const { dimension, outputs } = workOf(experiment);
      const samples = passesSamples(experiment) ?? workOf(experiment).samples;
      const width = 1 + (outputs - 1) * rates.furtherOutput;
      const labels = labelsOf(experiment).kind;
      const loss = lossKind(experiment.loss.kind).compiledAs?.(experiment.loss) ?? experiment.loss.kind;
      const linear = experiment.parameterization.kind === 'linear';
      const compiled = linear && COMPILED_LOSSES.includes(loss) && COMPILED_LABELS.includes(labels);
      const slowness = compiled ? 1 : PLAIN_LOSS;
      const { plain, fields } = createUpdate(experiment.optimizer, dimension);
      // a further field is a further pass over the coordinates
      const passes = plain ? 1 : fields.length;
      return samples * dimension * width * rates.coordinateStep * slowness * passes;
    },
    async probe(bench) {
      const binary = bench.setup({ horizon: 5 });
      const many = bench.setup({ horizon: 3, classes: CLASSES });
      const perCoordinate = async (setup: Setup) =>
        (await runSeconds(engine, bench, setup)) / (setup.steps[setup.steps.length - 1] * setup.mixture.dimension);
      const coordinateStep = await perCoordinate(binary);
      const furtherOutput = Math.max(0, (await perCoordinate(many)) / coordinateStep - 1) / (CLASSES - 1);
      return { coordinateStep, furtherOutput };
    },
    memory: (experiment) => arrayBytes(experiment) + passesMemory(experiment),
    runsTogether: () => 1,
    chunk(setup) {
      const kernel = setup.diagonal === null ? kernelOf(setup) : oracleKernel;
      const pace = setup.data ? ROWS_PACE : kernel.pace;
      return Math.max(1, Math.min(MAX_CHUNK, Math.floor(pace / stepEntries(setup))));
    },
    start: eachAlone((setup, stream, number) => startSgd(setup.data ? null : kernelOf(setup), setup, stream, number)),
  };
  return engine;
}

export const sgd = createSgdEngine(createWasmKernel(), oracleKernel);

/** @param kernel null where steps read the rows of finite data, those of the run of that number. */
function startSgd(kernel: SgdKernel | null, setup: Setup, stream: Stream, number: number): EngineRun {
  const { mixture, teacher, schedule, update, layout, groups, experiment } = setup;
  const { loss, values, learnedSlope } = followed(setup.loss);
  const { dimension, classes, priors, means, eigenvalues } = mixture;
  const { batchSize, ridge } = experiment.optimizer;
  const directions = everyDirection(mixture, teacher, groups.of);
  const average = createAverageRisk(setup, directions);
  const passes = setup.data && createPasses({ ...setup, loss }, setup.data, number);
  const observer = createObserver(layout, loss, priors, (name) => {
    if (name === 'train_risk' && passes) return [passes.risk(parameters)];
    if (name === 'second_layer') return values;
    if (name === 'effective_scale' && run.effectiveScale) return [run.effectiveScale()];
    if (name === 'l1') return [absoluteSum(parameters) / Math.sqrt(dimension)];
    return name === 'average_risk' && average ? [average(run, step / dimension)] : null;
  });
  const parameters = startParameters(setup, stream);
  const problem = {
    dimension,
    classes,
    outputs: loss.outputs,
    priors,
    deviations: eigenvalues.map(Math.sqrt),
    means,
    loss,
    diagonal: setup.diagonal,
    learned: learnedSlope && { values, slope: learnedSlope },
    teacher,
    batchSize,
    ridge,
    update,
    start: parameters,
    key: stream.child('samples').key,
  };
  const run = passes
    ? passes.start(problem, stream.child('order'))
    : (setup.diagonal === null && kernel ? kernel : oracleKernel).start(problem);
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

/** ‖X‖₁. */
const absoluteSum = (parameters: Float64Array): number => parameters.reduce((sum, x) => sum + Math.abs(x), 0);

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
