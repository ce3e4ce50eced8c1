/** Custom spectrum: eigenvalues given per class. */
import { z } from 'zod';
import { numberRows, strict } from '../../description/strict.ts';
import { type SpectrumKind } from './spectrum.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

const schema = strict({
  kind: z.literal('custom'),
  eigenvalues: numberRows({ min: 0 }).meta({ widget: { kind: 'rows', rows: 'classes', numbers: 'not-negative' } }),
});

/** Rows must be C with d entries each. */
export function checkRows(
  rows: readonly number[][],
  key: string,
  classes: number,
  dimension: number,
): RelativeRefusal[] {
  if (rows.length !== classes) {
    return [{ path: [key], code: 'row-per-class', allowed: { classes }, found: String(rows.length) }];
  }
  return rows.flatMap((row, i) =>
    row.length === dimension
      ? []
      : [{ path: [key, i], code: 'entry-per-direction', allowed: { dimension }, found: String(row.length) }],
  );
}

/** Most directions for which rows are filled in: they are saved with the study. */
const MOST_ROW_ENTRIES = 10_000;

/** C rows of d entries for the reader to replace by others; none where they would be long. */
export function rowsToReplace(
  classes: number,
  dimension: number,
  entry: (classIndex: number, rho: number) => number,
): number[][] {
  return dimension >= 1 && dimension <= MOST_ROW_ENTRIES
    ? Array.from({ length: classes }, (_, i) => Array.from({ length: dimension }, (_entry, rho) => entry(i, rho)))
    : [];
}

export const custom = {
  kind: 'custom',
  label: 'Custom',
  schema,
  template: (classes, dimension) => ({ kind: 'custom', eigenvalues: rowsToReplace(classes, dimension, () => 1) }),
  tex: () => '\\lambda_{i,\\rho} \\text{ given}',
  complete: (spec) => spec,
  check: (spec, classes, dimension) => checkRows(spec.eigenvalues, 'eigenvalues', classes, dimension),
  blocks: () => null,
  limit: () => null,
  eigenvalues: (spec, _classes, dimension, out) => spec.eigenvalues.forEach((row, i) => out.set(row, i * dimension)),
} satisfies SpectrumKind<z.infer<typeof schema>> & { schema: typeof schema };
