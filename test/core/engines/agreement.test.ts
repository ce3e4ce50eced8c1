/**
 * Theory against every simulation engine that accepts, pairwise over the registries of losses, spectra and schedules: a
 * new line in a registry gets its comparison.
 */
import { describe, expect, it } from 'vitest';
import { labelsKind, type LabelsSpec } from '../../../src/core/labels/labels-spec.ts';
import { createLoss, lossKind, lossSchema } from '../../../src/core/loss/loss-spec.ts';
import { spectrumKinds } from '../../../src/core/model/spectrum/spectrum-kinds.ts';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import { createSchedule, scheduleSchema } from '../../../src/core/schedule/schedule-spec.ts';
import { refusalOf } from '../../../src/core/engines/engine.ts';
import { engineKinds } from '../../../src/core/engines/engine-kinds.ts';
import { pairs, type Pair } from '../loss/pairs.ts';
import { setupOf, solved } from '../theory/solving.ts';
import { ensemble, summary, withoutError } from './ensembles.ts';

const DIMENSION = 300;
/** Rules that look at the state cost much more per step. */
const HORIZON = { time: 5, accumulated: 5, state: 2.5 };
/** Enough for a standard error that means something; the test is about means. */
const RUNS = 12;
const ERRORS = 4;
/**
 * c of the bias c/d of finite d: (T4)–(T5) are limits, whose terms of relative order 1/d are left out (a step of SGD is
 * an Euler step of size 1/d; ‖a‖² fluctuates by d^{−1/2}, and enters to second order).
 */
const BIAS = 2;

/** Losses by more telling descriptions than their templates, with as many classes as show them, and suitable rates. */
const losses: Readonly<Record<string, { loss?: object; classes?: number; rate?: number }>> = {
  'one-hot-least-squares': { classes: 4, rate: 0.4 },
  'teacher-least-squares': {
    loss: { noise: 0.3, teacher: { kind: 'gaussian', seed: 3, outputs: 2 } },
    classes: 2,
  },
  'phase-retrieval': { classes: 2, rate: 0.1 },
};

const spectra: Readonly<Record<string, (classes: number) => object>> = {
  identity: (classes) => ({ variances: Array.from({ length: classes }, (_, i) => 1 - 0.2 * i) }),
  'zero-one': (classes) => ({
    blocks: [
      { fraction: 0.3, eigenvalues: new Array<number>(classes).fill(0) },
      { fraction: 0.3, eigenvalues: Array.from({ length: classes }, (_, i) => i % 2) },
      { fraction: 0.4, eigenvalues: new Array<number>(classes).fill(1) },
    ],
  }),
  'power-law': (classes) => ({ exponents: Array.from({ length: classes }, (_, i) => 0.5 * (i + 1)) }),
  custom: (classes) => ({
    eigenvalues: Array.from({ length: classes }, (_, i) =>
      Array.from({ length: DIMENSION }, (_, rho) => [0.2, 1, 0.6, 0][(rho + i) % 4]),
    ),
  }),
};

const schedules: Readonly<Record<string, (rate: number) => object>> = {
  'power-decay': (rate) => ({ rate, timescale: 2, exponent: 0.5 }),
  'adagrad-norm': (rate) => ({ rate, offset: 0.8 }),
};

/** A loss, its number of classes, and a rate well below what its largest curvature allows. */
function lossCase({ kind, given, classes: [, most] }: Pair) {
  const known = losses[kind] ?? {};
  // moments of a teacher's labels take their time in homogenised SGD
  const classes = known.classes ?? Math.min(given.kind === 'class' ? 3 : 2, most);
  const loss = lossSchema.parse({ ...lossKind(kind).template(classes), ...known.loss });
  const { maxCurvature, even } = createLoss(loss, classes, given);
  return { labels: given, loss, classes, even, rate: known.rate ?? Math.min(1, 0.5 / maxCurvature) };
}

/** Every loss with its labels and every schedule; spectra in turn, as often as it takes for them to meet every loss and every schedule. */
const turns = Math.ceil(spectrumKinds.length / Math.min(pairs.length, scheduleKinds.length));
const cases = pairs.flatMap((pair, l) =>
  scheduleKinds.flatMap((scheduleKind, s) =>
    Array.from({ length: turns }, (_, turn) => {
      const spectrumKind = spectrumKinds[(l + s + turn * pairs.length) % spectrumKinds.length];
      return {
        pair,
        scheduleKind,
        spectrumKind,
        loss: pair.name,
        schedule: scheduleKind.kind,
        spectrum: spectrumKind.kind,
        batchSize: [1, 4, 16][(l + 2 * s) % 3],
        ridge: [0, 0.1][(l + s + (s >> 1)) % 2],
        start: (l + s) % 5 < 3 ? { kind: 'zero' } : { kind: 'gaussian', seed: 6, scale: 1 },
      };
    }),
  ),
);

/** Near X*, from where an even loss moves on average. */
const warm = (labels: LabelsSpec) => ({
  kind: 'custom',
  vectors: [Array.from(labelsKind(labels.kind).teacher?.(labels, DIMENSION) ?? [], (entry) => 0.6 * entry)],
});

const description = ({ pair, scheduleKind, spectrumKind, batchSize, ridge, start }: (typeof cases)[number]) => {
  const { labels, loss, classes, rate, even } = lossCase(pair);
  const rule = scheduleSchema.parse({
    ...scheduleKind.template(rate, HORIZON.time),
    ...schedules[scheduleKind.kind]?.(rate),
  });
  return {
    model: {
      dimension: DIMENSION,
      priors: Array.from({ length: classes }, (_, i) => (1 + i) / ((classes * (classes + 1)) / 2)),
      spectrum: { ...spectrumKind.template(classes, DIMENSION), ...spectra[spectrumKind.kind]?.(classes) },
      means: { arrangement: { kind: classes === 2 ? 'opposite' : 'cosine' }, profile: { kind: 'flat' } },
    },
    labels,
    loss,
    optimizer: { schedule: rule, batchSize, ridge, start: even ? warm(labels) : start },
    horizon: HORIZON[createSchedule(rule).dependsOn],
    grid: { kind: 'linear', points: 5 },
  };
};

describe('theory and simulation agree', () => {
  it('over every pair of kinds of the registries', () => {
    const met = (a: 'loss' | 'spectrum', b: 'spectrum' | 'schedule') =>
      new Set(cases.map((each) => `${each[a]} ${each[b]}`)).size;
    expect(met('loss', 'spectrum')).toBe(pairs.length * spectrumKinds.length);
    expect(met('loss', 'schedule')).toBe(pairs.length * scheduleKinds.length);
    expect(met('spectrum', 'schedule')).toBe(spectrumKinds.length * scheduleKinds.length);
    for (const batchSize of [1, 4, 16]) expect(cases.some((each) => each.batchSize === batchSize)).toBe(true);
  });

  it.each(cases)('$loss, $spectrum, $schedule, b = $batchSize, ridge $ridge, $start.kind start', async (each) => {
    const setup = withoutError(setupOf(description(each)));
    const theory = solved(setup).curve('risk');
    const accepting = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
    expect(accepting.map(({ kind }) => kind)).toContain('sgd');
    for (const engine of accepting) {
      const runs = await ensemble(engine, setup, RUNS);
      theory.forEach((risk, point) => {
        const { mean, meanError } = summary(runs.values(point, 'risk'));
        expect(Math.abs(mean - risk), `${engine.kind} at point ${point}: ${mean} and ${risk}`).toBeLessThan(
          ERRORS * meanError + BIAS / DIMENSION,
        );
      });
    }
  });
});
