/** What every registered spectrum must keep to. */
import { describe, expect, it } from 'vitest';
import { powerAt } from '../../../src/core/model/limit.ts';
import { spectrumKinds } from '../../../src/core/model/spectrum/spectrum-kinds.ts';
import { spectrumKind, spectrumSchema } from '../../../src/core/model/spectrum/spectrum-spec.ts';

const DIMENSION = 60;
const subjects = spectrumKinds.flatMap((kind) =>
  [1, 2, 3, 8].map((classes) => {
    const spec = spectrumSchema.parse(kind.template(classes, DIMENSION));
    return { kind: kind.kind, classes, spec, entry: spectrumKind(spec) };
  }),
);

describe.each(subjects)('$kind with $classes classes', ({ classes, spec, entry }) => {
  const eigenvalues = new Float64Array(classes * DIMENSION).fill(NaN);
  entry.eigenvalues(spec, classes, DIMENSION, eigenvalues);

  it('has a template that its own checks pass, complete or not', () => {
    expect(entry.check(spec, classes, DIMENSION)).toEqual([]);
    expect(spectrumSchema.parse(entry.complete(spec, classes))).toEqual(entry.complete(spec, classes));
    expect(entry.check(entry.complete(spec, classes), classes, DIMENSION)).toEqual([]);
  });

  it('has eigenvalues >= 0 in every class and direction, the same when its description is completed', () => {
    expect(eigenvalues.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    const again = new Float64Array(eigenvalues.length);
    entry.eigenvalues(entry.complete(spec, classes), classes, DIMENSION, again);
    expect(again).toEqual(eigenvalues);
  });

  it('has blocks, if any, that follow each other through all directions and hold its eigenvalues', () => {
    const blocks = entry.blocks(spec, classes, DIMENSION);
    if (blocks === null) return;
    expect(blocks.map(({ start }) => start)).toEqual([0, ...blocks.slice(0, -1).map(({ end }) => end)]);
    expect(blocks[blocks.length - 1].end).toBe(DIMENSION);
    for (const { start, end, eigenvalues: values } of blocks) {
      expect(values).toHaveLength(classes);
      for (let i = 0; i < classes; i++) {
        const row = eigenvalues.subarray(i * DIMENSION + start, i * DIMENSION + end);
        expect(row.every((value) => value === values[i])).toBe(true);
      }
    }
  });

  it('has a limit, if any, that its eigenvalues have at u = ρ/d', () => {
    const pieces = entry.limit(spec, classes);
    if (pieces === null) return;
    expect(pieces[pieces.length - 1].end).toBe(1);
    for (let rho = 1; rho <= DIMENSION; rho++) {
      // the middle of a direction is in its piece, whatever the rounding of the ends
      const piece = pieces.find(({ end }) => (rho - 0.5) / DIMENSION < end);
      for (let i = 0; i < classes; i++) {
        const there = piece ? powerAt(piece.eigenvalues[i], rho / DIMENSION) : NaN;
        expect(eigenvalues[i * DIMENSION + rho - 1]).toBeCloseTo(there, 12);
      }
    }
  });
});
