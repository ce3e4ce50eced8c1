import { describe, expect, it } from 'vitest';
import { emptyHistory, recorded, redone, undone } from '../../../src/renderer/draft/history.ts';

describe('undo and redo', () => {
  it('go back and forth over the same documents', () => {
    const first = recorded(emptyHistory<string>(), 'a', null, 0);
    const second = recorded(first, 'b', null, 0);
    const back = undone(second, 'c');
    expect(back?.document).toBe('b');
    const again = back && undone(back.history, back.document);
    expect(again?.document).toBe('a');
    const forth = again && redone(again.history, again.document);
    expect(forth?.document).toBe('b');
    expect(forth && redone(forth.history, forth.document)?.document).toBe('c');
  });

  it('take typing in one field as one step, but not after a pause', () => {
    let history = recorded(emptyHistory<string>(), '', 'name', 0);
    history = recorded(history, 'x', 'name', 500);
    history = recorded(history, 'xy', 'name', 900);
    expect(history.past).toHaveLength(1);
    expect(recorded(history, 'xyz', 'name', 9000).past).toHaveLength(2);
    expect(recorded(history, 'xyz', 'notes', 950).past).toHaveLength(2);
  });

  it('forget what was undone once something new is done', () => {
    const back = undone(recorded(emptyHistory<string>(), 'a', null, 0), 'b');
    expect(back && recorded(back.history, 'a', null, 0).future).toEqual([]);
  });

  it('have an end', () => {
    expect(undone(emptyHistory<string>(), 'a')).toBeNull();
    expect(redone(emptyHistory<string>(), 'a')).toBeNull();
  });
});
