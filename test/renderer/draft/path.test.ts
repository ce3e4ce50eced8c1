import { describe, expect, it } from 'vitest';
import { getAt, removeAt, setAt } from '../../../src/renderer/draft/path.ts';

describe('edits by path', () => {
  const root = { a: { b: [1, 2, { c: 3 }] }, d: { e: 4 } };

  it('change the value at the path and nothing else, leaving the original as it was', () => {
    const next = setAt(root, ['a', 'b', 2, 'c'], 9);
    expect(next).toEqual({ a: { b: [1, 2, { c: 9 }] }, d: { e: 4 } });
    expect(root.a.b[2]).toEqual({ c: 3 });
  });

  it('share what is not on the path between the versions', () => {
    expect(setAt(root, ['a', 'b', 0], 7).d).toBe(root.d);
  });

  it('keep lists lists', () => {
    expect(Array.isArray(getAt(setAt(root, ['a', 'b', 0], 7), ['a', 'b']))).toBe(true);
  });

  it('make objects and lists that are missing on the way', () => {
    expect(setAt({}, ['x', 'y', 1], 5)).toEqual({ x: { y: [undefined, 5] } });
  });

  it('remove keys and list entries, and nothing where there is nothing', () => {
    expect(removeAt(root, ['d', 'e'])).toEqual({ a: root.a, d: {} });
    expect(removeAt(root, ['a', 'b', 1])).toEqual({ a: { b: [1, { c: 3 }] }, d: root.d });
    expect(removeAt(root, ['z', 'e'])).toBe(root);
  });
});
