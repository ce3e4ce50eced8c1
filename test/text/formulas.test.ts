import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/lab/report/markdown.ts';
import { excerpt } from '../../src/lab/database/search.ts';
import { piecesOf, withFormulas } from '../../src/text/formulas.ts';

const formulas = (text: string) => piecesOf(text).flatMap(({ kind, text: of }) => (kind === 'formula' ? [of] : []));

describe('formulas in notes', () => {
  it.each([
    ['$x_1 * y_1$', ['x_1 * y_1']],
    ['\\(a\\) and \\[b\\]', ['a', 'b']],
    ['$$\\gamma \\\\ \\delta$$', ['\\gamma \\\\ \\delta']],
    ['from $5 to $6', []],
    ['$ 5 and 6 $', []],
    ['a $x', []],
    ['\\$x$', []],
  ])('%j has %j', (text, found) => expect(formulas(text)).toEqual(found));

  it('are given to KaTeX as they are written, underscores, stars and backslashes alike', () => {
    const tokens = withFormulas(new MarkdownIt()).parse('$$\n- a_1 * b_1 \\\\\n= c\n$$\n\nand $d_*e_*$.', {});
    const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
    expect(all.filter(({ type }) => type.startsWith('formula')).map(({ content }) => content)).toEqual([
      '- a_1 * b_1 \\\\\n= c',
      'd_*e_*',
    ]);
  });

  it('are MathML in the report, which links nowhere and loads nothing', () => {
    const html = renderMarkdown(
      '$\\gamma^2$ and $\\href{javascript:alert(1)}{x}$ and $\\includegraphics{http://a/b.png}$',
    );
    expect(html).toContain('<msup><mi>γ</mi><mn>2</mn></msup>');
    expect(html).not.toMatch(/<a |href=|<img|src=/);
  });

  it('that never end, or grow without bounds, are bounded', () => {
    const bomb = '\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}}}}';
    expect(renderMarkdown(`$${bomb}$`).length).toBeLessThan(5000);
    expect(formulas(`$${'x'.repeat(5000)}$`)).toEqual([]);
    expect(renderMarkdown('$\\rule{1000em}{1000em}$')).toContain('width="20em"');
  });

  it('keep their marks in an excerpt, and are never cut', () => {
    expect(excerpt('# Risk\n\n*Here* $x_1^* = \\mu_*$ and [there](https://a.b).')).toBe(
      'Risk Here $x_1^* = \\mu_*$ and there.',
    );
    expect(excerpt('> sup |R_SGD − R_ODE| > 0, X*ᵀa, **bold**, _all_ `code` 2 * 3 * 4, [1] and *a* *b*')).toBe(
      'sup |R_SGD − R_ODE| > 0, X*ᵀa, bold, all code 2 * 3 * 4, [1] and a b',
    );
    const long = excerpt(`${'word '.repeat(54)}$${'x_1 + '.repeat(20)}y$ end`);
    expect(long.endsWith('…')).toBe(true);
    expect(long).not.toContain('$');
  });
});
