/** The effective start of a setup's escape, on the nodes that its theory is solved on. */
import { type Setup } from '../../experiment/setup.ts';
import { createCoupling } from '../equations/coupling.ts';
import { createDrift } from '../equations/drift.ts';
import { createProblem, stateShape } from '../equations/problem.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { type TheoryOptions } from '../theory.ts';
import { effectiveStart } from './effective-start.ts';

/** x̄ at t = 0 for z = 1, times √w of each node. */
export function startOfEscape(setup: Setup, options: TheoryOptions & { readonly noise: boolean }): Float64Array {
  const { noise, tolerance } = options;
  const problem = createProblem(setup, reduceDirections(setup, tolerance), { noise });
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  const drift = createDrift(problem, shape, coupling);
  const last = setup.steps[setup.steps.length - 1] / setup.mixture.dimension;
  return effectiveStart(problem, shape, coupling, drift, last);
}
