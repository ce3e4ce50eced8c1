/** End points: minima of the empirical risk with a ridge on n samples, what no number of passes goes beyond; (E1)–(E3). */
import { type EndpointWhy } from '../../../refusal/codes/description.ts';
import { squared } from '../../math/elementary.ts';
import { finiteData } from '../../data/data-spec.ts';
import { type EndpointSpec, type Experiment, type Subject } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { classifies, labelsOf, outputsOf } from '../../loss/loss-spec.ts';
import { type Loss } from '../../loss/loss.ts';
import { everyDirection } from '../../model/directions.ts';
import { createObserver } from '../../observables/observe.ts';
import { fieldOf } from '../../observables/row-layout.ts';
import { isCentred } from '../finite/refusals.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { affordableSetup } from './affordable.ts';
import { type EndState } from './endpoint-state.ts';
import { leastSquaresEndpoint, smoothEndpoint, type ScalarFunction } from './mixture-endpoint.ts';
import { diagonalEndpoint } from './diagonal-endpoint.ts';
import { ridgeEndpoint } from './ridge-endpoint.ts';

/** Numbers of one end point; NaN where they could not be found, Infinity where they are without bound. */
export interface Endpoint {
  /** δ. */
  readonly ridge: number;
  /** n. */
  readonly samples: number;
  readonly trainRisk: number;
  readonly risk: number;
  /** Null for a loss that does not classify. */
  readonly error: number | null;
  /** ‖X‖². */
  readonly norm: number;
}

/** n of an end point: its own, that of the data, or the samples of the one pass that a stream is. */
function endpointSamples(
  { samples }: EndpointSpec,
  { data, model, horizon, optimizer }: Pick<Subject, 'data' | 'model' | 'horizon' | 'optimizer'>,
): number {
  return (
    samples ?? finiteData(data, model.dimension)?.samples ?? Math.round(horizon * model.dimension) * optimizer.batchSize
  );
}

/** Why an end point of a description is not known; null where it is. */
export function endpointRefusal({ ridge }: EndpointSpec, subject: Subject): EndpointWhy | null {
  const { model, loss } = subject;
  const byClass = labelsOf(subject).kind === 'class';
  const responses = loss.kind === 'teacher-least-squares';
  if (subject.parameterization.kind === 'diagonal')
    return responses && isIsotropic(subject) && ridge === 0 ? null : 'diagonal';
  if (!responses && !(byClass && ['binary-least-squares', 'logistic'].includes(loss.kind))) return 'loss';
  if (outputsOf(subject, model.priors.length).outputs > 1) return 'outputs';
  if (subject.optimizer.method.kind !== 'sgd') return 'method';
  return ridge > 0 || (responses && hasOneSpectrum(subject)) ? null : 'ridgeless';
}

const hasOneSpectrum = ({ model }: Pick<Subject, 'model'>): boolean => model.priors.length === 1 && isCentred(model);

/** One class without a mean and with equal eigenvalues. */
const isIsotropic = ({ model }: Pick<Subject, 'model'>): boolean =>
  hasOneSpectrum({ model }) && model.spectrum.kind === 'identity';

const known = new WeakMap<Experiment, readonly Endpoint[]>();

/** End points of a description, in the order given. */
export function endpointsOf(experiment: Experiment): readonly Endpoint[] {
  const specs = experiment.theory.endpoints ?? [];
  if (specs.length === 0) return [];
  let found = known.get(experiment);
  if (!found) {
    // at the model's d, whatever the curves are of
    const setup = { ...affordableSetup(experiment), experiment: { ...experiment, theory: { curves: [] } } };
    found = specs.map((spec) => endpointOf(setup, spec, endpointSamples(spec, experiment)));
    known.set(experiment, found);
  }
  return found;
}

/** Nodes stand for directions to this accuracy. */
const TOLERANCE = 1e-9;

function endpointOf(setup: Setup, { ridge }: EndpointSpec, samples: number): Endpoint {
  const { layout, loss, mixture, experiment } = setup;
  // with fewer directions for many, there are fewer samples for each in proportion
  const shown = (samples * mixture.dimension) / experiment.model.dimension;
  // of a network each coordinate counts by itself
  const directions =
    setup.diagonal === null
      ? reduceDirections(setup, TOLERANCE)
      : everyDirection(mixture, setup.teacher, setup.groups.of);
  const noise = squared(loss.labels.noise);
  const problem = { directions, priors: mixture.priors, samples: shown, ridge };
  const responses = loss.teacherOutputs > 0;
  const state = ((): EndState | null => {
    if (setup.diagonal !== null && shown < mixture.dimension)
      return diagonalEndpoint(setup.teacher, mixture.eigenvalues[0], shown, setup.diagonal, noise);
    if (responses && hasOneSpectrum(experiment)) return ridgeEndpoint(directions, shown, ridge, noise);
    if (loss.leastSquares) return leastSquaresEndpoint(problem, targetsOf(loss, mixture.classes), noise);
    return smoothEndpoint(
      problem,
      Array.from(mixture.priors, (_, i) => scalarFunction(loss, i)),
    );
  })();
  if (!state)
    return { ridge, samples, trainRisk: NaN, risk: NaN, error: classifies(experiment) ? NaN : null, norm: NaN };
  const row = new Float64Array(layout.size);
  const observer = createObserver(layout, loss, mixture.priors, (name) =>
    name === 'train_risk' ? [state.train] : null,
  );
  observer.observe(directions, state.mean, state.variance, 0, row);
  const of = (key: string) => row[fieldOf(layout, key).offset];
  return {
    ridge,
    samples,
    trainRisk: state.train,
    risk: of('risk'),
    error: classifies(experiment) ? of('error') : null,
    norm: of('norm'),
  };
}

/** y_i: minus the slope at r = 0; 0 with a teacher. */
function targetsOf(loss: Loss, classes: number): Float64Array {
  const targets = new Float64Array(classes);
  if (loss.teacherOutputs > 0) return targets;
  const zero = new Float64Array(1);
  const slope = new Float64Array(1);
  return targets.map((_, i) => {
    loss.gradient(i, zero, zero, slope);
    return -slope[0];
  });
}

/** Outputs at which a bounded slope has its bounds, to rounding. */
const FAR = 1e3;

function scalarFunction(loss: Loss, i: number): ScalarFunction {
  const output = new Float64Array(1);
  const none = new Float64Array(1);
  const out = new Float64Array(1);
  const slope = (r: number): number => {
    output[0] = r;
    loss.gradient(i, output, none, out);
    return out[0];
  };
  return {
    slope,
    value(r) {
      output[0] = r;
      return loss.value(i, output, none);
    },
    curvature(r) {
      output[0] = r;
      loss.hessian(i, output, none, out);
      return out[0];
    },
    slopes: [slope(-FAR), slope(FAR)],
  };
}
