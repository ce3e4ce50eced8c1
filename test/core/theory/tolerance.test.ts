/** Whether the solver keeps its tolerance, over times and dimensions, and whether any parameters trip it. */
import { describe, expect, it } from 'vitest';
import { constantRate, powerLaw, setupOf, solved } from './solving.ts';

const logistic = { kind: 'logistic' };

/** Holds the risk at every grid time to ten times the tolerance. */
function expectTenFold(description: object, tight = 1e-12): void {
  const setup = setupOf(description);
  const truth = solved(setup, 'ode', { tolerance: tight });
  expect(truth.report.outcome.status).toBe('done');
  for (const tolerance of [1e-6, 1e-8, 1e-10]) {
    const run = solved(setup, 'ode', { tolerance });
    const errors = run.curve('risk').map((value, k) => Math.abs(value - truth.curve('risk')[k]));
    // absolute: risks start at log 2 and ½
    expect(Math.max(...errors) / tolerance, `tolerance ${tolerance}`).toBeLessThan(10);
  }
}

describe('the tolerance', () => {
  const exponents = [
    [0.5, 0.5],
    [1.1, 1.5],
  ];
  const cases = exponents.flatMap((alpha) =>
    [100, 10_000, 1_000_000].flatMap((d) => [50, 1e5, 1e8].map((horizon) => ({ alpha, d, horizon }))),
  );

  it.each(cases)('is kept ten-fold in the risk: α = $alpha, d = $d, T = $horizon', ({ alpha, d, horizon }) => {
    expectTenFold({
      model: powerLaw(d, alpha, 0.2),
      loss: logistic,
      optimizer: constantRate(1),
      horizon,
      grid: { kind: 'log', first: 0.1, points: 60 },
    });
  });

  const rates = [0.3, 0.5, 1];
  const stiffMeans = [100_000, 1_000_000].flatMap((d) => rates.map((rate) => ({ d, rate })));

  it.each(stiffMeans)('is kept ten-fold by least squares of stiff means: d = $d, γ = $rate', ({ d, rate }) => {
    expectTenFold({
      model: powerLaw(d, [3, 3.5], -0.5),
      loss: { kind: 'binary-least-squares' },
      optimizer: constantRate(rate),
      horizon: 1e5,
      // several points in every step: errors within steps are larger than at their ends
      grid: { kind: 'log', first: 0.01, points: 400 },
    });
  });
});

describe('the tolerance of several outputs', () => {
  it.each([50, 1e5, 1e8])('is kept ten-fold in the risk by softmax: T = %d', (horizon) => {
    const priors = [0.4, 0.3, 0.2, 0.1];
    const description = {
      model: {
        dimension: 1000,
        priors,
        spectrum: { kind: 'power-law', exponents: [0.5, 0.7, 0.9, 1.1] },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1 },
      },
      loss: { kind: 'softmax' },
      optimizer: { ...constantRate(2), ridge: 0.01 },
      horizon,
      grid: { kind: 'log', first: 1, points: 20 },
    };
    // the moments themselves are rounded to about 1e-12
    expectTenFold(description, 1e-11);
  });
});

describe('a scan over α, β and γ', () => {
  const alphas = [0, 0.3, 0.8, 1.3, 2, 3];
  const betas = [-0.5, 0, 0.5, 1.5];
  const rates = [0.03, 0.1, 0.3, 1, 3, 10];

  it.each([50, 1e6])('solves every case, with work of the order of its neighbours, T = %d', (horizon) => {
    const work = alphas.map((alpha) =>
      betas.map((beta) =>
        rates.map((rate) => {
          const setup = setupOf({
            model: powerLaw(2000, [alpha, 1.2 * alpha], beta),
            loss: logistic,
            optimizer: constantRate(rate),
            horizon,
            grid: { kind: 'log', first: 0.1, points: 20 },
          });
          const { report, rows } = solved(setup, 'ode', { tolerance: 1e-8 });
          const name = `α = ${alpha}, β = ${beta}, γ = ${rate}`;
          expect(report.outcome.status, name).toBe('done');
          expect(
            rows.every((row) => row.every(Number.isFinite)),
            name,
          ).toBe(true);
          return report.evaluations;
        }),
      ),
    );
    const worst: string[] = [];
    const at = (a: number, b: number, r: number): number | undefined => work[a]?.[b]?.[r];
    alphas.forEach((alpha, a) =>
      betas.forEach((beta, b) =>
        rates.forEach((rate, r) => {
          const own = work[a][b][r];
          const neighbours = [
            at(a - 1, b, r),
            at(a + 1, b, r),
            at(a, b - 1, r),
            at(a, b + 1, r),
            at(a, b, r - 1),
            at(a, b, r + 1),
          ];
          for (const other of neighbours) {
            if (other !== undefined && own > 10 * other)
              worst.push(`α = ${alpha}, β = ${beta}, γ = ${rate}: ${own} > 10 · ${other}`);
          }
        }),
      ),
    );
    expect(worst).toEqual([]);
  });
});
