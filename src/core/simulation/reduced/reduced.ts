/**
 * Exact reduced SGD (docs/reduced-sgd.md): the law of SGD's statistics for covariances with few distinct eigenvalues,
 * at a cost per step that does not depend on d. Not an approximation: what is not followed, the direction of X inside a
 * block of equal eigenvalues, has no influence on any observable.
 */
import { type Setup } from '../../experiment.ts';
import { type Stream } from '../../math/random.ts';
import { blockDirections, MANY_BLOCKS_REFUSAL, type ModelBlock } from '../../model/blocks.ts';
import { createObserver } from '../../observables/observe.ts';
import { packed, packedSize } from '../../observables/overlaps.ts';
import { type Engine, type EngineRun } from '../engine.ts';
import { createRateOf } from '../rates.ts';
import { Sampler } from '../sampler.ts';
import { createStateRates } from '../state-rates.ts';
import { hasFewBlocks, reducedBlocks } from './blocks.ts';
import {
  createChainState,
  createChainTables,
  hasRest,
  type Chain,
  type ChainState,
  type ChainTables,
} from './chain.ts';
import { createCompiledLoop, isCompiled } from './compiled.ts';
import { type Loop } from './loop.ts';
import { createMatrixChain } from './matrix.ts';
import { createScalarChain } from './scalar.ts';

/** Block visits between two looks at the stop flag: some 20 ms. */
const VISITS_PER_CHUNK = 200_000;

/**
 * The engine.
 * @param compiles which setups the WebAssembly chain takes; the others go through the readable one, its oracle in tests.
 */
export function createReducedEngine(compiles: (setup: Setup) => boolean): Engine {
  return {
    kind: 'reduced',
    label: 'Exact reduced SGD',
    refuses: (setup) => (hasFewBlocks(setup) ? null : `simulation.engine: ${MANY_BLOCKS_REFUSAL}`),
    chunk(setup) {
      const { loss, experiment } = setup;
      const visits = reducedBlocks(setup).blocks.reduce((sum, { span }) => sum + 1 + span, 0);
      const perStep = visits * loss.outputs * (loss.outputs + experiment.optimizer.batchSize);
      return Math.max(1, Math.floor(VISITS_PER_CHUNK / perStep));
    },
    start: (setup, stream) => startReduced(setup, stream, compiles(setup)),
  };
}

export const reducedEngine = createReducedEngine(isCompiled);

function startReduced(setup: Setup, stream: Stream, compiled: boolean): EngineRun {
  const { mixture, loss, schedule, layout } = setup;
  const { dimension, priors } = mixture;
  const model = reducedBlocks(setup);
  const directions = blockDirections(model);
  const { nodes } = directions;
  const state = createChainState(model.blocks, loss.outputs);
  start(setup, state, stream);
  const tables = createChainTables(state, priors);
  const rateOf = createRateOf(schedule);
  const stateRates = schedule.dependsOn === 'state' ? createStateRates(setup, directions) : null;
  const observer = createObserver(layout, loss, priors);
  const parameters = new Float64Array(loss.outputs * nodes);
  const noise = new Float64Array(packedSize(loss.outputs) * nodes);
  const key = stream.child('samples').key;
  const loop = compiled
    ? createCompiledLoop(setup, state, tables, key)
    : createPlainLoop(setup, createChain(setup, state, tables, key), rate);
  let step = 0;

  /** γ after \`steps\` steps; for AdaGrad-Norm from the gradients so far. */
  function rate(steps: number, accumulated: number): number {
    if (!stateRates) return rateOf(steps / dimension, accumulated);
    writeNodes(state, nodes, parameters, noise);
    return schedule.rate(stateRates.at(steps / dimension, parameters, noise));
  }

  return {
    advance(steps) {
      loop.advance(steps);
      step += steps;
    },
    observe(row) {
      loop.settle();
      writeNodes(state, nodes, parameters, noise);
      observer.observe(directions, parameters, noise, rate(step, loop.accumulated()), row);
    },
    dispose: () => loop.dispose(),
  };
}

