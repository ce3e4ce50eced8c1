import { describe, expect, it } from 'vitest';
import { focusPane } from '../../src/renderer/panes.ts';
import { fuzzyScore } from '../../src/renderer/fuzzy.ts';

const best = (query: string, texts: readonly string[]) =>
  texts
    .flatMap((text) => {
      const score = fuzzyScore(text, query);
      return score === null ? [] : [{ text, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

describe('fuzzy search', () => {
  const commands = [
    'Export as CSV',
    'Reset the zoom',
    'Run what is missing',
    'Dark theme',
    '実行',
    'Go to the library',
  ];

  it.each([
    ['zoom', 'Reset the zoom'],
    ['zm rst', 'Reset the zoom'],
    ['gtl', 'Go to the library'],
    ['CSV exp', 'Export as CSV'],
    ['ＲＵＮ', 'Run what is missing'],
    ['実', '実行'],
  ])('%j finds %j first', (query, first) => expect(best(query, commands)[0]).toBe(first));

  it('finds nothing where letters are missing or scattered by chance', () => {
    expect(best('qqq', commands)).toEqual([]);
    expect(fuzzyScore('Reset the zoom', 'eho')).toBeNull();
  });
});

describe('F6', () => {
  it('goes through the panes and around, past those without a field', () => {
    document.body.innerHTML = `<header data-pane="bar"><button id="a">A</button></header>
      <main data-pane="main"><p>x</p></main><aside data-pane="side"><input id="c"></aside>`;
    const at = () => document.activeElement?.id || document.activeElement?.getAttribute('data-pane');
    const seen: unknown[] = [];
    for (const direction of [1, 1, 1, 1, -1, -1] as const) {
      focusPane(direction);
      seen.push(at());
    }
    expect(seen).toEqual(['a', 'main', 'c', 'a', 'c', 'main']);
    document.body.replaceChildren();
  });
});
