/**
 * Exact reduced SGD (docs/reduced-sgd.md): the law of SGD's statistics for covariances with few distinct eigenvalues,
 * at a cost per step that does not depend on d. Not an approximation: what is not followed, the direction of X inside a
 * block of equal eigenvalues, has no influence on any observable.
 */
import { arrayBytes, workOf, type Rates } from '../../experiment/cost.ts';
import { type Setup } from '../../experiment/setup.ts';
import { learnsNothing } from '../../loss/loss-spec.ts';
import { type Stream } from '../../math/random.ts';
import { blockDirections, hasManyTuples, MAX_BLOCKS, type ModelBlock } from '../../model/blocks.ts';
import { createObserver } from '../../observables/observe.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { spectrumKind } from '../../model/spectrum/spectrum-spec.ts';
import { linearAlone } from '../../update/parameterization.ts';
import { createUpdate } from '../../update/create-update.ts';
import { streamAlone } from '../../data/data-spec.ts';
import { followsXAlone } from '../../update/refusals.ts';
import { type Experiment } from '../../experiment/schema.ts';
import { runSeconds, type EngineKind, type EngineRuns } from '../engine.ts';
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
import { createCompiledLoop } from './compiled.ts';
import { COMPILED_RUNS, isCompiled } from './coverage.ts';
import { type Loop } from './loop.ts';
import { createMatrixChain } from './matrix.ts';
import { createScalarChain } from './scalar.ts';
import { type Condition } from '../../../refusal/codes/description.ts';

/** Block visits between two looks at the stop flag: some 20 ms. */
const VISITS_PER_CHUNK = 200_000;
/** Classes of the experiment that shows what several outputs cost. */
const CLASSES = 4;
/** What it is not for. */
const MANY_BLOCKS: Condition = { code: 'many-tuples', allowed: { most: MAX_BLOCKS } };

/**
 * The engine.
 * @param compiles which experiments the WebAssembly chain takes; the others go through the readable one, its oracle in
 *   tests.
 */
export function createReducedEngine(compiles: (experiment: Experiment) => boolean): EngineKind {
  const engine: EngineKind = {
    kind: 'reduced',
    label: 'reduced SGD',
    exact: true,
    refuses: ({ model, loss, optimizer, data, parameterization }) =>
      streamAlone(data) ??
      linearAlone(parameterization) ??
      learnsNothing(loss) ??
      followsXAlone(createUpdate(optimizer, model.dimension)) ??
      (hasManyTuples(model.spectrum, model.priors.length, model.dimension) ? MANY_BLOCKS : null),
    refusesArrays: (setup) => (hasFewBlocks(setup) ? null : MANY_BLOCKS),
    /**
     * One block of one step: compiled, of COMPILED_RUNS runs together; of a run by itself; where the chain is not
     * compiled, with one output; with several, over the square of their number. Every step costs one block more.
     */
    rates: { blockStep: 7e-9, blockStepAlone: 1.8e-8, plainBlockStep: 6e-8, matrixBlockStep: 5e-8 },
    cost(experiment, threads, rates) {
      const { samples } = workOf(experiment);
      return samples * (1 + blockCount(experiment)) * blockSeconds(experiment, threads, rates);
    },
    async probe(bench) {
      const perBlock = async (setup: Setup, count = 1) =>
        // one block of the spectrum, and one for the step itself
        (await runSeconds(engine, bench, setup, count)) / (2 * setup.steps[setup.steps.length - 1] * count);
      const compiled = bench.setup({ horizon: 20 });
      const batch = bench.setup({ horizon: 5, batchSize: 2 });
      const many = bench.setup({ horizon: 5, classes: CLASSES });
      return {
        blockStep: await perBlock(compiled, COMPILED_RUNS),
        blockStepAlone: await perBlock(compiled),
        plainBlockStep: (await perBlock(batch)) / batch.experiment.optimizer.batchSize,
        matrixBlockStep: (await perBlock(many)) / (CLASSES * CLASSES),
      };
    },
    // blocks of closed forms need no arrays
    memory: (experiment) => (spectralBlocks(experiment) ? 0 : arrayBytes(experiment)),
    runsTogether: (experiment) => (compiles(experiment) ? COMPILED_RUNS : 1),
    chunk(setup) {
      const { loss, experiment } = setup;
      const visits = reducedBlocks(setup).blocks.reduce((sum, { span }) => sum + 1 + span, 0);
      const perStep = visits * loss.outputs * (loss.outputs + experiment.optimizer.batchSize);
      return Math.max(1, Math.floor(VISITS_PER_CHUNK / perStep));
    },
    start: (setup, streams) => startReduced(setup, streams, compiles(setup.experiment)),
  };
  return engine;
}

export const reduced = createReducedEngine(isCompiled);

const spectralBlocks = ({ model }: Experiment) =>
  spectrumKind(model.spectrum).blocks(model.spectrum, model.priors.length, model.dimension);

/** Blocks of a description; where only its arrays tell, as many as there may be. */
const blockCount = (experiment: Experiment): number =>
  spectralBlocks(experiment)?.length ?? Math.min(MAX_BLOCKS, experiment.model.dimension);

/** One block of one step, per run where it shares the processor with others. */
function blockSeconds(experiment: Experiment, threads: number, rates: Rates): number {
  const { outputs } = workOf(experiment);
  if (outputs > 1) return rates.matrixBlockStep * outputs * outputs;
  if (!isCompiled(experiment)) return rates.plainBlockStep;
  const together = Math.min(COMPILED_RUNS, Math.max(1, Math.ceil(experiment.simulation.runs / threads)));
  return Math.max(rates.blockStep, rates.blockStepAlone / together);
}

