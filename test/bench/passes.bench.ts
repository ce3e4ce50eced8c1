/** Speed of the theory of many passes over finite data, on one core. */
import { englishLine } from '../../src/text/refusals/index.ts';
import { endpointsOf } from '../../src/core/theory/analysis/index.ts';
import { prepare, type Setup } from '../../src/core/experiment/setup.ts';
import { curveKind } from '../../src/core/theory/curves/curve-kind.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { type BenchRow } from './row.ts';

function setupOf(described: object): Setup {
  const parsed = parseExperiment({ id: 'bench', ...described });
  if (!parsed.ok) throw new Error(parsed.refusals.map(englishLine).join('\n'));
  return prepare(parsed.value);
}

const centred = { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 };
const one = (spectrum: object, curve: string, dimension: number) =>
  setupOf({
    model: { dimension, priors: [1], spectrum, means: centred },
    loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3 } },
    optimizer: { schedule: { kind: 'constant', rate: 0.8 } },
    data: { kind: 'finite', samplesPerDimension: 2 },
    horizon: 20,
    theory: { curves: [curve] },
  });
const logistic = (more: object) =>
  setupOf({
    model: {
      dimension: 300,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents: [1, 0.5] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1.5 },
    },
    loss: { kind: 'logistic' },
    theory: { curves: [] },
    ...more,
  });

async function secondsOf(setup: Setup, curve: string, repeats: number): Promise<number> {
  let best = Infinity;
  for (let k = 0; k < repeats; k++) {
    const start = performance.now();
    await curveKind(curve).solve(setup, { tolerance: 1e-8, onRow: () => {}, shouldStop: () => false });
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

const row = (what: string, value: number, unit: string, target?: string): BenchRow => ({
  what,
  value,
  unit,
  ratios: {},
  ...(target !== undefined && { target }),
});

export async function benchPasses(): Promise<BenchRow[]> {
  const equivalent = 'many passes, typical data set, 101 times';
  const full = { data: { kind: 'finite', samplesPerDimension: 1, sampling: 'full-batch' } };
  const steps = logistic({ ...full, horizon: 30 / 300, optimizer: { schedule: { kind: 'constant', rate: 900 } } });
  const draws = logistic({
    data: { kind: 'finite', samplesPerDimension: 1 },
    horizon: 5,
    optimizer: { schedule: { kind: 'constant', rate: 2 } },
  });
  const ends = logistic({ optimizer: { schedule: { kind: 'constant', rate: 1 } }, horizon: 1 }).experiment;
  const endpoint = () => {
    const start = performance.now();
    endpointsOf({ ...ends, theory: { curves: [], endpoints: [{ ridge: 0.01, samples: 300 }] } });
    return performance.now() - start;
  };
  endpoint();
  const flat = one({ kind: 'identity' }, 'multi-pass', 400);
  const slope = one({ kind: 'power-law', exponents: [1] }, 'multi-pass', 400);
  return [
    row(`${equivalent}, identity`, 1000 * (await secondsOf(flat, 'multi-pass', 5)), 'ms', '100 ms'),
    row(`${equivalent}, power law`, 1000 * (await secondsOf(slope, 'multi-pass', 5)), 'ms', '100 ms'),
    row(
      'many passes, this data set, d = 400',
      await secondsOf(one({ kind: 'identity' }, 'this-data', 400), 'this-data', 2),
      's',
    ),
    row(
      'mean field, logistic, 30 full batches, 6000 trajectories',
      await secondsOf(steps, 'multi-pass', 2),
      's',
      '10 s',
    ),
    row('the same, draws to γ T = 10, three step sizes', await secondsOf(draws, 'multi-pass', 1), 's'),
    row('end point, logistic, δ = 0.01, n = d', endpoint(), 'ms'),
  ];
}
