/**
 * Spread of runs from theory (T16) beside that of runs: `npm run bench -- spread`, or with all the numbers, the table of
 * docs/fluctuations.md, npx tsx test/bench/spread.bench.ts [RUNS [PART OF A NAME]].
 */
import { pathToFileURL } from 'node:url';
import { createSgdEngine } from '../../src/core/engines/sgd.ts';
import { createWasmKernel } from '../../src/core/kernel/wasm.ts';
import { ensemble, summary } from '../core/engines/ensembles.ts';
import { spreads } from '../core/theory/fluctuations/spreads.ts';
import { constantRate, identity, powerLaw, setupOf, solved } from '../core/theory/solving.ts';
import { type BenchRow } from './row.ts';

const RUNS = 2000;
/** Deviations of a normal variable between whose quantiles lie 80 %. */
const QUANTILE = 1.2815515655446004;
const TIMES = [1, 2, 5, 10, 20];
const STATISTICS = ['risk', 'norm', 'overlap', 'average_risk'] as const;

const classesOf = (dimension: number) => ({
  loss: { kind: 'logistic' },
  model: powerLaw(dimension, [0.5, 1], 0.2),
});
const classes = classesOf(200);
/** Of methods whose modes turn round: theirs are all directions. */
const few = classesOf(100);
const gaussian = { kind: 'gaussian', seed: 3 };
const response = (noise: number, dimension = 200) => ({
  model: powerLaw(dimension, [0.5, 1], 0.2),
  loss: { kind: 'teacher-least-squares', noise, teacher: gaussian },
});
const hard = { kind: 'teacher-sign', flip: 0.1, teacher: gaussian };
const optimizer = (rate: number, rest: object) => ({ optimizer: { ...constantRate(rate), ...rest } });

const CASES: readonly { readonly name: string; readonly description: object }[] = [
  { name: 'logistic classes, γ = 1', description: { ...classes, optimizer: constantRate(1) } },
  {
    name: 'the same, identity, γ = 2',
    description: { loss: { kind: 'logistic' }, model: identity(200, [1, 1]), optimizer: constantRate(2) },
  },
  { name: 'the same, γ = 2, batches of 4', description: { ...classes, ...optimizer(2, { batchSize: 4 }) } },
  {
    name: 'the same, γ = 1, starts drawn',
    description: { ...classes, ...optimizer(1, { start: { kind: 'gaussian', seed: 1 } }) },
  },
  { name: 'teacher least squares, γ = 0.8', description: { ...response(0.3), optimizer: constantRate(0.8) } },
  {
    name: 'logistic, labels sign r* with flips, identity, γ = 1',
    description: { loss: { kind: 'logistic' }, model: identity(200, [1, 1]), labels: hard, optimizer: constantRate(1) },
  },
  {
    name: 'hinge, classes, γ = 0.5',
    description: { ...classes, loss: { kind: 'formula', formula: 'max(0, 1 - y*r)' }, optimizer: constantRate(0.5) },
  },
  {
    name: 'logistic classes, AdaGrad-Norm η = 2, b_0 = 1',
    description: { ...classes, optimizer: { schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 } } },
  },
  {
    name: 'teacher least squares, AdaGrad-Norm η = 1, b_0 = 0.7',
    description: { ...response(0.3), optimizer: { schedule: { kind: 'adagrad-norm', rate: 1, offset: 0.7 } } },
  },
  {
    name: 'logistic classes, heavy ball β = 0.9, γ = 0.1, d = 100',
    description: { ...few, ...optimizer(0.1, { method: { kind: 'heavy-ball', momentum: 0.9 } }) },
  },
  {
    name: 'logistic classes, momentum κ = 2, θ = 1, γ = 0, d = 100',
    description: { ...few, ...optimizer(0, { method: { kind: 'momentum', coupling: 2, decay: 1 } }) },
  },
  {
    name: 'teacher least squares, DANA κ = 0.25, δ = 4, γ = 0.5, d = 100',
    description: {
      ...response(0.3, 100),
      ...optimizer(0.5, { method: { kind: 'dana', coupling: 0.25, delta: 4, exponent: 0 } }),
    },
  },
  {
    name: 'teacher least squares, γ = 0.8, uniform average from 2',
    description: { ...response(0.5), ...optimizer(0.8, { average: { kind: 'uniform', from: 2 } }) },
  },
  {
    name: 'logistic classes, γ = 3, exponential average, τ = 2',
    description: { ...classes, ...optimizer(3, { average: { kind: 'exponential', timescale: 2 } }) },
  },
  {
    name: 'logistic classes, AdaGrad-Norm η = 2, b_0 = 1, exponential average, τ = 2',
    description: {
      ...classes,
      optimizer: {
        schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 },
        average: { kind: 'exponential', timescale: 2 },
      },
    },
  },
];

