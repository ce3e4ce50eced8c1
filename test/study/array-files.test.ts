import { describe, expect, it } from 'vitest';
import { inEnglish } from '../refusals.ts';
import { refusalsIn } from '../../src/text/refusals/index.ts';
import { ROWS, withArrays } from '../../src/study/array-files.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';

const experiment = {
  id: 'given',
  model: {
    dimension: 3,
    priors: [0.5, 0.5],
    spectrum: { kind: 'custom', eigenvalues: { file: 'k.csv' } as unknown },
    means: { arrangement: { kind: 'custom', means: { file: 'mu.csv' } as unknown } },
  },
  loss: { kind: 'teacher-least-squares', teacher: { kind: 'custom', vectors: { file: 'x.csv' } as unknown } },
  optimizer: { schedule: { kind: 'constant', rate: 0.1 } },
  horizon: 1,
};
/** The same with labels in place of a loss that brings its own. */
const labelled = {
  ...experiment,
  id: 'labelled',
  labels: { kind: 'teacher-sign', teacher: { kind: 'custom', vectors: { file: 'x.csv' } as unknown } },
  loss: { kind: 'logistic' },
  optimizer: { ...experiment.optimizer, start: { kind: 'custom', vectors: { file: 'x.csv' } as unknown } },
};
const study = (...experiments: unknown[]) => ({ format: 'sgdlab-study', version: 1, experiments });
const files: Record<string, string> = { 'k.csv': '1,2,3\n-1e-17,5,6', 'mu.csv': '1,-2,3', 'x.csv': '1\n0\n-1' };
const read = (name: string) => {
  if (!(name in files)) throw new Error('no such file or folder');
  return new TextEncoder().encode(files[name]);
};
const k = [
  [1, 2, 3],
  [0, 5, 6],
];

describe('files in place of rows of numbers', () => {
  it('stand wherever an experiment has rows of numbers', () => {
    const parsed = requireParsed(parseStudy(withArrays(study(experiment, labelled), read).value)).experiments;
    const found: string[][] = [];
    const walk = (value: unknown, path: string[]): void => {
      if (Array.isArray(value) && Array.isArray(value[0])) found.push(path);
      else if (value !== null && typeof value === 'object' && !Array.isArray(value))
        for (const [key, entry] of Object.entries(value)) walk(entry, [...path, key]);
    };
    for (const each of parsed) walk(each, []);
    const places = (paths: readonly (readonly string[])[]) => [...new Set(paths.map((path) => path.join('.')))].sort();
    expect(places(found)).toEqual(places(ROWS.map(({ path }) => path)));
  });

  it('are read into the study, and what is changed is said at its path', () => {
    const { value, refusals, notices } = withArrays(study(experiment), read);
    expect(refusals).toEqual([]);
    const [{ model, loss }] = requireParsed(parseStudy(value)).experiments;
    expect(model.spectrum).toEqual({ kind: 'custom', eigenvalues: k });
    expect(model.means.arrangement).toEqual({
      kind: 'custom',
      means: [
        [1, -2, 3],
        [1, -2, 3],
      ],
    });
    expect(loss).toMatchObject({ teacher: { vectors: [[1, 0, -1]] } });
    expect(inEnglish(notices)).toEqual([
      {
        path: 'experiments[0].model.spectrum.eigenvalues',
        message: 'k.csv: 1 negative entry of the size of rounding counts as 0',
      },
      {
        path: 'experiments[0].model.means.arrangement.means',
        message: 'mu.csv: the one row is used for each of the 2 classes',
      },
      { path: 'experiments[0].loss.teacher.vectors', message: 'x.csv: columns taken as rows' },
    ]);
  });

  it('are read into the base of a sweep', () => {
    const { id: _id, ...base } = experiment;
    const axes = [{ parameter: 'optimizer.schedule.rate', range: { kind: 'values', values: [0.1, 0.2] } }];
    const { value, refusals } = withArrays({ ...study(), sweep: { axes, base } }, read);
    expect(refusals).toEqual([]);
    const { experiments } = requireParsed(parseStudy(value));
    expect(experiments.map(({ model }) => model.spectrum)).toEqual(Array(2).fill({ kind: 'custom', eigenvalues: k }));
  });

  it('that cannot be read are named with place, reason and remedy, each at its path', () => {
    const wrong = structuredClone(experiment);
    wrong.model.spectrum.eigenvalues = { file: 'mu.csv' };
    wrong.loss.teacher.vectors = { file: 'none.csv' };
    const { value, refusals } = withArrays(study(experiment, wrong), read);
    expect(inEnglish(refusals)).toEqual([
      {
        path: 'experiments[1].model.spectrum.eigenvalues',
        message: expect.stringMatching(
          /^mu\.csv: line 1, entry 2: expected a finite number >= 0, got -2; eigen/,
        ) as string,
      },
      { path: 'experiments[1].loss.teacher.vectors', message: 'none.csv: no such file or folder' },
    ]);
    expect(value).toMatchObject({
      experiments: [
        { model: { spectrum: { eigenvalues: k } } },
        { model: { spectrum: wrong.model.spectrum }, loss: wrong.loss },
      ],
    });
  });

  it('do not change a study that names none', () => {
    const plain = study(
      { ...experiment, model: { ...experiment.model, spectrum: { kind: 'identity' } } },
      'no experiment',
      null,
    );
    plain.experiments.shift();
    expect(withArrays(plain, read)).toEqual({ value: plain, refusals: [], notices: [] });
    for (const other of [null, 3, 'text', [], {}]) expect(withArrays(other, read).value).toBe(other);
  });
});

