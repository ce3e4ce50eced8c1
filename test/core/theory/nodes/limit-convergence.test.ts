/** The theory at dimension d tends to the theory of d → ∞, for everything that is registered and has such a limit. */
import { describe, expect, it } from 'vitest';
import { englishLine } from '../../../../src/text/refusals/index.ts';
import { lossKinds } from '../../../../src/core/loss/loss-spec.ts';
import { arrangementKinds } from '../../../../src/core/model/arrangement/arrangement-kinds.ts';
import { profileKinds } from '../../../../src/core/model/profile/profile-kinds.ts';
import { spectrumKinds } from '../../../../src/core/model/spectrum/spectrum-kinds.ts';
import { scheduleKinds } from '../../../../src/core/schedule/schedule-kinds.ts';
import { parseExperiment } from '../../../../src/study/parse.ts';
import { besidesOf } from '../../loss/pairs.ts';
import { constantRate, distance, setupOf, solved } from '../solving.ts';

const CLASSES = 2;

interface Case {
  readonly spectrum: string;
  readonly arrangement: string;
  readonly loss: string;
}

const cases: Case[] = spectrumKinds.flatMap((spectrum) =>
  arrangementKinds.flatMap((arrangement) =>
    // an escape at t ~ log d has no limit
    lossKinds
      .filter(({ kind }) => !('theory' in besidesOf(kind)))
      .map((loss) => ({ spectrum: spectrum.kind, arrangement: arrangement.kind, loss: loss.kind })),
  ),
);

/** The template of a kind. */
function template(kinds: readonly { kind: string; template(...sizes: number[]): object }[], kind: string, d: number) {
  const found = kinds.find((each) => each.kind === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found.template(CLASSES, d);
}

/** @param seed of means and teacher, where they are random. */
function description({ spectrum, arrangement, loss }: Case, dimension: number, limit: boolean, seed = 1) {
  const means = template(arrangementKinds, arrangement, dimension);
  const text = {
    model: {
      dimension,
      priors: [0.4, 0.6],
      spectrum: template(spectrumKinds, spectrum, dimension),
      means: {
        arrangement: means,
        ...(arrangement === 'custom' ? {} : { profile: { kind: 'power-law', exponent: 0.5 } }),
        scale: 1.5,
      },
    },
    loss: template(lossKinds, loss, dimension),
    optimizer: { ...constantRate(0.5), ridge: 0.05, start: { kind: 'gaussian', seed: 1, scale: 0.7 } },
    horizon: 8,
    grid: { kind: 'linear', points: 9 },
    theory: { limit },
  };
  return JSON.parse(JSON.stringify(text, (key, value: unknown) => (key === 'seed' ? seed : value))) as typeof text;
}

const isRandom = (experiment: object): boolean => /"seed"/.test(JSON.stringify({ ...experiment, optimizer: null }));
const refusals = (experiment: object): string[] => {
  const parsed = parseExperiment({ id: 'test', ...experiment });
  return parsed.ok ? [] : parsed.refusals.map(englishLine);
};

/** Risk and norm over t. */
function curves(experiment: object): number[] {
  const run = solved(setupOf(experiment), 'ode', { tolerance: 1e-10 });
  return [...run.curve('risk'), ...run.curve('norm')];
}

/** The error is c/d: from μ² of the noise power, rounded blocks and Riemann sums; corrections are of order d^{-3/2}. */
function expectOrderOne(at: (dimension: number, limit: boolean) => object): void {
  const limit = curves(at(1000, true));
  const dimensions = [1000, 10_000, 100_000];
  const errors = dimensions.map((d) => distance(curves(at(d, false)), limit));
  expect(slope(dimensions.slice(0, 2), errors.slice(0, 2))).toBeCloseTo(-1, 1);
  expect(slope(dimensions.slice(1), errors.slice(1))).toBeCloseTo(-1, 1);
  expect(errors[2]).toBeLessThan(1e-3);
}

/** Slope of log error against log d, from the first to the last. */
const slope = (dimensions: readonly number[], errors: readonly number[]): number =>
  Math.log(errors[errors.length - 1] / errors[0]) / Math.log(dimensions[dimensions.length - 1] / dimensions[0]);

const [accepted, refused] = [true, false].map((wanted) =>
  cases.filter((each) => (refusals(description(each, 10, true)).length === 0) === wanted),
);
const [random, smooth] = [true, false].map((wanted) =>
  accepted.filter((each) => isRandom(description(each, 10, true)) === wanted),
);

describe('the limit d → ∞', () => {
  it('is refused of custom numbers alone, once for each', () => {
    for (const each of refused) {
      const said = refusals(description(each, 10, true));
      said.forEach((refusal) => expect(refusal).toMatch(/^theory\.limit: expected false, or .*, got true$/));
      expect(said.length).toBe([each.spectrum, each.arrangement].filter((kind) => kind === 'custom').length);
      expect(refusals(description(each, 10, false))).toEqual([]);
    }
    expect(accepted.length).toBeGreaterThan(0);
  });

  it.each(smooth)('is approached like 1/d: $spectrum spectrum, $arrangement means, $loss', (each) => {
    expectOrderOne((d, limit) => description(each, d, limit));
  });

  const logistic: Case = { spectrum: 'zero-one', arrangement: 'cosine', loss: 'logistic' };
  // at powers of ten a third of the directions is always rounded by a third of one
  const thirds = [0, 1, 2].map((k) => ({ fraction: 1 / 3, eigenvalues: [k === 0 ? 0 : 1, k === 1 ? 0 : 1] }));

  it.each(profileKinds.map((profile) => [profile.kind, profile.template(3)] as const))(
    'is approached like 1/d over blocks that are rounded: profile %s',
    (_kind, profile) => {
      expectOrderOne((d, limit) => {
        const base = description(logistic, d, limit);
        const spectrum = { kind: 'zero-one', blocks: thirds };
        return { ...base, model: { ...base.model, spectrum, means: { ...base.model.means, profile } } };
      });
    },
  );

  it.each(scheduleKinds.map((schedule) => [schedule.kind, schedule.template(0.5, 8)] as const))(
    'is approached like 1/d under the learning-rate rule %s',
    (_kind, schedule) => {
      expectOrderOne((d, limit) => {
        const base = description({ ...logistic, spectrum: 'power-law' }, d, limit);
        return { ...base, optimizer: { ...base.optimizer, schedule, batchSize: 2 } };
      });
    },
  );

  it.each(random)('is approached like 1/√d: $spectrum spectrum, $arrangement means, $loss', (each) => {
    const limit = curves(description(each, 1000, true));
    const dimensions = [100, 1000, 10_000];
    const seeds = Array.from({ length: 8 }, (_, k) => k + 1);
    // root mean square over seeds: inner products of random vectors deviate by O(1/√d)
    const errors = dimensions.map((d) => {
      const squares = seeds.map((seed) => distance(curves(description(each, d, false, seed)), limit) ** 2);
      return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / seeds.length);
    });
    // the root mean square of 8 is known to a quarter, and so over a factor 100 of d the slope to 0.08
    expect(slope(dimensions, errors)).toBeGreaterThan(-0.75);
    expect(slope(dimensions, errors)).toBeLessThan(-0.25);
    expect(errors[2]).toBeLessThan(0.1);
  });
});