interface Measured {
  readonly name: string;
  readonly t: number;
  /** Theory's standard deviation over that of the runs, by statistic; NaN where there is none. */
  readonly ratios: readonly number[];
  /** Share of the runs whose risk is within the normal 10–90 % band about the theory. */
  readonly inside: number;
}

async function* measure(runs: number, wanted: string): AsyncGenerator<Measured> {
  const engine = createSgdEngine(createWasmKernel());
  for (const [place, { name, description }] of CASES.entries()) {
    if (!name.includes(wanted)) continue;
    const setup = setupOf({ ...description, horizon: 20, grid: { kind: 'linear', points: 21 } });
    const theory = solved(setup, 'ode', { tolerance: 1e-6 });
    const { field } = spreads(setup, { tolerance: 1e-4 });
    // streams of their own for every case: deviations of one do not come back in the next
    const own = await ensemble(engine, setup, runs, runs * place);
    const averages = setup.layout.averages;
    for (const t of TIMES) {
      const of = (key: string) => field(key)[t * (key === 'overlap' ? setup.layout.classes : 1)];
      const ratios = STATISTICS.map((key) =>
        key === 'average_risk' && !averages ? NaN : of(key) / summary(own.values(t, key)).sd,
      );
      const [risk, sd] = [theory.curve('risk')[t], of('risk')];
      const within = own.values(t, 'risk').filter((value) => Math.abs(value - risk) <= QUANTILE * sd);
      yield { name, t, ratios, inside: within.length / runs };
    }
  }
}

const NAMES = ['risk', '‖X‖²', 'm_1', 'risk of the average'];

/** Of each case what is farthest from 1, over times. */
export async function benchSpread(): Promise<BenchRow[]> {
  const rows: Measured[] = [];
  for await (const row of measure(RUNS, '')) rows.push(row);
  const farthest = (values: readonly number[], from: number) =>
    values.reduce((worst, value) => (Math.abs(value - from) > Math.abs(worst - from) ? value : worst), from);
  return CASES.flatMap(({ name }): BenchRow[] => {
    const own = rows.filter((row) => row.name === name);
    const ofStatistic = NAMES.flatMap((statistic, k) => {
      const values = own.map(({ ratios }) => ratios[k]).filter(Number.isFinite);
      const what = `spread, ${name}: sd of ${statistic}, theory over ${RUNS} runs, farthest from 1`;
      return values.length > 0 ? [{ what, value: farthest(values, 1), unit: '', ratios: {}, target: '0.95–1.05' }] : [];
    });
    const inside = farthest(
      own.map((row) => row.inside),
      0.8,
    );
    const what = `spread, ${name}: share of runs in the 10–90 % band, farthest from 0.8`;
    return [...ofStatistic, { what, value: inside, unit: '', ratios: {}, target: '0.77–0.83' }];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const runs = Number(process.argv[2] ?? RUNS);
  console.log(`theory's sd over that of ${runs} runs (standard error ${(100 / Math.sqrt(2 * runs)).toFixed(1)} %)`);
  console.log(`| case | t | ${NAMES.join(' | ')} | inside |\n|---|---|${NAMES.map(() => '---|').join('')}---|`);
  let last = '';
  for await (const { name, t, ratios, inside } of measure(runs, process.argv[3] ?? '')) {
    const cells = ratios.map((ratio) => (Number.isFinite(ratio) ? ratio.toFixed(3) : ''));
    console.log(`| ${name === last ? '' : name} | ${t} | ${cells.join(' | ')} | ${inside.toFixed(3)} |`);
    last = name;
  }
}
