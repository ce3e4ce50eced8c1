/** A new loss and new labels, one file and one line of a registry each: all that follows from them. */
import { readdirSync } from 'node:fs';
import { englishLine } from '../../src/text/refusals/index.ts';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../src/core/engines/engine.ts';
import { engineKinds } from '../../src/core/engines/engine-kinds.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { figureKinds } from '../../src/figures/figure-kinds.ts';
import { readArchive, writeArchive, exportCsv } from '../../src/lab/archive/index.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { ensemble, summary } from '../core/engines/ensembles.ts';
import { solved } from '../core/theory/solving.ts';
import { inputsOf, synthetic, viewOf } from '../figures/synthetic.ts';
import { newFolder } from './database/folder.ts';
import { resultsFor, studyOf } from './synthetic.ts';

vi.mock('../../src/core/loss/loss-kinds.ts', async (original) => {
  const { lossKinds } = await original<{ lossKinds: readonly object[] }>();
  return { lossKinds: [...lossKinds, (await import('../core/loss/toy-loss.ts')).squaredHinge] };
});
vi.mock('../../src/core/labels/labels-kinds.ts', async (original) => {
  const { labelsKinds } = await original<{ labelsKinds: readonly object[] }>();
  return { labelsKinds: [...labelsKinds, (await import('../core/labels/toy-labels.ts')).teacherProbit] };
});

const probit = { kind: 'teacher-probit', width: 0.3, teacher: { kind: 'gaussian', seed: 4 } };
const hinge = { kind: 'squared-hinge' };
const described = (changes: object = {}) => ({
  id: 'toy',
  model: {
    dimension: 200,
    priors: [0.4, 0.6],
    spectrum: {
      kind: 'zero-one',
      blocks: [
        { fraction: 0.3, eigenvalues: [0, 1] },
        { fraction: 0.7, eigenvalues: [1, 1] },
      ],
    },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  labels: probit,
  loss: hinge,
  optimizer: { schedule: { kind: 'constant', rate: 0.25 } },
  horizon: 4,
  grid: { kind: 'linear', points: 5 },
  theory: { curves: ['ode', 'gradient-flow'] },
  simulation: { engine: 'sgd', runs: 2, seed: 4 },
  ...changes,
});
const complaints = (changes: object) => {
  const result = parseExperiment(described(changes));
  return result.ok ? [] : result.refusals.map(englishLine);
};

describe('a loss and labels of one file each', () => {
  it('are read, with their defaults and their refusals', () => {
    const result = parseExperiment(described());
    if (!result.ok) throw new Error(JSON.stringify(result.refusals));
    expect(result.value.loss).toEqual({ ...hinge, margin: 1 });
    expect(result.value.labels).toEqual({ ...probit, teacher: { ...probit.teacher, scale: 1 } });
    expect(complaints({ labels: { ...probit, width: 0 } })).toEqual([expect.stringMatching(/^labels\.width: .* > 0/)]);
    expect(complaints({ loss: { kind: 'softmax' } })).toEqual([
      expect.stringMatching(/^labels\.kind: expected "class" for the loss "softmax", got "teacher-probit"$/),
    ]);
  });

  // the loss with the labels of a class and with the toy's; logistic loss with the toy's
  it.each([
    { labels: { kind: 'class' }, loss: hinge },
    { labels: probit, loss: hinge },
    { labels: probit, loss: { kind: 'logistic' } },
  ])('run: theory agrees with every engine, $loss.kind of $labels.kind', async ({ labels, loss }) => {
    const parsed = parseExperiment(described({ labels, loss }));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
    const setup = prepare(parsed.value);
    const theory = solved(setup).curve('risk');
    const errors = solved(setup).curve('error');
    for (const engine of engineKinds) {
      expect(refusalOf(engine, setup)).toBeNull();
      const runs = await ensemble(engine, setup, 12);
      theory.forEach((risk, point) => {
        for (const [key, value] of [
          ['risk', risk],
          ['error', errors[point]],
        ] as const) {
          const { mean, meanError } = summary(runs.values(point, key));
          // 4 standard errors, and a bias of order 1/d
          expect(Math.abs(mean - value), `${key} of ${engine.kind} at ${point}`).toBeLessThan(4 * meanError + 3 / 200);
        }
      });
    }
  });

  it('are drawn by every figure that applies', () => {
    const results = synthetic({ loss: hinge, labels: probit, flow: true });
    const applying = figureKinds.filter((kind) => kind.applies(results));
    expect(applying.map(({ kind }) => kind)).toContain('teacher');
    for (const kind of applying) {
      const figure = kind.build(inputsOf(results), viewOf());
      expect(figure.kind).toBe(kind.kind);
      if (kind.kind === 'teacher' || kind.kind === 'risk') expect(figure.empty).toBe(false);
    }
  });

  it('are exported, and read again bit for bit', () => {
    const study = studyOf([described()]);
    const results = study.experiments.map((experiment) => resultsFor(experiment));
    const folder = newFolder();
    const path = join(folder, 'toy.sgdlab');
    writeArchive(path, study, results);
    const archive = readArchive(path);
    expect(archive.refusals).toEqual([]);
    expect(archive.study).toEqual(study);
    expect(archive.results[0].curves).toEqual(results[0].curves);
    exportCsv(join(folder, 'csv'), study, results);
    expect(readdirSync(join(folder, 'csv')).length).toBeGreaterThan(0);
  });
});
