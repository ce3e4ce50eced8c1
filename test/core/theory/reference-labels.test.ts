/** Theory with the labels of a teacher against an independent implementation. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { distance, setupOf, solved } from './solving.ts';

interface Case {
  readonly experiment: { readonly id: string } & object;
  readonly expected: {
    readonly t: number[];
    readonly risk: number[];
    readonly norm: number[];
    readonly error?: number[];
    readonly overlap: number[][][];
    readonly variance: number[][][][];
    readonly tolerance: Readonly<Record<string, number>>;
  };
}

const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/labels/data.json', import.meta.url), 'utf8'),
) as readonly Case[];

describe('labels of a teacher', () => {
  it.each(cases.map((each) => ({ id: each.experiment.id, ...each })))(
    'have the theory of an independent implementation in $id',
    ({ experiment, expected }) => {
      const theory = solved(setupOf(experiment));
      expect(theory.report.outcome.status).toBe('done');
      expect(theory.report.momentError).toBeLessThan(1e-10);
      const at = expected.t.map((time) => theory.t.findIndex((t) => Math.abs(t - time) < 1e-9));
      const { tolerance } = expected;
      for (const key of ['risk', 'norm', 'error'] as const) {
        const values = expected[key];
        if (!values) continue;
        const curve = theory.curve(key);
        expect(
          distance(
            at.map((k) => curve[k]),
            values,
          ),
          key,
        ).toBeLessThan(tolerance[key]);
      }
      for (const [key, values] of [
        ['overlap', expected.overlap.flat(3)],
        ['variance', expected.variance.flat(4)],
      ] as const) {
        const rows = theory.field(key);
        expect(distance(at.map((k) => rows[k]).flat(), values as number[]), key).toBeLessThan(tolerance[key]);
      }
    },
  );
});
