/** The compiled reduced chain against the readable one: step by step for the same draws, and in law. */
import { describe, expect, it } from 'vitest';
import { acquireInstance, releaseInstance } from '../../../src/core/wasm/instance.ts';
import {
  type ReducedDraw,
  reducedDraws,
  type ReducedProblem,
  startReducedChains,
} from '../../../src/core/kernel/reduced-chain.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { reducedBlocks } from '../../../src/core/engines/reduced/blocks.ts';
import {
  type ChainState,
  type ChainTables,
  createChainState,
  createChainTables,
} from '../../../src/core/engines/reduced/chain.ts';
import { compiledState, reducedProblem } from '../../../src/core/engines/reduced/compiled.ts';
import { COMPILED_RUNS, isCompiled } from '../../../src/core/engines/reduced/coverage.ts';
import { createReducedEngine, reduced } from '../../../src/core/engines/reduced/reduced-engine.ts';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { createScalarChain } from '../../../src/core/engines/reduced/scalar.ts';
import { Sampler } from '../../../src/core/engines/sampler.ts';
import { setupOf } from '../theory/solving.ts';
import {
  deviations,
  ensemble,
  kolmogorovSmirnov,
  kolmogorovSmirnovLimit,
  rowsOf,
  together,
  withoutError,
} from './ensembles.ts';

const readable = createReducedEngine(() => false);
/** As in reduced.test.ts: seeds are fixed, and a correct chain fails one comparison in 16,000 at 4 errors. */
const ERRORS = 4;
const KS_LIMIT = kolmogorovSmirnovLimit(1e-4);
const SEEDS = 4000;

const grid = { kind: 'linear', points: 4 };
const constant = (rate: number) => ({ schedule: { kind: 'constant', rate } });
const logistic = { kind: 'logistic' };
const leastSquares = { kind: 'binary-least-squares' };
const gaussian = { start: { kind: 'gaussian', seed: 2, scale: 1 } };

const zeroOne = (dimension: number, tuples: number[][], arrangement: object = { kind: 'opposite' }) => ({
  dimension,
  priors: [0.4, 0.6],
  spectrum: {
    kind: 'zero-one',
    blocks: tuples.map((eigenvalues) => ({ fraction: 1 / tuples.length, eigenvalues })),
  },
  means: { arrangement, profile: { kind: 'flat' } },
});
const one = [[1, 1]];
const four = [
  [1, 1],
  [0, 0],
  [0, 1],
  [1, 0],
];
/** Directions in groups with 1 to 4 more than their span, so that some are kept one by one and some degrees are few. */
const small = {
  dimension: 24,
  priors: [0.5, 0.5],
  spectrum: {
    kind: 'custom',
    eigenvalues: [1, 0.5].map((factor) =>
      [2, 3, 4, 5, 10].flatMap((size) => new Array<number>(size).fill(factor * size)),
    ),
  },
  means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
};

const cases = [
  { name: 'one block', model: zeroOne(200, one), loss: logistic, optimizer: constant(1) },
  { name: 'four blocks', model: zeroOne(200, four), loss: logistic, optimizer: constant(2) },
  {
    name: 'general means, a ridge, a decay, a gaussian start',
    model: zeroOne(120, four, { kind: 'gaussian', seed: 3 }),
    loss: leastSquares,
    optimizer: {
      schedule: { kind: 'power-decay', rate: 0.8, timescale: 1, exponent: 0.5 },
      ridge: 0.3,
      ...gaussian,
    },
  },
  { name: 'blocks of a few directions', model: small, loss: leastSquares, optimizer: constant(0.1) },
  {
    name: 'AdaGrad-Norm',
    model: zeroOne(100, four),
    loss: logistic,
    optimizer: { schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 }, ridge: 0.1, ...gaussian },
  },
];

const setups = cases.map(({ name, ...description }) => ({
  name,
  setup: withoutError(setupOf({ ...description, horizon: 1.5, grid })),
}));

