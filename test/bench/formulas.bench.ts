/** Formulas: 10⁵ random and hostile texts, and the time of a typed loss in SGD beside the same one compiled. */
import fc from 'fast-check';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { runStream } from '../../src/core/experiment/start.ts';
import { requireParsed, parseExperiment } from '../../src/study/parse.ts';
import { answered, hostileTexts } from '../core/formula/hostile.ts';
import { inProcess, race } from './contenders.ts';
import { type BenchRow } from './row.ts';

const TEXTS = 100_000;
/** One text that takes longer has hung. */
const MOST_MS = 1000;
const ROUNDS = 61;
const WARM_UP = 15;
const STEPS = 200;

/** @throws Error where a text does anything but be a formula or be refused, or takes longer than a second. */
function benchTexts(): BenchRow {
  const started = performance.now();
  let [slowest, formulas] = [0, 0];
  for (const text of fc.sample(hostileTexts, { numRuns: TEXTS, seed: 20 })) {
    const from = performance.now();
    if (answered(text)) formulas++;
    slowest = Math.max(slowest, performance.now() - from);
    if (slowest > MOST_MS) throw new Error(`${slowest} ms for ${JSON.stringify(text)}`);
  }
  return {
    what: `${TEXTS} hostile texts as formulas, ${formulas} of them are; slowest ${slowest.toFixed(1)} ms`,
    value: (performance.now() - started) / 1000,
    unit: 's',
    ratios: {},
    target: 'no crash, hang or access',
  };
}

async function stepping(loss: object, dimension: number) {
  const setup = prepare(
    requireParsed(
      parseExperiment({
        id: 'e',
        model: {
          dimension,
          priors: [0.5, 0.5],
          spectrum: { kind: 'power-law', exponents: [0.5, 1] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
        },
        loss,
        optimizer: { schedule: { kind: 'constant', rate: 1 } },
        horizon: 1e6,
        grid: { kind: 'linear', points: 2 },
      }),
    ),
  );
  const run = await engineKind('sgd').start(setup, [runStream(1, 0)], [0]);
  return inProcess('kind' in loss ? String(loss.kind) : '', STEPS, () => run.advance(STEPS));
}

async function benchTyped(dimension: number): Promise<BenchRow> {
  const [typed, compiled] = await race(
    [
      await stepping({ kind: 'formula', formula: 'log(1 + exp(-y*r))' }, dimension),
      await stepping({ kind: 'logistic' }, dimension),
    ],
    ROUNDS,
    WARM_UP,
  );
  return {
    what: `SGD of a typed logistic loss, d = ${dimension}, per step`,
    value: typed,
    unit: 'ns',
    ratios: { 'the compiled one': compiled / typed },
    target: 'at least 0.67 × from d = 1000 on',
  };
}

export async function benchFormulas(): Promise<BenchRow[]> {
  return [benchTexts(), await benchTyped(1000), await benchTyped(4000)];
}
