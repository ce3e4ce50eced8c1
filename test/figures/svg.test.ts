import { describe, expect, it } from 'vitest';
import { figureKind, figureKinds, type Figure } from '../../src/figures/index.ts';
import { fieldOf } from '../../src/core/observables/row-layout.ts';
import { renderFigureSvg } from '../../src/lab/report/index.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

function build(kind: string, changes = {}, options = {}): Figure {
  const figure = figureKind(kind)?.build(
    inputsOf(synthetic(options), synthetic({ ...options, id: 'two', name: 'Two' })),
    viewOf(changes),
  );
  if (!figure) throw new Error(kind);
  return figure;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('a figure as SVG', () => {
  it('has a theory line, a band and dots of every experiment in its colour', () => {
    const figure = build('risk');
    const svg = renderFigureSvg(figure);
    for (const { color } of figure.legend) {
      expect(count(svg, new RegExp(`<path [^>]*stroke="${color}" stroke-width="1.9"`, 'g'))).toBe(1);
      expect(
        count(svg, new RegExp(`<(path|polygon) [^>]*fill="${color}" fill-opacity`, 'g')),
        'band',
      ).toBeGreaterThanOrEqual(1);
      expect(count(svg, new RegExp(`fill="#ffffff" [^>]*stroke="${color}"`, 'g')), 'dots').toBeGreaterThan(5);
    }
  });

  it('is XML whatever the names are', () => {
    const svg = renderFigureSvg(build('risk', {}, { name: 'a\u0000b\u001b[31m' }));
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });

  it('has a line broken where there are no values, and all runs of an experiment as one', () => {
    const results = synthetic({ runs: 4, theory: false });
    const risk = fieldOf(results.frame.layout, 'risk').offset;
    for (const { rows } of results.curves) rows[20 * results.frame.layout.size + risk] = NaN;
    const figure = figureKind('risk')?.build(inputsOf(results), viewOf({ singleRuns: true, band: 'none' }));
    if (!figure) throw new Error('risk');
    const [{ color }] = figure.legend;
    const pathsOf = (width: string) =>
      renderFigureSvg(figure).match(new RegExp(`<path d="[^"]*" [^>]*stroke="${color}" stroke-width="${width}"`, 'g'));
    expect(pathsOf('1.5')?.map((path) => count(path, /M/g))).toEqual([2]);
    expect(pathsOf('0.6')?.map((path) => count(path, /M/g))).toEqual([4 * 2]);
  });

  it('has ticks at powers of ten with superscripts', () => {
    const svg = renderFigureSvg(build('risk', { timeScale: 'log' }));
    expect(svg).toContain('>10⁻¹<');
    expect(svg).toContain('>10¹<');
  });

  it.each(figureKinds)('of $kind is the same text twice and has no NaN', (kind) => {
    const options =
      kind.kind === 'teacher'
        ? { loss: { kind: 'teacher-least-squares', teacher: { kind: 'gaussian', seed: 1 } } }
        : {};
    const figure = build(kind.kind, { heading: true, band: 'range' }, { ridge: 0.1, ...options });
    const svg = renderFigureSvg(figure);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(renderFigureSvg(figure)).toBe(svg);
  });

  it('has heading, settings and background where asked', () => {
    const figure = build('risk', { heading: true });
    const svg = renderFigureSvg(figure, { background: '#ffffff', settings: { name: '<script>&' } });
    expect(svg).toContain('>Risk</text>');
    expect(svg).toContain('band 10–90 %');
    expect(svg).toContain('<metadata>{&quot;name&quot;:&quot;&lt;script&gt;&amp;&quot;}</metadata>');
    expect(svg).toContain('fill="#ffffff"');
  });

  it('writes hostile names as text', () => {
    const name = `<script>alert(1)</script>"'&{a|b}`;
    const svg = renderFigureSvg(build('risk', { heading: true, width: 900 }, { name }));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('needs nothing from outside and no mouse', () => {
    const svg = renderFigureSvg(build('alignment'));
    expect(svg).not.toMatch(/href=|@import|<style|ecmeta|class="zr/);
  });
});