function startReduced(setup: Setup, streams: readonly Stream[], compiled: boolean): EngineRuns {
  const { mixture, loss, schedule, layout } = setup;
  const { dimension, priors } = mixture;
  const model = reducedBlocks(setup);
  const carried = blockDirections(model);
  const { nodes } = carried;
  // what the blocks carry beside the teacher is a given start
  const directions = { ...carried, teacher: carried.teacher.subarray(0, loss.teacherOutputs * nodes) };
  const states = streams.map((stream) => startState(setup, model.blocks, stream));
  const tables = createChainTables(states[0], priors);
  const rateOf = createRateOf(schedule);
  const stateRates = schedule.dependsOn === 'state' ? createStateRates(setup, directions) : null;
  const observer = createObserver(layout, loss, priors);
  const parameters = new Float64Array(loss.outputs * nodes);
  const noise = new Float64Array(packedSize(loss.outputs) * nodes);
  const keys = streams.map((stream) => stream.child('samples').key);
  const loop = compiled
    ? createCompiledLoop(setup, states, tables, keys)
    : createPlainLoop(
        setup,
        states.map((state, run) => createChain(setup, state, tables, keys[run])),
        rate,
      );
  let step = 0;

  /** γ of a run after `steps` steps; for AdaGrad-Norm from the gradients so far. */
  function rate(run: number, steps: number, accumulated: number): number {
    if (!stateRates) return rateOf(steps / dimension, accumulated);
    writeNodes(states[run], nodes, parameters, noise);
    return schedule.rate(stateRates.at(steps / dimension, parameters, noise));
  }

  return {
    advance(steps) {
      loop.advance(steps);
      step += steps;
    },
    observe(run, row) {
      loop.settle(run);
      writeNodes(states[run], nodes, parameters, noise);
      observer.observe(directions, parameters, noise, rate(run, step, loop.accumulated(run)), row);
    },
    dispose: () => loop.dispose(),
  };
}

function createChain({ loss, experiment }: Setup, state: ChainState, tables: ChainTables, key: Uint32Array): Chain {
  const { batchSize } = experiment.optimizer;
  const sampler = new Sampler(key);
  return loss.outputs === 1 && loss.teacherOutputs === 0
    ? createScalarChain(state, tables, loss, batchSize, sampler)
    : createMatrixChain(state, tables, carriedRows(state, 0, loss.teacherOutputs), loss, batchSize, sampler);
}

/** Step by step, run after run; the chains work on their ChainStates themselves. */
function createPlainLoop(
  { schedule, mixture, experiment }: Setup,
  chains: readonly Chain[],
  rate: (run: number, steps: number, accumulated: number) => number,
): Loop {
  const { dimension } = mixture;
  const { ridge } = experiment.optimizer;
  const accumulates = schedule.dependsOn === 'accumulated';
  const sums = new Float64Array(chains.length);
  let step = 0;

  function advanceOne(chain: Chain, run: number, steps: number): void {
    for (let k = step; k < step + steps; k++) {
      chain.draw();
      if (accumulates) sums[run] += chain.gradientSquare() / (dimension * dimension);
      const scaled = rate(run, k, sums[run]) / dimension;
      chain.apply(scaled, 1 - scaled * ridge);
    }
  }

  return {
    advance(steps) {
      chains.forEach((chain, run) => advanceOne(chain, run, steps));
      step += steps;
    },
    settle: () => undefined,
    accumulated: (run) => sums[run],
    dispose: () => undefined,
  };
}

/** Rows that the blocks carry, x* first and then a given X(0), on all basis directions: count×S row-major. */
function carriedRows({ blocks, start }: ChainState, first: number, count: number): Float64Array {
  const directions = start[blocks.length];
  const rows = new Float64Array(count * directions);
  blocks.forEach(({ teacher, span }, b) => {
    for (let o = 0; o < count; o++) {
      rows.set(teacher.subarray((first + o) * span, (first + o + 1) * span), o * directions + start[b]);
    }
  });
  return rows;
}

/** X at t = 0: zero, given, or iid N(0, scale²/d) entries, so that K is a Wishart matrix. */
function startState({ experiment, mixture, loss }: Setup, blocks: readonly ModelBlock[], stream: Stream): ChainState {
  const { outputs } = loss;
  const state = createChainState(blocks, outputs);
  const { start } = experiment.optimizer;
  const { coordinates, roots } = state;
  if (start.kind === 'custom') {
    const rows = carriedRows(state, loss.teacherOutputs, outputs);
    const directions = coordinates.length / outputs;
    for (let k = 0; k < directions; k++) {
      for (let o = 0; o < outputs; o++) coordinates[k * outputs + o] = rows[o * directions + k];
    }
  }
  if (start.kind !== 'gaussian') return state;
  const deviation = start.scale / Math.sqrt(mixture.dimension);
  const sampler = new Sampler(stream.child('start', start.seed).key);
  for (let k = 0; k < coordinates.length; k++) coordinates[k] = deviation * sampler.normal();
  const size = outputs * outputs;
  blocks.forEach((block, b) => {
    if (hasRest(block)) gaussianRoot(block, outputs, deviation, sampler, roots.subarray(b * size, (b + 1) * size));
  });
  return state;
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
