/** Solves the theory of an experiment: (T4)–(T5) from the start to the last grid time, a row at every grid time. */
import { type Loss } from '../loss/loss.ts';
import { Refused } from '../../refusal/refusal.ts';
import { overflowed, type Overflow, type ShouldStop } from '../experiment/outcome.ts';
import { createCoupling, type Coupling } from './equations/coupling.ts';
import { reduceDirections } from './nodes/directions.ts';
import { createDrift, type TheoryDrift } from './equations/drift.ts';
import { rosenbrock } from './integrator/rosenbrock.ts';
import { rungeKutta } from './integrator/runge-kutta.ts';
import { dop853 } from './integrator/tables/dop853.ts';
import { rodas5p } from './integrator/tables/rodas5p.ts';
import { takeFirstSteps, type FirstStepsEnd } from './first-steps.ts';
import { INTERRUPTED, unlessInterrupted } from './integrator/integrate.ts';
import { march, type MarchEnd } from './march.ts';
import { stateNorm } from './equations/norm.ts';
import { createProblem, segmentEnds, startState, stateShape, type Problem } from './equations/problem.ts';
import { createRecorder } from './recorder.ts';
import { createImplicitDrift, type ImplicitDrift } from './jacobian/implicit-drift.ts';
import { theoryRefusal } from '../update/refusals.ts';
import { type SolveTheory } from './theory.ts';

/**
 * The Rosenbrock method's estimate is that of its embedded method of order 4: errors are about a tenth of it, at the
 * step sizes of the tolerances in use. DOP853's are about as large as estimated.
 */
const STIFF_TOLERANCE = 10;

/** @throws RangeError if the tolerance is not in (0, 1), Refused if the update has no theory with its learning rate. */
export const solveTheory: SolveTheory = (setup, { noise, tolerance: asked, onRow, shouldStop, escape }) => {
  if (!(asked > 0 && asked < 1)) throw new RangeError(`expected a tolerance in (0, 1), got ${asked}`);
  const tolerance = Math.max(asked, setup.loss.momentAccuracy ?? 0);
  const refusal = theoryRefusal(setup.update, setup.schedule);
  if (refusal) throw new Refused([{ path: 'optimizer.schedule.kind', ...refusal }]);
  const described = createProblem(setup, reduceDirections(setup, tolerance), { noise });
  const problem = interruptible(escape ? { ...described, start: escape.start } : described, shouldStop);
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  // rates of the state are evaluated at grid times too: that must leave no trace in the integration
  const recordingCoupling = problem.schedule.dependsOn === 'state' ? createCoupling(problem, shape) : coupling;
  const times = setup.steps.map((step) => step / setup.mixture.dimension);
  const norm = stateNorm(problem, shape, tolerance);
  const plain = counted(createDrift(problem, shape, coupling));
  const last = times[times.length - 1];
  const recorder = createRecorder(problem, shape, recordingCoupling, setup.layout, times, onRow);
  const y = startState(problem, shape);
  let first: FirstStepsEnd = { t: 0, steps: 0, outcome: { status: 'cancelled', t: 0 } };
  unlessInterrupted(() => {
    first = takeFirstSteps(problem, shape, coupling, plain, recorder, last, y, shouldStop);
  });
  const common = {
    shape,
    norm,
    recorder,
    explicit: rungeKutta(dop853).create(shape.size, norm),
    shouldStop,
    ends: segmentEnds(problem, last),
    overflow(t: number, state: Float64Array): Overflow {
      let found: Overflow = { quantity: 'drift', value: Infinity };
      unlessInterrupted(() => (found = overflowAt(problem, coupling, plain, t, state)));
      return found;
    },
    start: first.t,
    y,
  };
  const flow = (): MarchEnd => {
    const drift = createImplicitDrift(problem, shape, coupling, plain);
    const stiff = () => rosenbrock(rodas5p).create(shape.size, stateNorm(problem, shape, STIFF_TOLERANCE * tolerance));
    return drift
      ? march<ImplicitDrift>({ ...common, drift, stiff, stiffCost: drift.stepCost })
      : march({ ...common, drift: plain, stiff: null, stiffCost: 1 });
  };
  const end = first.outcome ? { outcome: first.outcome, accepted: 0, rejected: 0, integrators: [] } : flow();
  return {
    outcome: end.outcome,
    accepted: first.steps + end.accepted,
    rejected: end.rejected,
    evaluations: first.steps + plain.count,
    integrator: [...(first.steps > 0 ? ['steps'] : []), ...end.integrators].join(', then '),
    nodes: shape.nodes,
    momentError: coupling.momentError,
  };
};

/** What is too large at a state: the risk or the learning rate where they are no finite numbers, else the drift. */
function overflowAt(problem: Problem, coupling: Coupling, drift: TheoryDrift, t: number, y: Float64Array): Overflow {
  const slope = new Float64Array(y.length);
  drift.evaluate(t, y, slope);
  const rate = coupling.evaluate(t, y);
  const { mean, covariance } = coupling.law;
  const law = [...mean, ...covariance].every((values) => values.every(Number.isFinite));
  const risk = coupling.moments.reduce((sum, moments, i) => sum + problem.priors[i] * moments.risk, 0);
  if (!law || !Number.isFinite(risk)) return { quantity: 'risk', value: Infinity };
  if (!Number.isFinite(rate)) return { quantity: 'learning rate', value: overflowed(rate) };
  const largest = slope.reduce((most, value) => Math.max(most, overflowed(Math.abs(value))), 0);
  return { quantity: 'drift', value: largest };
}

/** The problem whose moments, where they are sums over points, throw `INTERRUPTED` when told to stop: steps may be long. */
function interruptible(problem: Problem, shouldStop: ShouldStop): Problem {
  const { loss } = problem;
  if (loss.slopes || loss.leastSquares) return problem;
  const moments: Loss['moments'] = (...law) => {
    if (shouldStop()) throw INTERRUPTED;
    loss.moments(...law);
  };
  return { ...problem, loss: { ...loss, moments } };
}

/** The drift with a count of its evaluations. */
function counted<D extends TheoryDrift>(drift: D): D & { count: number } {
  const result = {
    ...drift,
    count: 0,
    evaluate(t: number, y: Float64Array, out: Float64Array) {
      result.count++;
      drift.evaluate(t, y, out);
    },
  };
  return result;
}
