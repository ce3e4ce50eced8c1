import { describe, expect, it } from 'vitest';
import { keysOf, pageCommands, type PageCommandName } from '../../src/api/page-commands.ts';

const names = Object.keys(pageCommands) as PageCommandName[];

describe('commands of the page', () => {
  it('have keys of their own: one that is pressed means one command', () => {
    const keys = names.flatMap((name) => keysOf(name) ?? []);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('name their keys as the page and the menu read them', () => {
    for (const name of names)
      expect(keysOf(name) ?? 'F1', name).toMatch(
        /^((Mod|Alt)\+(Shift\+)?([A-Z0-9,./]|Enter|Backspace|Arrow(Up|Down))|(Shift\+)?F\d)$/,
      );
  });
});
