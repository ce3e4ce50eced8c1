/** Reduced runs in WebAssembly: their state in the form that the compiled chain needs. */
import { type Setup } from '../../experiment/setup.ts';
import { type CompiledRates } from '../../kernel/kernel.ts';
import { type ReducedProblem, startReducedChains } from '../../kernel/reduced-chain.ts';
import { createRateOf } from '../rates.ts';
import { type ChainState, type ChainTables } from './chain.ts';
import { compiledLoss } from './coverage.ts';
import { type Loop } from './loop.ts';

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

/** What the compiled chain needs to know of a setup, from a state of its blocks. */
export function reducedProblem(setup: Setup, state: ChainState, tables: ChainTables): ReducedProblem {
  const loss = compiledLoss(setup.experiment);
  if (!loss) throw new RangeError(`the compiled chain has no loss "${setup.experiment.loss.kind}"`);
  const { coordinates, rests } = entriesOf(state, tables);
  const { start: first, blocks } = state;
  const directions = state.coordinates.length;
  const entries = directions + rests.length;
  const means = new Float64Array(2 * entries);
  const deviations = new Float64Array(2 * entries);
  const degrees = new Float64Array(entries);
  for (let i = 0; i < 2; i++) {
    const row = i * entries;
    means.set(tables.means.subarray(i * directions, (i + 1) * directions), row);
    const deviationIn = (b: number) => tables.deviations[i * blocks.length + b];
    blocks.forEach((_, b) => deviations.fill(deviationIn(b), row + first[b], row + first[b + 1]));
    rests.forEach((b, k) => (deviations[row + directions + k] = deviationIn(b)));
  }
  rests.forEach((b, k) => {
    const entry = directions + k;
    if (entry >= coordinates) degrees[entry] = tables.degrees[b];
  });
  const { dimension } = setup.mixture;
  const { ridge } = setup.experiment.optimizer;
  return { dimension, loss, ridge, prior: tables.cumulated[0], coordinates, means, deviations, degrees };
}

/** The chain's state as the compiled chain has it. */
export function compiledState(state: ChainState, tables: ChainTables): Float64Array {
  return Float64Array.from([...state.coordinates, ...entriesOf(state, tables).rests.map((b) => state.roots[b])]);
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

/**
 * The compiled loop from the chains' current states on.
 * @param keys one per state.
 */
export function createCompiledLoop(
  setup: Setup,
  states: readonly ChainState[],
  tables: ChainTables,
  keys: readonly Uint32Array[],
): Loop {
  const [first] = states;
  const { rests } = entriesOf(first, tables);
  const directions = first.coordinates.length;
  const now = new Float64Array(directions + rests.length);
  const runs = startReducedChains(
    reducedProblem(setup, first, tables),
    states.map((state, run) => ({ state: compiledState(state, tables), key: keys[run] })),
  );
  const ratesOf = createRates(setup);
  let step = 0;
  return {
    advance(steps) {
      runs.advance(steps, ratesOf(step, steps));
      step += steps;
    },
    settle(run) {
      runs.read(run, now);
      const { coordinates, roots } = states[run];
      coordinates.set(now.subarray(0, directions));
      rests.forEach((b, k) => (roots[b] = now[directions + k]));
    },
    accumulated: (run) => runs.gradientSquareSum(run),
    dispose: () => runs.dispose(),
  };
}
