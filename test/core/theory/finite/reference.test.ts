import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/core/experiment/setup.ts';
import { parseStudyText, requireParsed } from '../../../../src/study/parse.ts';
import { endpointColumns } from '../../../../src/study/endpoint-columns.ts';
import { endpointsOf } from '../../../../src/core/theory/analysis/index.ts';
import { curveOf } from './solving.ts';

interface Expected {
  id: string;
  t: number[];
  'multi-pass'?: Record<string, number[]>;
  endpoint?: Record<string, number[]>;
  tolerance: Record<string, number | number[]>;
}

const read = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/finite-data/${name}`, import.meta.url), 'utf8');
const expected = JSON.parse(read('expected.json')) as Expected[];
const { experiments } = requireParsed(parseStudyText(read('cases.json')));
const curves = experiments.filter(({ theory }) => theory.curves.includes('multi-pass'));

describe('passes over a typical data set against independent programs', () => {
  it.each(curves)('agrees in $id within the stated tolerance', async (experiment) => {
    const reference = expected.find(({ id }) => id === experiment.id) as Expected;
    const setup = prepare(experiment);
    const times = Array.from(setup.steps, (step) => step / setup.mixture.dimension);
    const theory = await curveOf(setup, 'multi-pass');
    for (const [key, values] of Object.entries(reference['multi-pass'] ?? {})) {
      const curve = theory.curve(key);
      const limits = reference.tolerance[`multi-pass/${key}`];
      values.forEach((value, k) => {
        const p = times.findIndex((t) => Math.abs(t - reference.t[k]) < 1e-9);
        const limit = Array.isArray(limits) ? limits[k] : limits;
        expect(Math.abs(curve[p] - value), `${key} at t = ${reference.t[k]}`).toBeLessThan(limit);
      });
    }
  });
});

describe('end points against independent programs', () => {
  it.each(experiments.filter(({ theory }) => theory.endpoints))(
    'agree in $id within the stated tolerance',
    (experiment) => {
      const reference = expected.find(({ id }) => id === experiment.id) as Expected;
      const columns = new Map(endpointColumns(endpointsOf(experiment)));
      for (const [key, values] of Object.entries(reference.endpoint ?? {})) {
        const limit = reference.tolerance[`endpoint/${key}`] as number;
        values.forEach((value, k) =>
          expect(Math.abs((columns.get(key)?.[k] ?? NaN) - value), `${key}[${k}]`).toBeLessThan(limit),
        );
      }
    },
  );
});
