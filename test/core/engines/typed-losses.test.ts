/** What is built in, typed as a formula: theory to 1e-9, and runs with the same random numbers to rounding. */
import { describe, expect, it } from 'vitest';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { simulate } from '../../../src/core/engines/engine.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { curveKind } from '../../../src/core/theory/curves/curve-kind.ts';
import { parseExperiment } from '../../../src/study/parse.ts';

const teacher = { kind: 'gaussian', seed: 2 };
const sign = { kind: 'teacher-sign', flip: 0.1, teacher };
const bernoulli = { kind: 'teacher-bernoulli', teacher };
const response = (noise: number) => ({ kind: 'teacher-response', noise, teacher });
const quartic = { kind: 'phase-retrieval', form: 'quartic' };
const absolute = { kind: 'phase-retrieval', form: 'absolute' };

/** Name, loss as built in, as typed, labels, learning rate. */
const cases: readonly (readonly [string, object, string, object | undefined, number])[] = [
  ['logistic', { kind: 'logistic' }, 'log(1 + exp(-y*r))', undefined, 1],
  ['logistic of signs', { kind: 'logistic' }, 'log(1 + exp(-y*r))', sign, 1],
  ['logistic of drawn labels', { kind: 'logistic' }, 'softplus(-y*r)', bernoulli, 1],
  ['least squares', { kind: 'binary-least-squares' }, '0.5*(r - y)^2', undefined, 0.5],
  ['least squares of signs', { kind: 'binary-least-squares' }, '(r - y)^2/2', sign, 0.5],
  [
    'teacher least squares',
    { kind: 'teacher-least-squares', noise: 0.3, teacher },
    '0.5*(r - s - eps)^2',
    response(0.3),
    0.5,
  ],
  ['quartic phase retrieval', quartic, '0.25*(r^2 - s^2)^2', response(0), 0.1],
  ['absolute phase retrieval', absolute, '0.5*(abs(r) - abs(s))^2', response(0), 0.5],
  ['absolute phase retrieval with noise', absolute, '0.5*(abs(r) - abs(s) - eps)^2', response(0.2), 0.5],
];

const DIMENSION = 30;

async function rowsOf(loss: object, labels: object | undefined, rate: number) {
  const even = /phase|\(r\^2 - s|abs\(s\)/.test(JSON.stringify(loss));
  const parsed = parseExperiment({
    id: 'e',
    model: {
      dimension: DIMENSION,
      priors: [0.3, 0.7],
      spectrum: { kind: 'power-law', exponents: [0.5, 1] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' }, scale: 0.5 },
    },
    ...('teacher' in loss || labels === undefined ? {} : { labels }),
    loss,
    optimizer: {
      schedule: { kind: 'constant', rate },
      ...(even
        ? { start: { kind: 'custom', vectors: [Array.from({ length: DIMENSION }, (_, k) => 0.2 * Math.sin(k + 1))] } }
        : {}),
    },
    horizon: 3,
    grid: { kind: 'linear', points: 4 },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const setup = prepare(parsed.value);
  const [theory, runs]: Float64Array[][] = [[], []];
  await curveKind('ode').solve(setup, {
    tolerance: 1e-10,
    onRow: (_point, row) => void theory.push(row.slice()),
    shouldStop: () => false,
  });
  await simulate(engineKind('sgd'), setup, {
    runs: [0],
    onRow: (_place, _point, row) => void runs.push(row.slice()),
    shouldStop: () => false,
  });
  return { theory, runs };
}

function distance(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  expect(a.length).toBe(4);
  return Math.max(
    ...a.flatMap((row, p) => Array.from(row, (value, k) => Math.abs(value - b[p][k]) / (1 + Math.abs(value)))),
  );
}

describe('a built-in loss, typed', () => {
  it.each(cases)('%s', async (_name, loss, formula, labels, rate) => {
    const own = await rowsOf(loss, labels, rate);
    const text = await rowsOf({ kind: 'formula', formula }, labels, rate);
    expect(distance(own.theory, text.theory)).toBeLessThan(1e-9);
    // rows have moments in them, which are those of theory
    expect(distance(own.runs, text.runs)).toBeLessThan(1e-9);
    expect(own.runs[3][0]).not.toBe(own.runs[2][0]);
  });
});
