import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { numberList, numberRows, oneOfKinds, strict } from '../../../src/core/description/strict.ts';
import { widgetOf, widgetPlaces } from '../../../src/core/description/widget.ts';
import { ROWS } from '../../../src/study/array-files.ts';

const rows = { kind: 'rows', rows: 'any', numbers: 'any' } as const;

describe('the widget of a schema', () => {
  it('is what its metadata says, also where it may be left out', () => {
    const schema = numberList().meta({ widget: { kind: 'per-block' } });
    for (const each of [schema, schema.optional(), schema.default([1])])
      expect(widgetOf(each)).toEqual({ kind: 'per-block' });
    expect(widgetOf(numberList())).toBeUndefined();
  });

  it('is found wherever it stands in a description, once per path', () => {
    const kind = (name: string) => strict({ kind: z.literal(name), table: numberRows().meta({ widget: rows }) });
    const schema = strict({
      part: oneOfKinds([kind('a'), kind('b'), strict({ kind: z.literal('c') })]).optional(),
      other: z.number(),
    });
    expect(widgetPlaces(schema)).toEqual([{ path: ['part', 'table'], widget: rows }]);
  });

  it('makes the places where rows of numbers may come from files', () => {
    expect(ROWS).toContainEqual({
      kind: 'rows',
      path: ['model', 'spectrum', 'eigenvalues'],
      rows: 'classes',
      numbers: 'not-negative',
    });
  });
});