describe('the compiled reduced chain', () => {
  it.each(setups)('has the law of the readable one: $name', async ({ setup }) => {
    expect(isCompiled(setup.experiment)).toBe(true);
    const compiled = await ensemble(reduced, setup, SEEDS);
    const plain = await ensemble(readable, setup, SEEDS, SEEDS);
    for (const point of [1, 2, 3]) {
      for (const key of ['risk', 'norm', 'overlap', 'group_norm']) {
        const [left, right] = [compiled.values(point, key), plain.values(point, key)];
        const label = `${key} at point ${point}`;
        const { mean, sd } = deviations(left, right);
        expect(mean, `mean of ${label}`).toBeLessThan(ERRORS);
        expect(sd, `sd of ${label}`).toBeLessThan(ERRORS);
        expect(kolmogorovSmirnov(left, right), `law of ${label}`).toBeLessThan(KS_LIMIT);
      }
    }
  });

  it.each(setups)('follows the readable one to rounding for the same draws: $name', ({ setup }) => {
    const state = createChainState(reducedBlocks(setup).blocks, 1);
    state.coordinates.fill(-0.3);
    state.roots.fill(0.5);
    const tables = createChainTables(state, setup.mixture.priors);
    const problem = reducedProblem(setup, state, tables);
    const { dimension, ridge } = problem;
    const { key } = rootStream(3);
    const now = compiledState(state, tables);
    const draws = reducedDraws(problem, key);
    const run = startReducedChains(problem, [{ state: now, key }]);
    const replay = new Replay();
    const chain = createScalarChain(state, tables, setup.loss, 1, replay);
    const adaptive = setup.schedule.dependsOn === 'accumulated';
    let squares = 0;
    for (let step = 0; step < 500; step++) {
      replay.load(draws(), problem, state, tables);
      chain.draw();
      squares += chain.gradientSquare() / dimension ** 2;
      const rate = adaptive ? 1 / Math.sqrt(4 + squares) : 0.1;
      chain.apply(rate / dimension, 1 - (rate / dimension) * ridge);
      run.advance(
        1,
        adaptive ? { kind: 'adagrad-norm', rate: 1, offset: 2 } : { kind: 'given', rates: Float64Array.of(rate) },
      );
    }
    run.read(0, now);
    run.dispose();
    const expected = [...state.coordinates, ...restsInOrder(state, tables).map((b) => state.roots[b])];
    // 500 steps of a few operations each, on numbers of order one: 500 × 16 roundings
    now.forEach((value, entry) => expect(Math.abs(value - expected[entry]), `entry ${entry}`).toBeLessThan(2e-12));
  });

  it('has the logistic function to four roundings, and its limits', () => {
    const instance = acquireInstance();
    const expected = (r: number) => (r >= 0 ? 1 / (1 + Math.exp(-r)) : Math.exp(r) / (1 + Math.exp(r)));
    for (let k = 0; k <= 100_000; k++) {
      const r = -40 + k * 0.0008;
      const error = Math.abs(instance.sigmoidOf(r) - expected(r));
      if (!(error <= 4 * Number.EPSILON * expected(r))) expect.fail(`error ${error} at r = ${r}`);
    }
    expect([-Infinity, -800, 0, 800, Infinity].map((r) => instance.sigmoidOf(r))).toEqual([0, 0, 0.5, 1, 1]);
    expect(instance.sigmoidOf(Number.NaN)).toBeNaN();
    releaseInstance(instance);
  });

  it('takes what it covers and leaves the rest to the readable chain', () => {
    const [first] = cases;
    const compiles = (optimizer: object, loss: object = logistic) =>
      isCompiled(setupOf({ model: first.model, loss, optimizer, horizon: 1, grid }).experiment);
    expect(compiles(constant(1))).toBe(true);
    expect(compiles({ ...constant(1), batchSize: 2 })).toBe(false);
    expect(compiles({ schedule: { kind: 'polyak' } })).toBe(false);
    expect(compiles({ schedule: { kind: 'line-search' } })).toBe(false);
    expect(compiles(constant(1), { kind: 'softmax' })).toBe(false);
  });

  it('gives the same numbers to a run whatever else was run, and however it is cut into calls', async () => {
    const { setup } = setups[2];
    const alone = await rowsOf(reduced, setup, 3);
    await rowsOf(reduced, setup, 2);
    expect(await rowsOf(reduced, setup, 3)).toEqual(alone);
    expect(await rowsOf({ ...reduced, chunk: () => 7 }, setup, 3)).toEqual(alone);
    expect(await rowsOf(reduced, setup, 4)).not.toEqual(alone);
  });

  it.each([1, 2, 3, 7, 100, 999_999_998])('draws chi-squares of %d degrees with the right law', (n) => {
    const problem: ReducedProblem = {
      dimension: n + 2,
      loss: 'logistic',
      ridge: 0,
      prior: 0.5,
      coordinates: 1,
      means: new Float64Array(4),
      deviations: new Float64Array(4).fill(1),
      degrees: Float64Array.of(0, n),
    };
    const draws = reducedDraws(problem, rootStream(8).key);
    const count = 200_000;
    // standardised, so that a large mean does not hide the spread
    const values = Float64Array.from({ length: count }, () => (draws().squares[1] - n) / Math.sqrt(2 * n));
    const moment = (power: number) => values.reduce((sum, x) => sum + x ** power, 0) / count;
    const fourth = 3 + 12 / n;
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt((fourth - 1) / count));
    const reference = new Sampler(rootStream(9).key);
    const other = Array.from({ length: count }, () => (reference.chiSquare(n) - n) / Math.sqrt(2 * n));
    expect(kolmogorovSmirnov([...values], other)).toBeLessThan(KS_LIMIT);
  });
});

