/**
 * Theory against every simulation engine that accepts, over the registries of losses with labels, methods, averages,
 * schedules and spectra: any two kinds meet, if theory has them, in as few cases as that takes.
 */
import { describe, expect, it } from 'vitest';
import { labelsKind, type LabelsSpec } from '../../../src/core/labels/labels-spec.ts';
import { refusalOf } from '../../../src/core/engines/engine.ts';
import { engineKinds } from '../../../src/core/engines/engine-kinds.ts';
import { createLoss, lossKind, lossSchema } from '../../../src/core/loss/loss-spec.ts';
import { spectrumKinds } from '../../../src/core/model/spectrum/spectrum-kinds.ts';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import { createSchedule, scheduleSchema } from '../../../src/core/schedule/schedule-spec.ts';
import { averageKinds } from '../../../src/core/update/average/average-kinds.ts';
import { createUpdate } from '../../../src/core/update/create-update.ts';
import { methodKinds } from '../../../src/core/update/method/method-kinds.ts';
import { shapeRefusal, theoryRefusal } from '../../../src/core/update/refusals.ts';
import { pairs, type Pair } from '../loss/pairs.ts';
import { setupOf, solved } from '../theory/solving.ts';
import { allPairs, pairsOf, type Case } from './all-pairs.ts';
import { ensemble, summary, withoutError } from './ensembles.ts';

const DIMENSION = 160;
const HORIZON = 3;
/** Enough for a standard error that means something; the test is about means. */
const RUNS = 10;
const ERRORS = 4;
/**
 * c of the bias c/d of finite d: (T4)–(T5) are limits, whose terms of relative order 1/d are left out (a step of SGD is
 * an Euler step of size 1/d; ‖a‖² fluctuates by d^{−1/2}, and enters to second order).
 */
const BIAS = 2;
/**
 * The gradient of the quartic loss is a cube: steps that are as long as they can be leave out more. The risk of SGD,
 * homogenised SGD included, is off by 9/d at t = 1, at d = 160 as at d = 640 (24 runs each).
 */
const BIAS_OF_LONG_STEPS: Readonly<Record<string, number>> = { 'phase-retrieval': 20 };
/** A machine under load is no reason to fail. */
const TIMEOUT = 600_000;

