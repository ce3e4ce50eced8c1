import { describe, expect, it } from 'vitest';
import { englishLine } from '../../src/text/refusals/index.ts';
import { defaultRates, estimateCost } from '../../src/study/estimate.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';

function experiment(change: Record<string, unknown> = {}): Experiment {
  const parsed = parseExperiment({
    id: 'one',
    model: {
      dimension: 1000,
      priors: [0.5, 0.5],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'binary-least-squares' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 50,
    simulation: { runs: 10 },
    ...change,
  });
  if (!parsed.ok) throw new Error(parsed.refusals.map(englishLine).join());
  return parsed.value;
}

const { sgd, reduced } = defaultRates.engines;
const freeTheory = { ...defaultRates, curves: { ode: { curve: 0, moments: 0 } } };

describe('the cost estimate', () => {
  it('counts steps × d × runs over the threads', () => {
    const one = estimateCost(experiment(), 1, freeTheory);
    expect(one.steps).toBe(50_000);
    expect(one.secondsPerRun).toBeCloseTo(50_000 * 1000 * sgd.coordinateStep, 12);
    expect(one.seconds).toBeCloseTo(10 * one.secondsPerRun, 12);
    expect(estimateCost(experiment(), 2, freeTheory).seconds).toBeCloseTo(one.seconds / 2, 12);
  });

  it('says where reduced SGD would be faster, and only there', () => {
    const { faster } = estimateCost(experiment(), 1, defaultRates);
    expect(faster?.engine).toBe('reduced');
    expect(faster?.factor).toBeGreaterThan(1);
    const chosen = experiment({ simulation: { runs: 10, engine: 'reduced' } });
    expect(estimateCost(chosen, 1, defaultRates).faster).toBeNull();
    const { model } = experiment();
    const powerLaw = experiment({ model: { ...model, spectrum: { kind: 'power-law', exponents: [1, 1] } } });
    expect(estimateCost(powerLaw, 1, defaultRates).faster).toBeNull();
  });

  it('counts with several reduced runs at once, where they are compiled and enough for all threads', () => {
    const seconds = (runs: number, threads: number, change: Record<string, unknown> = {}) =>
      estimateCost(experiment({ simulation: { engine: 'reduced', runs }, ...change }), threads, defaultRates)
        .secondsPerRun;
    const steps = 2 * 50_000;
    expect(seconds(1, 1)).toBeCloseTo(steps * reduced.blockStepAlone, 12);
    expect(seconds(2, 2)).toBeCloseTo(steps * reduced.blockStepAlone, 12);
    expect(seconds(100, 2)).toBeCloseTo(steps * reduced.blockStep, 12);
    expect(seconds(3, 2)).toBeCloseTo((steps * reduced.blockStepAlone) / 2, 12);
    const polyak = { optimizer: { schedule: { kind: 'polyak' } } };
    expect(seconds(100, 2, polyak)).toBeCloseTo(steps * reduced.plainBlockStep, 12);
  });

  it('makes reduced SGD cost the same at any d, for the same number of steps', () => {
    const simulation = { runs: 1, engine: 'reduced' };
    const { model } = experiment();
    const small = estimateCost(experiment({ simulation, horizon: 100 }), 1, defaultRates);
    const large = estimateCost(
      experiment({ simulation, horizon: 1, model: { ...model, dimension: 100_000 } }),
      1,
      defaultRates,
    );
    expect(large.secondsPerRun).toBe(small.secondsPerRun);
  });
});