function createChain({ loss, experiment }: Setup, state: ChainState, tables: ChainTables, key: Uint32Array): Chain {
  const { batchSize } = experiment.optimizer;
  const sampler = new Sampler(key);
  return loss.outputs === 1 && loss.teacherOutputs === 0
    ? createScalarChain(state, tables, loss, batchSize, sampler)
    : createMatrixChain(state, tables, teacherRows(state, loss.teacherOutputs), loss, batchSize, sampler);
}

/** Step by step; the chain works on its ChainState itself. */
function createPlainLoop(
  { schedule, mixture, experiment }: Setup,
  chain: Chain,
  rate: (steps: number, accumulated: number) => number,
): Loop {
  const { dimension } = mixture;
  const { ridge } = experiment.optimizer;
  const accumulates = schedule.dependsOn === 'accumulated';
  let step = 0;
  let accumulated = 0;
  return {
    advance(steps) {
      for (let k = 0; k < steps; k++) {
        chain.draw();
        if (accumulates) accumulated += chain.gradientSquare() / (dimension * dimension);
        const scaled = rate(step, accumulated) / dimension;
        chain.apply(scaled, 1 - scaled * ridge);
        step++;
      }
    },
    settle: () => undefined,
    accumulated: () => accumulated,
    dispose: () => undefined,
  };
}

/** x*_o on all basis directions, ℓ*×S row-major. */
function teacherRows({ blocks, start }: ChainState, teacherOutputs: number): Float64Array {
  const directions = start[blocks.length];
  const rows = new Float64Array(teacherOutputs * directions);
  blocks.forEach(({ teacher, span }, b) => {
    for (let o = 0; o < teacherOutputs; o++) {
      rows.set(teacher.subarray(o * span, (o + 1) * span), o * directions + start[b]);
    }
  });
  return rows;
}

/** X at t = 0: zero, or iid N(0, scale²/d) entries, so that K is a Wishart matrix. */
function start({ experiment, mixture }: Setup, state: ChainState, stream: Stream): void {
  const { start: spec } = experiment.optimizer;
  if (spec.kind !== 'gaussian') return;
  const { outputs, blocks, coordinates, roots } = state;
  const deviation = spec.scale / Math.sqrt(mixture.dimension);
  const sampler = new Sampler(stream.child('start', spec.seed).key);
  for (let k = 0; k < coordinates.length; k++) coordinates[k] = deviation * sampler.normal();
  const size = outputs * outputs;
  blocks.forEach((block, b) => {
    if (hasRest(block)) gaussianRoot(block, outputs, deviation, sampler, roots.subarray(b * size, (b + 1) * size));
  });
}

/** Bartlett's factor of the Gram matrix of n_b − k_b rows with iid entries. */
function gaussianRoot(
  { size, span }: ModelBlock,
  outputs: number,
  deviation: number,
  sampler: Sampler,
  out: Float64Array,
): void {
  for (let a = 0; a < outputs; a++) {
    out[a * outputs + a] = deviation * Math.sqrt(sampler.chiSquare(size - span - a));
    for (let b = 0; b < a; b++) out[a * outputs + b] = deviation * sampler.normal();
  }
}

/**
 * The state over the nodes of blockDirections: coordinates on the basis, and for the rest of a block, which is one node
 * of weight n_b − k_b, second moments K/(n_b − k_b) per direction.
 */
function writeNodes(state: ChainState, nodes: number, parameters: Float64Array, noise: Float64Array): void {
  const { outputs, blocks, start, coordinates, roots } = state;
  let first = 0;
  blocks.forEach((block, b) => {
    for (let k = 0; k < block.span; k++) {
      for (let o = 0; o < outputs; o++) parameters[o * nodes + first + k] = coordinates[(start[b] + k) * outputs + o];
    }
    first += block.span;
    if (!hasRest(block)) return;
    const at = b * outputs * outputs;
    const share = 1 / (block.size - block.span);
    for (let a = 0; a < outputs; a++) {
      for (let o = 0; o <= a; o++) {
        let sum = 0;
        for (let j = 0; j <= o; j++) sum += roots[at + a * outputs + j] * roots[at + o * outputs + j];
        noise[packed(a, o) * nodes + first] = share * sum;
      }
    }
    first++;
  });
}