/** Losses by more telling descriptions than their templates, with as many classes as show them, and suitable rates. */
const losses: Readonly<Record<string, { loss?: object; classes?: number; rate?: number }>> = {
  'one-hot-least-squares': { classes: 4, rate: 0.4 },
  'teacher-least-squares': { loss: { noise: 0.3, teacher: { kind: 'gaussian', seed: 3, outputs: 1 } }, classes: 2 },
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

/** Factors of the rates of methods that move farther by themselves. */
const RATES: Readonly<Record<string, number>> = { 'heavy-ball': 0.1, momentum: 0.3, dana: 0.3 };

const averages = [null, ...averageKinds.map((kind) => kind.template(HORIZON))];

/** A loss, its number of classes, and a rate well below what its largest curvature allows. */
function lossCase({ kind, given, classes: [, most] }: Pair) {
  const known = losses[kind] ?? {};
  // moments of a teacher's labels take their time in homogenised SGD
  const classes = known.classes ?? Math.min(given.kind === 'class' ? 3 : 2, most);
  const loss = lossSchema.parse({ ...lossKind(kind).template(classes), ...known.loss });
  const { maxCurvature, even } = createLoss(loss, classes, given);
  const rate = known.rate ?? Math.min(1, 0.5 / Math.min(maxCurvature, 1e3));
  return { labels: given, loss, classes, even, rate };
}

const sizes = [pairs.length, methodKinds.length, averages.length, scheduleKinds.length, spectrumKinds.length];
const lossCases = pairs.map(lossCase);
const made = lossCases.map(({ loss, classes, labels }) => createLoss(loss, classes, labels));
const updates = methodKinds.map((method) =>
  averages.map((average) => createUpdate({ method: method.template(), average }, DIMENSION)),
);
const rules = scheduleKinds.map((kind) => createSchedule(kind.template(1, HORIZON), HORIZON));

/** Near X*, from where an even loss moves on average. */
const warm = (labels: LabelsSpec) => ({
  kind: 'custom',
  vectors: [Array.from(labelsKind(labels.kind).teacher?.(labels, DIMENSION) ?? [], (entry) => 0.6 * entry)],
});

/** Whether theory has a case of single samples. */
const hasTheory = ([pair, method, average, schedule]: Case): boolean => {
  const update = updates[method][average];
  return theoryRefusal(update, rules[schedule]) === null && shapeRefusal(update, 1, made[pair]) === null;
};

const chosen = allPairs(sizes, hasTheory);

const cases = chosen.map((levels, k) => {
  const [pair, method, average, schedule, spectrum] = levels;
  const single = updates[method][average].shape !== null;
  return {
    levels,
    name: [
      pairs[pair].name,
      methodKinds[method].kind,
      averages[average]?.kind ?? 'last iterate',
      scheduleKinds[schedule].kind,
      spectrumKinds[spectrum].kind,
    ].join(', '),
    batchSize: single ? 1 : [1, 4, 16][k % 3],
    ridge: [0, 0.1][(k + (k >> 1)) % 2],
    start: k % 5 < 3 ? { kind: 'zero' } : { kind: 'gaussian', seed: 6, scale: 1 },
  };
});

function description({ levels, batchSize, ridge, start }: (typeof cases)[number]) {
  const [pair, method, average, schedule, spectrum] = levels;
  const { labels, loss, classes, even, rate: own } = lossCases[pair];
  const { kind } = methodKinds[method];
  const rate = own * (RATES[kind] ?? 1);
  const rule = scheduleKinds[schedule];
  return {
    model: {
      dimension: DIMENSION,
      priors: Array.from({ length: classes }, (_, i) => (1 + i) / ((classes * (classes + 1)) / 2)),
      spectrum: {
        ...spectrumKinds[spectrum].template(classes, DIMENSION),
        ...spectra[spectrumKinds[spectrum].kind]?.(classes),
      },
      means: { arrangement: { kind: classes === 2 ? 'opposite' : 'cosine' }, profile: { kind: 'flat' } },
    },
    labels,
    loss,
    optimizer: {
      // κ is no multiple of γ: a cube does not bear κ = 1
      method: { ...methodKinds[method].template(), ...(even && kind === 'momentum' ? { coupling: 0.1 } : {}) },
      average: averages[average],
      schedule: scheduleSchema.parse({ ...rule.template(rate, HORIZON), ...schedules[rule.kind]?.(rate) }),
      batchSize,
      ridge,
      start: even ? warm(labels) : start,
    },
    horizon: HORIZON,
    grid: { kind: 'linear', points: 4 },
  };
}

describe('theory and simulation agree', () => {
  it('over every pair of kinds of the registries that theory has together', () => {
    const met = new Set(chosen.flatMap((levels) => pairsOf(sizes, levels)));
    for (let f = 0; f < sizes.length; f++) {
      for (let level = 0; level < sizes[f]; level++) expect(chosen.some((levels) => levels[f] === level)).toBe(true);
    }
    // with plain SGD and the last iterate theory has everything
    for (let pair = 0; pair < sizes[0]; pair++) {
      for (let schedule = 0; schedule < sizes[3]; schedule++) {
        for (let spectrum = 0; spectrum < sizes[4]; spectrum++) {
          for (const each of pairsOf(sizes, [pair, 0, 0, schedule, spectrum])) expect(met.has(each)).toBe(true);
        }
      }
    }
    for (const batchSize of [1, 4, 16]) expect(cases.some((each) => each.batchSize === batchSize)).toBe(true);
  });

  it.each(cases)(
    '$name, b = $batchSize, ridge $ridge, $start.kind start',
    async (each) => {
      const setup = withoutError(setupOf(description(each)));
      const theory = solved(setup, 'ode', { tolerance: 1e-7 });
      const accepting = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
      expect(accepting.map(({ kind }) => kind)).toContain('sgd');
      for (const engine of accepting) {
        const runs = await ensemble(engine, setup, RUNS);
        // steps of rules of the state are as long as they can be: of ‖X‖² they leave out more than c/d
        const isLong = setup.schedule.dependsOn === 'state';
        const bias = (isLong && BIAS_OF_LONG_STEPS[setup.experiment.loss.kind]) || BIAS;
        const norm = isLong ? [] : ['norm'];
        for (const key of ['risk', ...norm, ...(setup.update.average ? ['average_risk'] : [])]) {
          const curve = theory.curve(key);
          const scale = key === 'norm' ? Math.max(1, ...curve) : 1;
          curve.forEach((value, point) => {
            if (Number.isNaN(value)) return;
            const { mean, meanError } = summary(runs.values(point, key));
            expect(Math.abs(mean - value), `${engine.kind}, ${key} at point ${point}: ${mean}, ${value}`).toBeLessThan(
              ERRORS * meanError + (bias * scale) / DIMENSION,
            );
          });
        }
      }
    },
    TIMEOUT,
  );
});
