/** The law of the kernel's normals at 10⁹ draws: `npm run bench -- law`. */
import { wasmBlocks } from '../../src/core/kernel/wasm.ts';
import { erfc, normalCdf } from '../../src/core/math/normal.ts';
import { rootStream } from '../../src/core/math/random.ts';
import { type BenchRow } from './row.ts';

/** A statistic in standard errors of its value under the normal law (chi-square: of its mean). */
export interface Deviation {
  readonly what: string;
  readonly deviations: number;
}

const MOMENTS = [
  { power: 1, moment: 0, variance: 1 },
  { power: 2, moment: 1, variance: 2 },
  { power: 3, moment: 0, variance: 15 },
  { power: 4, moment: 3, variance: 96 },
  { power: 5, moment: 0, variance: 945 },
  { power: 6, moment: 15, variance: 10170 },
];
/** Cells of width 1/256 from −8 to 8, the outermost ones open. */
const CELLS = 4096;
const CELLS_PER_UNIT = 256;
const LAGS = [1, 2, 3, 4, 8, 16];
const TAILS = [3, 4, 5, 6];
const BLOCK = 512;
/** Cells with fewer draws expected are put together with their neighbours. */
const FEW = 50;

const edge = (cell: number): number => (cell - CELLS / 2) / CELLS_PER_UNIT;
const below = (cell: number): number => (cell <= 0 ? 0 : cell >= CELLS ? 1 : normalCdf(edge(cell)));

/** P(cell <= Z < to), accurate in both tails. */
function probability(from: number, to: number): number {
  if (edge(from) < 0) return below(to) - below(from);
  const above = (cell: number) => (cell >= CELLS ? 0 : normalCdf(-edge(cell)));
  return above(from) - above(to);
}

function chiSquare(counts: Float64Array, draws: number): Deviation {
  let sum = 0;
  let cells = 0;
  let observed = 0;
  for (let cell = 0, from = 0; cell < CELLS; cell++) {
    observed += counts[cell];
    const expected = draws * probability(from, cell + 1);
    if (expected < FEW) continue;
    sum += (observed - expected) ** 2 / expected;
    cells++;
    observed = 0;
    from = cell + 1;
  }
  return { what: `chi-square over ${cells} cells`, deviations: (sum - (cells - 1)) / Math.sqrt(2 * (cells - 1)) };
}

/** √N sup |F_N − F| over the cells' edges; 2.28 has probability 6e-5, as 4 standard errors have. */
function kolmogorov(counts: Float64Array, draws: number): Deviation {
  let sum = 0;
  let largest = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    sum += counts[cell];
    largest = Math.max(largest, Math.abs(sum / draws - below(cell + 1)));
  }
  return { what: 'Kolmogorov–Smirnov, × 4/2.28', deviations: (Math.sqrt(draws) * largest * 4) / 2.28 };
}

/** All statistics of the first `draws` normals (rounded up to whole blocks) of a run's samples. */
export function normalsQuality(draws: number, seed = 1): Deviation[] {
  const nextBlock = wasmBlocks(rootStream(seed).key);
  const powers = new Float64Array(MOMENTS.length);
  const lagged = new Float64Array(LAGS.length);
  const tails = new Float64Array(TAILS.length);
  const counts = new Float64Array(CELLS);
  const blocks = Math.ceil(draws / BLOCK);
  for (let k = 0; k < blocks; k++) {
    const block = nextBlock();
    for (let j = 0; j < BLOCK; j++) {
      const z = block[j];
      let power = 1;
      for (let n = 0; n < MOMENTS.length; n++) powers[n] += power *= z;
      counts[Math.max(0, Math.min(CELLS - 1, Math.floor(z * CELLS_PER_UNIT) + CELLS / 2))]++;
      if (z > TAILS[0] || z < -TAILS[0]) TAILS.forEach((bound, n) => (tails[n] += Math.abs(z) > bound ? 1 : 0));
    }
    for (let n = 0; n < LAGS.length; n++) {
      let sum = 0;
      for (let j = LAGS[n]; j < BLOCK; j++) sum += block[j] * block[j - LAGS[n]];
      lagged[n] += sum;
    }
  }
  const total = blocks * BLOCK;
  return [
    ...MOMENTS.map(({ power, moment, variance }, n) => ({
      what: `moment ${power}`,
      deviations: (powers[n] / total - moment) / Math.sqrt(variance / total),
    })),
    ...TAILS.map((bound, n) => {
      const p = erfc(bound / Math.SQRT2);
      return { what: `beyond ±${bound}`, deviations: (tails[n] - total * p) / Math.sqrt(total * p * (1 - p)) };
    }),
    ...LAGS.map((lag, n) => ({ what: `lag ${lag}`, deviations: lagged[n] / Math.sqrt(blocks * (BLOCK - lag)) })),
    chiSquare(counts, total),
    kolmogorov(counts, total),
  ];
}

const DRAWS = 1e9;

/** A row for each statistic. */
export function benchLaw(): Promise<BenchRow[]> {
  return Promise.resolve(
    normalsQuality(DRAWS).map(({ what, deviations }) => ({
      what: `law of ${DRAWS.toExponential(0)} normals: ${what}`,
      value: deviations,
      unit: 'standard errors',
      ratios: {},
      target: 'within ± 4',
    })),
  );
}
