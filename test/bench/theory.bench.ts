/** Speed of the theory beside SciPy's DOP853 on the full system: both timed in turn, in one run. */
import { spawn } from 'node:child_process';
import { englishLine } from '../../src/text/refusals/index.ts';
import { createInterface } from 'node:readline';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { prepare, type Setup } from '../../src/core/experiment/setup.ts';
import { fieldOf } from '../../src/core/observables/row-layout.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { solveTheory } from '../../src/core/theory/solve.ts';
import { type BenchRow } from './row.ts';

interface Case {
  readonly exponents: readonly number[];
  readonly horizon: number;
  readonly target?: string;
  /** Repetitions of SciPy; 0 where it would take minutes. */
  readonly scipy: number;
  /** Theory of d → ∞. */
  readonly limit?: boolean;
}

const D = 2000;
const PROFILE = 0.2;
/** Error that the targets ask for, and tolerances to reach it with. */
const ERROR = 1e-8;
const TOLERANCES = [1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 1e-9];
const POINTS = 20;

const cases: readonly Case[] = [
  { exponents: [0.5, 0.5], horizon: 50, target: '<= 1 ms, >= 20 x SciPy', scipy: 15 },
  { exponents: [1.1, 1.5], horizon: 50, target: '<= 1 ms, >= 20 x SciPy', scipy: 15 },
  { exponents: [0.5, 0.5], horizon: 1e5, target: '<= 5 ms, >= 300 x SciPy', scipy: 3 },
  { exponents: [1.1, 1.5], horizon: 1e5, target: '<= 5 ms, >= 25 x SciPy', scipy: 5 },
  { exponents: [0.5, 0.5], horizon: 1e8, target: '<= 15 ms', scipy: 0 },
  { exponents: [1.1, 1.5], horizon: 1e8, target: '<= 15 ms', scipy: 0 },
  { exponents: [1.1, 1.5], horizon: 50, scipy: 0, limit: true },
  { exponents: [1.1, 1.5], horizon: 1e8, scipy: 0, limit: true },
];

/** Times with the medians of both, interleaved, and the largest error of the risk over the outputs. */
export async function benchTheory(): Promise<BenchRow[]> {
  const baseline = startBaseline();
  const rows: BenchRow[] = [];
  try {
    for (const each of cases) rows.push(...(await benchCase(each, baseline.ask)));
  } finally {
    baseline.stop();
  }
  return rows;
}

async function benchCase({ exponents, horizon, target, scipy, limit }: Case, ask: Ask): Promise<BenchRow[]> {
  const setup = setupOf(exponents, horizon, limit ?? false);
  const truth = solve(setup, 1e-12).risk;
  const errorOf = (risk: readonly number[]) => largestDifference(risk, truth);
  const askScipy = () =>
    ask({
      d: D,
      alpha: exponents,
      beta: PROFILE,
      rate: 1,
      times: [...setup.steps].map((step) => step / D),
      method: 'DOP853',
      rtol: 1e-8,
      atol: 1e-10,
    });
  const theirError = scipy > 0 ? errorOf((await askScipy()).risk) : Infinity;
  // at the same accuracy: the loosest tolerance whose error is no larger than asked for, nor than SciPy's
  const wanted = Math.min(ERROR, theirError);
  const tolerance = TOLERANCES.find((each) => errorOf(solve(setup, each).risk) <= wanted) ?? Math.min(...TOLERANCES);
  for (let k = 0; k < 50; k++) solve(setup, tolerance);
  const ours: number[] = [];
  const theirs: number[] = [];
  let ourRisk: number[] = [];
  for (let repetition = 0; repetition < Math.max(scipy, 5); repetition++) {
    if (repetition < scipy) theirs.push(1000 * (await askScipy()).seconds);
    for (let k = 0; k < 11; k++) {
      const result = solve(setup, tolerance);
      ours.push(result.milliseconds);
      ourRisk = result.risk;
    }
  }
  const name = `theory, ${limit ? 'd → ∞' : `d = ${D}`}, power law (${exponents.join(', ')}), T = ${horizon}, ${POINTS} outputs`;
  return [
    {
      what: name,
      value: median(ours),
      unit: 'ms',
      ratios: scipy > 0 ? { 'SciPy DOP853': median(theirs) / median(ours) } : {},
      target,
    },
    {
      what: `${name}: error of the risk, at tolerance ${tolerance}`,
      value: errorOf(ourRisk),
      unit: '',
      ratios: scipy > 0 ? { 'SciPy DOP853': theirError / errorOf(ourRisk) } : {},
      target: '<= 1e-8',
    },
  ];
}

function setupOf(exponents: readonly number[], horizon: number, limit: boolean): Setup {
  const parsed = parseExperiment({
    id: 'bench',
    model: {
      dimension: D,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: PROFILE }, scale: 1 },
    },
    loss: { kind: 'logistic' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon,
    grid: horizon > 100 ? { kind: 'log', first: 1, points: POINTS } : { kind: 'linear', points: POINTS },
    ...(limit ? { theory: { limit } } : {}),
  });
  if (!parsed.ok) throw new Error(parsed.refusals.map(englishLine).join('\n'));
  return prepare(parsed.value);
}

function solve(setup: Setup, tolerance: number): { milliseconds: number; risk: number[] } {
  const { offset } = fieldOf(setup.layout, 'risk');
  const risk: number[] = [];
  const start = performance.now();
  solveTheory(setup, {
    noise: true,
    tolerance,
    onRow: (_point, row) => risk.push(row[offset]),
    shouldStop: () => false,
  });
  return { milliseconds: performance.now() - start, risk };
}

interface Answer {
  seconds: number;
  risk: number[];
}
type Ask = (request: object) => Promise<Answer>;

/** One Python process for the whole bench; it times itself. */
function startBaseline(): { ask: Ask; stop(): void } {
  const script = fileURLToPath(new URL('theory_baseline.py', import.meta.url));
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the SciPy baseline ended: are python3 and SciPy installed?');
      return JSON.parse(String(value)) as Answer;
    },
    stop: () => child.stdin.end(),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function largestDifference(left: readonly number[], right: readonly number[]): number {
  return left.reduce((most, value, k) => Math.max(most, Math.abs(value - right[k])), 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const row of await benchTheory()) console.log(JSON.stringify(row));
}
