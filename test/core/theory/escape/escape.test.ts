/** The law of escape (T11) against the exact chain, and what an averaged or a given start says instead. */
import { describe, expect, it } from 'vitest';
import { engineKind } from '../../../../src/core/engines/engine-kind.ts';
import { simulate } from '../../../../src/core/engines/engine.ts';
import { prepare, type Setup } from '../../../../src/core/experiment/setup.ts';
import { fieldOf } from '../../../../src/core/observables/row-layout.ts';
import { ESCAPE_LEVELS } from '../../../../src/core/observables/observable.ts';
import { curveKind } from '../../../../src/core/theory/curves/curve-kind.ts';
import { parseExperiment } from '../../../../src/study/parse.ts';

const rateOf = { quartic: 0.1, absolute: 0.5 };
type Form = keyof typeof rateOf;

/** One class of identity covariance without a mean, ‖x*‖ = 1, ‖X(0)‖ near 1. */
function described(form: Form, dimension: number, horizon: number, changes: Record<string, unknown> = {}) {
  const vector = Array.from({ length: dimension }, (_, k) => (k === 0 ? 1 : 0));
  return {
    id: 'e',
    model: {
      dimension,
      priors: [1],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
    },
    labels: { kind: 'teacher-response', teacher: { kind: 'custom', vectors: [vector] } },
    loss: { kind: 'phase-retrieval', form },
    optimizer: {
      schedule: { kind: 'constant', rate: rateOf[form] },
      start: { kind: 'gaussian', seed: 1, scale: 1 },
    },
    horizon,
    grid: { kind: 'linear', points: 10 * horizon + 1 },
    theory: { curves: ['ode'], start: 'escape' },
    ...changes,
  };
}

function setupFor(description: unknown): Setup {
  const parsed = parseExperiment(description);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return prepare(parsed.value);
}

async function rowsOf(setup: Setup): Promise<Float64Array[]> {
  const rows: Float64Array[] = [];
  const { outcome } = await curveKind('ode').solve(setup, {
    tolerance: 1e-8,
    onRow: (_point, row) => void rows.push(row.slice()),
    shouldStop: () => false,
  });
  expect(outcome.status).toBe('done');
  return rows;
}

const timesOf = ({ steps, mixture }: Setup): number[] => Array.from(steps, (step) => step / mixture.dimension);

/** First time at which a curve reaches ½, by interpolation. */
function firstTime(times: readonly number[], values: readonly number[]): number {
  const k = values.findIndex((value) => value >= 0.5);
  if (k <= 0) return Infinity;
  return times[k - 1] + ((times[k] - times[k - 1]) * (0.5 - values[k - 1])) / (values[k] - values[k - 1]);
}

/** Times at which cos² of the quantiles reaches ½, from the fast to the slow. */
function escapeTimes(setup: Setup, rows: readonly Float64Array[]): number[] {
  const { offset } = fieldOf(setup.layout, 'cosine_quantiles');
  const times = timesOf(setup);
  return ESCAPE_LEVELS.map((_, level) =>
    firstTime(
      times,
      rows.map((row) => row[offset + level]),
    ),
  ).reverse();
}

const squaredCosine = (setup: Setup, row: Float64Array): number =>
  row[fieldOf(setup.layout, 'teacher_product').offset] ** 2 / row[fieldOf(setup.layout, 'norm').offset];