describe('eigenvalues in the study itself', () => {
  const given = (eigenvalues: number[][]) => {
    const one = structuredClone(experiment);
    one.model.spectrum.eigenvalues = eigenvalues;
    return withArrays(study(one), read).value;
  };

  it('below zero by rounding count as 0, and that is said', () => {
    const rows = [
      [-3e-16, 2, 3],
      [4, 5, -4.9e-10],
    ];
    const parsed = parseStudy(given(rows));
    expect(requireParsed(parsed).experiments[0].model.spectrum).toEqual({
      kind: 'custom',
      eigenvalues: [
        [0, 2, 3],
        [4, 5, 0],
      ],
    });
    expect(inEnglish(withArrays(given(rows), read).notices)[0]).toEqual({
      path: 'experiments[0].model.spectrum.eigenvalues',
      message: '2 negative entries of the size of rounding count as 0',
    });
  });

  it('farther below are refused with row and column', () => {
    const parsed = parseStudy(
      given([
        [1, 2, 3],
        [4, 5, -5.1e-10],
      ]),
    );
    expect(inEnglish(parsed.ok ? [] : parsed.refusals)).toEqual([
      {
        path: 'experiments[0].model.spectrum.eigenvalues[1][2]',
        message: 'expected a finite number >= 0, got -5.1e-10',
      },
    ]);
  });
});

it('priors of single precision are refused with what they are when normalised', () => {
  const one = structuredClone(experiment);
  one.model.priors = [0.10000000149011612, 0.8999999761581421];
  const parsed = parseStudy(withArrays(study(one), read).value);
  expect(parsed).toMatchObject({ ok: false });
  if (parsed.ok) return;
  const [{ path, ...why }] = parsed.refusals;
  const message = refusalsIn('en').reason(why);
  expect(path).toBe('experiments[0].model.priors');
  const offered =
    /their sum is 0\.9999999776482582; they have single precision: divided by their sum they are (\[.*\])$/.exec(
      message,
    );
  one.model.priors = JSON.parse(offered?.[1] ?? '[]') as number[];
  expect(parseStudy(withArrays(study(one), read).value).ok).toBe(true);
  expect(one.model.priors[0]).toBeCloseTo(0.1, 8);
});
