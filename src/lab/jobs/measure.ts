/** Measures what the parts of the work cost on the machine at hand, by small pieces of the real work. */
import { engineKinds } from '../../core/engines/engine-kinds.ts';
import { type Bench, type Costed, type Piece, type Rates } from '../../core/experiment/cost.ts';
import { prepare, type Setup } from '../../core/experiment/setup.ts';
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';
import { type CostRates } from '../../study/estimate.ts';
import { parseExperiment, requireParsed } from '../../study/parse.ts';

/** Each piece is done this often; the shortest time counts, since the others were disturbed. */
const ROUNDS = 3;

/** The rates of every engine and theory curve. Takes about a second on the calling thread. */
export async function measureRates(): Promise<CostRates> {
  return { engines: await ratesOf(engineKinds), curves: await ratesOf(curveKinds) };
}

async function ratesOf(kinds: readonly (Costed & { readonly kind: string })[]): Promise<Record<string, Rates>> {
  const rates: Record<string, Rates> = {};
  // one after the other: together they would disturb each other
  for (const kind of kinds) rates[kind.kind] = await kind.probe(bench);
  return rates;
}

const bench: Bench = { setup: setupOf, seconds: shortest };

function setupOf({ horizon, dimension = 1000, classes = 2, batchSize = 1, teacher = false }: Piece): Setup {
  return prepare(
    requireParsed(
      parseExperiment({
        id: 'measured',
        model: {
          dimension,
          priors: Array.from({ length: classes }, () => 1 / classes),
          spectrum: { kind: 'identity' },
          means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
        },
        ...(teacher && {
          labels: { kind: 'teacher-sign', flip: 0.1, teacher: { kind: 'gaussian', seed: 1, scale: 1 } },
        }),
        loss: { kind: classes === 2 ? 'logistic' : 'softmax' },
        optimizer: { schedule: { kind: 'constant', rate: 0.5 }, batchSize },
        horizon,
        grid: { kind: 'linear', points: 2 },
      }),
    ),
  );
}

async function shortest(work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}