describe('escape from an uninformative start', () => {
  it.each([
    ['quartic', 45, [16.1, 18.09, 21.09, 25.16, 30.46]],
    ['absolute', 30, [9.93, 11.33, 13.33, 16.15, 19.32]],
  ] as const)('%s, d = 1000: the quantiles of 2000 runs of the exact chain within 3 %', async (form, horizon, runs) => {
    const setup = setupFor(described(form, 1000, horizon));
    escapeTimes(setup, await rowsOf(setup)).forEach((time, k) => {
      expect(Math.abs(time / runs[k] - 1), `quantile ${ESCAPE_LEVELS[k]}`).toBeLessThan(0.03);
    });
  });

  it('has the quantiles and the mean of runs, on a power law with a step that changes', async () => {
    const RUNS = 150;
    const changes = {
      model: {
        ...described('quartic', 120, 30).model,
        spectrum: { kind: 'power-law', exponents: [0.5] },
      },
      labels: { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 4, scale: 1.2 } },
      optimizer: {
        schedule: { kind: 'power-decay', rate: 0.15, timescale: 20, exponent: 0.5 },
        start: { kind: 'gaussian', seed: 1, scale: 0.8 },
      },
      grid: { kind: 'linear', points: 61 },
      simulation: { engine: 'sgd', runs: RUNS, seed: 5 },
    };
    const setup = setupFor(described('quartic', 120, 30, changes));
    const rows = await rowsOf(setup);
    const teacher = setup.teacher.reduce((sum, entry) => sum + entry * entry, 0);
    const runs: Float64Array[][] = Array.from({ length: RUNS }, () => []);
    await simulate(engineKind('sgd'), setup, {
      runs: [...runs.keys()],
      onRow: (place, _point, row) => void runs[place].push(row.slice()),
      shouldStop: () => false,
    });
    const cosines = fieldOf(setup.layout, 'cosine_quantiles').offset;
    const mean = fieldOf(setup.layout, 'mean_risk').offset;
    for (const point of [20, 40, 60]) {
      const values = runs.map((run) => squaredCosine(setup, run[point]) / teacher).sort((a, b) => a - b);
      ESCAPE_LEVELS.forEach((level, k) => {
        // the share of the runs below a quantile is the level, to four standard errors and what d = 120 is off by
        const below = values.filter((value) => value < rows[point][cosines + k]).length / RUNS;
        const allowed = 4 * Math.sqrt((level * (1 - level)) / RUNS) + 0.04;
        expect(Math.abs(below - level), `level ${level} at point ${point}`).toBeLessThan(allowed);
      });
      const risks = runs.map((run) => run[point][0]);
      const average = risks.reduce((sum, risk) => sum + risk, 0) / RUNS;
      const error = Math.sqrt(risks.reduce((sum, risk) => sum + (risk - average) ** 2, 0)) / RUNS;
      expect(Math.abs(rows[point][mean] - average), `mean risk at point ${point}`).toBeLessThan(4 * error + 2 / 120);
      // far above the risk of the median once half of the runs are out
      if (point === 60) expect(rows[point][mean]).toBeGreaterThan(rows[point][0]);
    }
  }, 60_000);

  it('of a power law leaves when runs of SGD do, at a constant rate', async () => {
    const [RUNS, horizon] = [60, 45];
    const changes = {
      model: { ...described('quartic', 200, horizon).model, spectrum: { kind: 'power-law', exponents: [0.5] } },
      labels: { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 1 } },
      optimizer: {
        schedule: { kind: 'constant', rate: 0.15 },
        start: { kind: 'gaussian', seed: 1, scale: 1 },
      },
      grid: { kind: 'linear', points: 2 * horizon + 1 },
      simulation: { engine: 'sgd', runs: RUNS, seed: 9 },
    };
    const setup = setupFor(described('quartic', 200, horizon, changes));
    const teacher = setup.teacher.reduce((sum, entry) => sum + entry * entry, 0);
    const theory = escapeTimes(setup, await rowsOf(setup));
    const runs: number[][] = Array.from({ length: RUNS }, () => []);
    await simulate(engineKind('sgd'), setup, {
      runs: [...runs.keys()],
      onRow: (place, _point, row) => void runs[place].push(squaredCosine(setup, row) / teacher),
      shouldStop: () => false,
    });
    const times = runs.map((values) => firstTime(timesOf(setup), values));
    ESCAPE_LEVELS.forEach((level, k) => {
      const before = times.filter((time) => time < theory[k]).length / RUNS;
      const allowed = 4 * Math.sqrt((level * (1 - level)) / RUNS) + 0.02;
      expect(Math.abs(before - level), `level ${level}`).toBeLessThan(allowed);
    });
  }, 60_000);

  it('has a mean risk that falls as slowly as the last runs leave, like e^(−ct) with c = γ (4/π/√B − 1)', async () => {
    const setup = setupFor(described('absolute', 400, 40));
    const rows = await rowsOf(setup);
    const { offset } = fieldOf(setup.layout, 'mean_risk');
    // c = 0.2695 on the plateau B = 0.6845
    expect(Math.log(rows[300][offset] / rows[400][offset]) / 10).toBeCloseTo(0.2695, 2);
    // the mean is that of the few that are left, the median has left long ago
    expect(rows[400][offset]).toBeGreaterThan(1e3 * rows[400][0]);
  });

  it('of a given start follows X(0) of run 0, whose overlap is that of the run', async () => {
    const given = (seed: number) =>
      setupFor(
        described('quartic', 200, 4, {
          theory: { curves: ['ode'], start: 'given' },
          simulation: { engine: 'sgd', runs: 1, seed },
        }),
      );
    const firsts = await Promise.all(
      [1, 2].map(async (seed) => {
        const setup = given(seed);
        const [row] = await rowsOf(setup);
        const seen: Float64Array[] = [];
        await simulate(engineKind('sgd'), setup, {
          runs: [0],
          onRow: (_place, _point, each) => void seen.push(each.slice()),
          shouldStop: () => false,
        });
        const { offset } = fieldOf(setup.layout, 'teacher_overlap');
        expect(row[offset]).toBeCloseTo(seen[0][offset], 12);
        expect(row[fieldOf(setup.layout, 'norm').offset]).toBeCloseTo(
          seen[0][fieldOf(setup.layout, 'norm').offset],
          10,
        );
        return row[offset];
      }),
    );
    expect(firsts[0]).not.toBeCloseTo(firsts[1], 3);
  });

  it.each([
    ['an averaged start, which never escapes', {}, { curves: ['ode'] }, 'theory.start'],
    [
      'X = 0, where nothing moves',
      { start: { kind: 'zero' } },
      { curves: ['ode'], start: 'given' },
      'optimizer.start.kind',
    ],
    ['an escape as d → ∞', {}, { curves: ['ode'], start: 'escape', limit: true }, 'theory.start'],
    [
      'an escape with memory',
      { method: { kind: 'heavy-ball', momentum: 0.9 } },
      { curves: ['ode'], start: 'escape' },
      'theory.start',
    ],
  ])('is refused for %s', (_name, optimizer, theory, path) => {
    const base = described('quartic', 50, 5);
    const parsed = parseExperiment({ ...base, optimizer: { ...base.optimizer, ...optimizer }, theory });
    expect(parsed.ok ? [] : parsed.refusals.map((each) => each.path)).toContain(path);
  });

  it('is for even losses alone', () => {
    const base = described('quartic', 50, 5);
    const parsed = parseExperiment({
      ...base,
      labels: { ...base.labels, kind: 'teacher-sign' },
      loss: { kind: 'logistic' },
    });
    expect(parsed.ok ? [] : parsed.refusals.map(({ code }) => code)).toEqual(['escape-even']);
  });
});

describe('quartic phase retrieval, identity', () => {
  it.each([
    [0.33, 'done'],
    [0.34, 'diverged'],
  ] as const)('near the solution at γ = %d as d → ∞: %s', async (rate, status) => {
    const dimension = 20_000;
    const base = described('quartic', dimension, 300);
    // a little off x*, q = 1 and B = 1.01; d is so large that the noise along x* plays no part
    const vectors = [Array.from({ length: dimension }, (_, k) => [1, 0.1][k] ?? 0)];
    const setup = setupFor({
      ...base,
      optimizer: {
        schedule: { kind: 'constant', rate },
        start: { kind: 'custom', vectors },
      },
      theory: { curves: ['ode'] },
      grid: { kind: 'linear', points: 11 },
    });
    const { outcome } = await curveKind('ode').solve(setup, {
      tolerance: 1e-8,
      onRow: () => undefined,
      shouldStop: () => false,
    });
    expect(outcome.status).toBe(status);
  });
});
