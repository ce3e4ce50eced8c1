/** Exact line search held to SGD: its rate is that of the best step, and its theory SGD's mean. */
import { describe, expect, it } from 'vitest';
import { type Setup } from '../../../src/core/experiment/setup.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { runStream } from '../../../src/core/experiment/start.ts';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { ensemble, summary, together } from '../engines/ensembles.ts';
import { identity, setupOf, solved } from '../theory/solving.ts';

const binary = { kind: 'binary-least-squares' };
const lineSearch = { kind: 'line-search' };

/** Mean objective after one step of each of many runs at a constant rate, and its standard error. */
async function afterOneStep(setup: Setup, runs: number, ridge: number) {
  const row = new Float64Array(setup.layout.size);
  const values: number[] = [];
  for (let run = 0; run < runs; run++) {
    const simulation = await engineKind('sgd').start(setup, [runStream(1, run)], [0]);
    await simulation.advance(1);
    await simulation.observe(0, row);
    simulation.dispose();
    values.push(row[fieldOf(setup.layout, 'risk').offset] + 0.5 * ridge * row[fieldOf(setup.layout, 'norm').offset]);
  }
  return summary(values);
}

describe('one step of exact line search', () => {
  // ‖μ‖² beside tr K: much larger, and alike; the batch beside d = 40: small, and larger
  it.each([
    [0.05, 1, 0],
    [0.05, 16, 0],
    [1, 1, 0],
    [1, 64, 0],
    [0.3, 4, 0.5],
  ])(
    'lowers the mean objective most, and as E F = F − (γ D − γ² N)/d says: λ = %d, b = %d, δ = %d',
    async (v, b, ridge) => {
      const d = 40;
      const setup = (schedule: object) =>
        setupOf({
          model: identity(d, [v, v], 1.5),
          loss: binary,
          optimizer: { schedule, batchSize: b, ridge },
          horizon: 1,
          grid: { kind: 'linear', points: 2 },
        });
      const searched = setup(lineSearch);
      const theory = solved(searched);
      const rate = theory.curve('learning_rate')[0];
      // X = 0: F = ½, ∇F = −μ of either class, D = ‖μ‖², and the best step takes half of γ D off
      const scale = 1.5 ** 2;
      const at = await afterOneStep(setup({ kind: 'constant', rate }), 1500, ridge);
      expect(Math.abs(at.mean - (0.5 - (0.5 * rate * scale) / d))).toBeLessThan(4 * at.meanError);
      // the same samples at other rates: a parabola with its minimum there, half as deep at 1 ± 1/√2
      const off = await Promise.all(
        [1 - Math.SQRT1_2, 1 + Math.SQRT1_2].map((part) =>
          afterOneStep(setup({ kind: 'constant', rate: part * rate }), 1500, ridge),
        ),
      );
      for (const each of off) expect((0.5 - each.mean) / (0.5 - at.mean)).toBeCloseTo(0.5, 1);
      // SGD itself takes that rate
      const row = new Float64Array(searched.layout.size);
      const begun = await engineKind('sgd').start(searched, [runStream(1, 0)], [0]);
      await begun.observe(0, row);
      expect(Math.abs(row[fieldOf(searched.layout, 'learning_rate').offset] / rate - 1)).toBeLessThan(1e-12);
    },
  );
});

describe('exact line search where the means are not small beside the covariance', () => {
  const small = (d: number) =>
    setupOf({
      model: identity(d, [0.05, 0.05]),
      loss: binary,
      optimizer: { schedule: lineSearch },
      horizon: 2,
      grid: { kind: 'linear', points: 9 },
    });

  // final risks of an independent program (NumPy, the same rule from its own sums), 24 runs, ± standard error
  it.each([
    [50, 0.0538, 0.0012],
    [200, 0.0709, 0.0013],
    [1000, 0.0671, 0.0013],
  ])("is an independent solution's in SGD: d = %d", async (d, risk, error) => {
    const { mean, meanError } = summary((await ensemble(engineKind('sgd'), small(d), 12)).values(8, 'risk'));
    expect(Math.abs(mean - risk)).toBeLessThan(4 * Math.hypot(meanError, error));
  });

  it('is the theory as steps become small', async () => {
    // γ(λ + ‖μ‖²)/d = 0.29 at first for d = 1000, and in proportion to 1/d from there on
    const difference = async (d: number) => {
      const setup = small(d);
      const theory = solved(setup).curve('risk');
      const { mean } = summary((await ensemble(engineKind('sgd'), setup, 8)).values(8, 'risk'));
      return Math.abs(mean / theory[8] - 1);
    };
    const differences = [await difference(1000), await difference(2000)];
    expect(differences[0]).toBeLessThan(0.12);
    expect(differences[1]).toBeLessThan(0.07);
  });
});

describe('rates that are ratios of what vanishes with the risk', () => {
  const clean = (schedule: object, grid: object, loss: object = binary, dimension = 400, horizon = 8) =>
    setupOf({
      model: {
        dimension,
        priors: [0.5, 0.5],
        spectrum: {
          kind: 'zero-one',
          blocks: [
            { fraction: 20 / dimension, eigenvalues: [1, 1] },
            { fraction: 1 - 20 / dimension, eigenvalues: [0, 0] },
          ],
        },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' }, scale: 1 },
      },
      loss,
      optimizer: { schedule },
      horizon,
      grid,
    });
  const rules = ['line-search', 'polyak'].flatMap((kind) =>
    ['binary-least-squares', 'logistic', 'softmax'].map((loss) => [kind, loss] as const),
  );

  it.each(rules)(
    'ends at zero risk, at no larger rate than it began with, in theory and SGD: %s, %s',
    async (kind, loss) => {
      const setup = clean({ kind }, { kind: 'linear', points: 9 }, { kind: loss });
      const theory = solved(setup, 'ode', { tolerance: 1e-8 });
      expect(theory.report.outcome).toEqual({ status: 'done', t: 8 });
      expect(theory.curve('risk')[8]).toBeLessThan(1e-20);
      const rates = theory.curve('learning_rate');
      expect(rates[8]).toBeLessThanOrEqual(1.01 * rates[0]);
      const [run] = await together(engineKind('sgd'), setup, [0]);
      expect(run.outcome).toEqual({ status: 'done', t: 8 });
      expect(run.rows[8][fieldOf(setup.layout, 'risk').offset]).toBeLessThan(1e-12);
    },
  );

  it.each([9, 2, 200])('does not call risks below 1e-28 a divergence: d = 1000, %d grid points', (points) => {
    const setup = clean({ kind: 'line-search' }, { kind: 'linear', points }, binary, 1000, 2);
    const theory = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(theory.report.outcome).toEqual({ status: 'done', t: 2 });
    expect(theory.curve('risk').at(-1)).toBeLessThan(1e-25);
    expect(theory.curve('learning_rate').at(-1)).toBe(0);
    expect(theory.curve('learning_rate')[0]).toBeCloseTo(1000 / (20 + 0.04 + 1), 8);
  });

  it.each(rules)('gives the same curve on any grid, to the bit: %s, %s', (kind, loss) => {
    const on = (points: number) => solved(clean({ kind }, { kind: 'linear', points }, { kind: loss }));
    const [few, many] = [on(5), on(33)];
    expect(few.report.outcome).toEqual(many.report.outcome);
    expect(few.report.accepted).toBe(many.report.accepted);
    for (const key of ['risk', 'norm', 'learning_rate']) {
      expect(few.curve(key)).toEqual(many.curve(key).filter((_, k) => k % 8 === 0));
    }
  });
});
