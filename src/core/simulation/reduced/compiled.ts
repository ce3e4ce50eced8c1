/** The reduced chain in WebAssembly: which setups it covers, and their state in the form that it needs. */
import { type Setup } from '../../experiment.ts';
import { type CompiledRates } from '../../kernel/kernel.ts';
import { type ReducedProblem, startReducedChain } from '../../kernel/reduced.ts';
import { createRateOf } from '../rates.ts';
import { type ChainState, type ChainTables } from './chain.ts';
import { type Loop } from './loop.ts';

/** Losses that the compiled chain knows. */
function compiledLoss({ experiment }: Setup): ReducedProblem['loss'] | null {
  const { kind } = experiment.loss;
  return kind === 'logistic' || kind === 'binary-least-squares' ? kind : null;
}

/** Whether the compiled chain covers a setup: a binary loss, one sample per step, rates that do not look at the state. */
export function isCompiled(setup: Setup): boolean {
  const { optimizer } = setup.experiment;
  return (
    compiledLoss(setup) !== null &&
    setup.mixture.classes === 2 &&
    optimizer.batchSize === 1 &&
    (setup.schedule.dependsOn === 'time' || optimizer.schedule.kind === 'adagrad-norm')
  );
}

/**
 * Where the entries of the compiled state are: coordinates first, then the norms. A rest that no class has variance in
 * moves like a coordinate that no sample sees, and counts as one.
 */
interface Entries {
  /** Entries that are coordinates. */
  readonly coordinates: number;
  /** Blocks with a rest, in the order of their entries after the S basis directions. */
  readonly rests: readonly number[];
}

function entriesOf({ coordinates, blocks }: ChainState, { degrees }: ChainTables): Entries {
  const rests = blocks.flatMap((_, b) => (degrees[b] >= 0 ? [b] : []));
  const moves = (b: number) => blocks[b].eigenvalues.some((eigenvalue) => eigenvalue > 0);
  const still = rests.filter((b) => !moves(b));
  return { coordinates: coordinates.length + still.length, rests: [...still, ...rests.filter(moves)] };
}

/** The chain at its current state as a problem for the kernel. */
export function reducedProblem(setup: Setup, state: ChainState, tables: ChainTables, key: Uint32Array): ReducedProblem {
  const loss = compiledLoss(setup);
  if (!loss) throw new RangeError(`the compiled chain has no loss "${setup.experiment.loss.kind}"`);
  const { coordinates, rests } = entriesOf(state, tables);
  const { start: first, blocks } = state;
  const directions = state.coordinates.length;
  const entries = directions + rests.length;
  const means = new Float64Array(2 * entries);
  const deviations = new Float64Array(2 * entries);
  const degrees = new Float64Array(entries);
  const start = new Float64Array(entries);
  start.set(state.coordinates);
  for (let i = 0; i < 2; i++) {
    const row = i * entries;
    means.set(tables.means.subarray(i * directions, (i + 1) * directions), row);
    const deviationIn = (b: number) => tables.deviations[i * blocks.length + b];
    blocks.forEach((_, b) => deviations.fill(deviationIn(b), row + first[b], row + first[b + 1]));
    rests.forEach((b, k) => (deviations[row + directions + k] = deviationIn(b)));
  }
  rests.forEach((b, k) => {
    const entry = directions + k;
    start[entry] = state.roots[b];
    if (entry >= coordinates) degrees[entry] = tables.degrees[b];
  });
  const { dimension } = setup.mixture;
  const { ridge } = setup.experiment.optimizer;
  const { cumulated } = tables;
  return { dimension, loss, ridge, cumulated, coordinates, means, deviations, degrees, start, key };
}

/** Learning rates of the next steps; the array is used again. */
function createRates({ schedule, experiment, mixture }: Setup): (step: number, steps: number) => CompiledRates {
  const rule = experiment.optimizer.schedule;
  if (rule.kind === 'adagrad-norm') {
    const rates = { kind: 'adagrad-norm', rate: rule.rate, offset: rule.offset } as const;
    return () => rates;
  }
  const rateOf = createRateOf(schedule);
  let rates = new Float64Array(0);
  return (step, steps) => {
    const isConstant = rule.kind === 'constant';
    if (rates.length < steps) rates = new Float64Array(steps).fill(rateOf(0, 0));
    if (!isConstant) for (let k = 0; k < steps; k++) rates[k] = rateOf((step + k) / mixture.dimension, 0);
    return { kind: 'given', rates };
  };
}

/** The compiled loop from the chain's current state on. */
export function createCompiledLoop(setup: Setup, state: ChainState, tables: ChainTables, key: Uint32Array): Loop {
  const { rests } = entriesOf(state, tables);
  const problem = reducedProblem(setup, state, tables, key);
  const run = startReducedChain(problem);
  const ratesOf = createRates(setup);
  const now = problem.start.slice();
  const directions = state.coordinates.length;
  let step = 0;
  return {
    advance(steps) {
      run.advance(steps, ratesOf(step, steps));
      step += steps;
    },
    settle() {
      run.read(now);
      state.coordinates.set(now.subarray(0, directions));
      rests.forEach((b, k) => (state.roots[b] = now[directions + k]));
    },
    accumulated: () => run.gradientSquareSum(),
    dispose: () => run.dispose(),
  };
}