describe('reduced runs that advance together', () => {
  const more = [
    ...setups,
    {
      name: 'a thousand blocks, whose steps take more numbers than are made at once',
      setup: withoutError(
        setupOf({
          model: zeroOne(
            12_000,
            Array.from({ length: 1000 }, (_, k) => four[k % 4]),
          ),
          loss: logistic,
          optimizer: constant(1),
          horizon: 0.02,
          grid,
        }),
      ),
    },
  ];
  const groups = [[3, 0], [0, 1, 2], [5, 3, 1, 0], Array.from({ length: 2 * COMPILED_RUNS + 1 }, (_, run) => run)];

  it.each(more)('have the bits that each has alone, in groups of any size: $name', async ({ setup }) => {
    const alone = await Promise.all(
      Array.from({ length: 2 * COMPILED_RUNS + 1 }, (_, run) => rowsOf(reduced, setup, run)),
    );
    expect(alone[1].at(-1)).not.toEqual(alone[0].at(-1));
    for (const runs of groups) {
      for (const [place, { rows, outcome }] of (await together(reduced, setup, runs)).entries()) {
        expect(outcome.status).toBe('done');
        expect(rows, `run ${runs[place]} of ${runs.length}`).toEqual(alone[runs[place]]);
      }
    }
  });

  it.each([
    ['the readable chain', readable],
    ['full SGD', engineKind('sgd')],
    ['homogenised SGD', engineKind('hsgd')],
  ])('have the bits that each has alone in %s too', async (_, engine) => {
    const { setup } = setups[4];
    const [first, second] = await together(engine, setup, [2, 0]);
    expect(first.rows).toEqual(await rowsOf(engine, setup, 2));
    expect(second.rows).toEqual(await rowsOf(engine, setup, 0));
  });

  it('go on when one of them diverges', async () => {
    // all grow at this rate; at this time some are beyond all bounds, and others not yet
    const setup = setupOf({
      model: zeroOne(8, one),
      loss: leastSquares,
      optimizer: constant(2),
      horizon: 290,
      grid: { kind: 'linear', points: 60 },
    });
    const runs = [0, 1, 2, 3, 4, 5, 6, 7];
    const alone = await Promise.all(runs.map(async (run) => (await together(reduced, setup, [run]))[0]));
    expect(new Set(alone.map(({ outcome }) => outcome.status))).toEqual(new Set(['done', 'diverged']));
    expect(await together(reduced, setup, runs)).toEqual(alone);
  });

  it('stop together, each with the rows that it has', async () => {
    const { setup } = setups[0];
    let looks = 0;
    const engine = { ...reduced, chunk: () => 4 };
    const stopped = await together(engine, setup, [1, 0], () => ++looks > 75);
    for (const [place, { rows, outcome }] of stopped.entries()) {
      expect(outcome).toEqual({ status: 'cancelled', t: 150 / setup.mixture.dimension });
      expect(rows).toEqual((await rowsOf(reduced, setup, [1, 0][place])).slice(0, rows.length));
      expect(rows.length).toBe(setup.steps.filter((step) => step <= 150).length);
    }
  });
});

/** Blocks with a rest, in the order of the compiled state: those without variance first. */
function restsInOrder({ blocks }: ChainState, { degrees }: ChainTables): number[] {
  const moves = (b: number) => Number(blocks[b].eigenvalues.some((eigenvalue) => eigenvalue > 0));
  return [...degrees.keys()].filter((b) => degrees[b] >= 0).sort((b, other) => moves(b) - moves(other) || b - other);
}

/** Gives the readable chain what the compiled one drew. */
class Replay extends Sampler {
  private class = 0;
  private normalQueue: number[] = [];
  private chiSquareQueue: number[] = [];

  constructor() {
    super(rootStream(0).key);
  }

  load(
    draw: ReducedDraw,
    { means, deviations, degrees }: ReducedProblem,
    state: ChainState,
    tables: ChainTables,
  ): void {
    const rests = restsInOrder(state, tables);
    const directions = state.coordinates.length;
    const row = draw.classIndex * degrees.length;
    const normalOf = (entry: number) => {
      const deviation = deviations[row + entry];
      if (deviation !== 0) this.normalQueue.push((draw.sample[entry] - means[row + entry]) / deviation);
    };
    // the chain asks for uniforms in (0, 1): the middle of the class
    this.class = draw.classIndex === 0 ? tables.cumulated[0] / 2 : (tables.cumulated[0] + 1) / 2;
    this.normalQueue = [];
    this.chiSquareQueue = [];
    state.blocks.forEach((_, b) => {
      for (let k = state.start[b]; k < state.start[b + 1]; k++) normalOf(k);
      const entry = directions + rests.indexOf(b);
      if (entry < directions) return;
      normalOf(entry);
      const deviation = deviations[row + entry];
      if (deviation !== 0) this.chiSquareQueue.push(draw.squares[entry] / deviation ** 2);
    });
  }

  override uniform(): number {
    return this.class;
  }

  override normal(): number {
    return this.normalQueue.shift() ?? Number.NaN;
  }

  override chiSquare(): number {
    return this.chiSquareQueue.shift() ?? Number.NaN;
  }
}
