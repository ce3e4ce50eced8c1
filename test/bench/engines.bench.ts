/** The other engines and the pool: exact reduced SGD beside full SGD, softmax moments, one worker beside two. */
import { join } from 'node:path';
import { englishLine } from '../../src/text/refusals/index.ts';
import { pathToFileURL } from 'node:url';
import { prepare, type Setup } from '../../src/core/experiment/setup.ts';
import { createLoss } from '../../src/core/loss/loss-spec.ts';
import { createMoments } from '../../src/core/loss/loss.ts';
import { createSoftmaxMoments, pointSet } from '../../src/core/loss/softmax-moments.ts';
import { rootStream } from '../../src/core/math/random.ts';
import { runStream } from '../../src/core/experiment/start.ts';
import { COMPILED_RUNS } from '../../src/core/engines/reduced/coverage.ts';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { parseExperiment, parseStudy, requireParsed } from '../../src/study/parse.ts';
import { runStudy } from '../../src/lab/jobs/run-study.ts';
import { root } from '../../scripts/ensure-build.mjs';
import { inProcess, race } from './contenders.ts';
import { type BenchRow } from './row.ts';

const ROUNDS = 41;
const WARM_UP = 10;
const REDUCED_STEPS = 2000;
const FULL_STEPS = 20;
/** Moments per round: a solution asks for thousands, so that code compiled once is what counts. */
const MOMENTS = 50;

/** A logistic experiment with `blocks` zero-one blocks of equal size. */
function blockExperiment(blocks: number, dimension: number): unknown {
  const tuples = [
    [1, 1],
    [0, 0],
    [0, 1],
    [1, 0],
  ].slice(0, blocks);
  return {
    id: 'e',
    model: {
      dimension,
      priors: [0.5, 0.5],
      spectrum: { kind: 'zero-one', blocks: tuples.map((eigenvalues) => ({ fraction: 1 / blocks, eigenvalues })) },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'logistic' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 1e6,
    grid: { kind: 'linear', points: 2 },
  };
}

function setupOf(input: unknown): Setup {
  const parsed = parseExperiment(input);
  if (!parsed.ok) throw new Error(parsed.refusals.map(englishLine).join('\n'));
  return prepare(parsed.value);
}

/** Steps of runs of an engine as a contender; its time is per step and run. */
async function stepping(name: string, engine: string, setup: Setup, steps: number, count = 1) {
  const streams = Array.from({ length: count }, (_, run) => runStream(1, run));
  const runs = await engineKind(engine).start(setup, streams, [...streams.keys()]);
  return inProcess(name, steps * count, () => runs.advance(steps));
}

async function benchReduced(blocks: number, target: string): Promise<BenchRow[]> {
  const [reduced, together, huge, full] = await race(
    [
      await stepping('reduced', 'reduced', setupOf(blockExperiment(blocks, 1000)), REDUCED_STEPS),
      await stepping('together', 'reduced', setupOf(blockExperiment(blocks, 1000)), REDUCED_STEPS, COMPILED_RUNS),
      await stepping('huge', 'reduced', setupOf(blockExperiment(blocks, 100_000_000)), REDUCED_STEPS),
      await stepping('full', 'sgd', setupOf(blockExperiment(blocks, 1000)), FULL_STEPS),
    ],
    ROUNDS,
    WARM_UP,
  );
  const what = `reduced SGD, ${blocks} block${blocks === 1 ? '' : 's'}, per step`;
  return [
    {
      what,
      value: reduced,
      unit: 'ns',
      ratios: { 'full SGD at d = 1000': full / reduced, 'itself at d = 1e8': huge / reduced },
      target,
    },
    {
      what: `${what} and seed, ${COMPILED_RUNS} seeds at once`,
      value: together,
      unit: 'ns',
      ratios: { 'one seed alone': reduced / together, 'full SGD at d = 1000': full / together },
    },
  ];
}

function repeat(work: () => void): void {
  for (let k = 0; k < MOMENTS; k++) work();
}

async function benchSoftmaxMoments(): Promise<BenchRow> {
  const classes = 10;
  const loss = createLoss({ kind: 'softmax' }, classes);
  const stream = rootStream(1);
  const mean = Float64Array.from({ length: classes }, () => stream.normal());
  const covariance = new Float64Array(classes * classes);
  for (let k = 0; k < classes; k++) covariance[k * classes + k] = 1;
  const out = createMoments(classes, 0);
  const plain = createSoftmaxMoments(classes, pointSet(classes - 2));
  const [time, oracle] = await race(
    [
      inProcess('moments', MOMENTS, () => repeat(() => loss.moments(0, mean, covariance, out))),
      inProcess('oracle', MOMENTS, () => repeat(() => plain(0, mean, covariance, out))),
    ],
    ROUNDS,
    WARM_UP,
  );
  return {
    what: 'softmax moments, C = 10, one class',
    value: time / 1000,
    unit: 'µs',
    ratios: { 'the TypeScript loops': oracle / time },
    target: '<= 60 µs',
  };
}

async function benchPool(): Promise<BenchRow> {
  const study = requireParsed(
    parseStudy({
      format: 'sgdlab-study',
      version: 1,
      experiments: [
        { ...(blockExperiment(4, 1000) as object), horizon: 200, theory: { curves: [] }, simulation: { runs: 8 } },
      ],
    }),
  );
  const seconds = async (threads: number): Promise<number> => {
    const { seconds: of } = await runStudy(study, {
      workerUrl: pathToFileURL(join(root, 'out', 'main', 'worker.js')),
      threads,
      only: null,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    return of.get('e')?.simulation ?? Number.NaN;
  };
  const ratios: number[] = [];
  let two = 0;
  for (let round = 0; round < 3; round++) {
    const one = await seconds(1);
    two = await seconds(2);
    ratios.push(one / two);
  }
  return {
    what: 'eight runs (d = 1000, T = 200) on two workers',
    value: two,
    unit: 's',
    ratios: { 'one worker': ratios.sort((a, b) => a - b)[1] },
    target: '>= 1.9 x one worker on two cores',
  };
}

export async function benchEngines(): Promise<BenchRow[]> {
  return [
    ...(await benchReduced(1, '<= 40 ns')),
    ...(await benchReduced(4, '<= 110 ns')),
    await benchSoftmaxMoments(),
    await benchPool(),
  ];
}
