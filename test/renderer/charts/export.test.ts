import { describe, expect, it } from 'vitest';
import { figureKind } from '../../../src/figures/index.ts';
import { plainSvg, SCREEN_EXPORT } from '../../../src/renderer/charts/export.ts';
import { inputsOf, synthetic, viewOf } from '../../figures/synthetic.ts';

const risk = figureKind('risk');
if (!risk) throw new Error('no risk');

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

/** Texts and size of an exported drawing. */
function exported(names: readonly string[]) {
  const inputs = inputsOf(...names.map((name, k) => synthetic({ id: `e${k}`, name, runs: 2 })));
  // as seen in a small card, with the names beside the drawing
  const svg = plainSvg({ kind: risk!, inputs, view: viewOf({ width: 300, height: 200 }) }, SCREEN_EXPORT).svg;
  const drawing = svg.replace(/<metadata>.*?<\/metadata>/s, '');
  const height = Number(/<svg[^>]* height="([\d.]+)cm"/.exec(drawing)?.[1]);
  const strokes = [...drawing.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dash]) => dash);
  return { drawing, height, strokes };
}

describe('an exported figure', () => {
  it('names every curve, and is as high as that needs', () => {
    const names = Array.from({ length: 24 }, (_, k) => `Experiment with a long name, number ${k + 1}`);
    const { drawing, height } = exported(names);
    for (const name of names) expect(drawing).toContain(`>${name}<`);
    expect(drawing).not.toMatch(/and \d+ more/);
    expect(height).toBeGreaterThan(SCREEN_EXPORT.height + 1);
  });

  it('is XML, and itself alone, whatever the names are', () => {
    const names = ['a\u0000b\u001b[31m\uffff', "$' $& $` $1 ${7*7}"];
    const inputs = inputsOf(...names.map((name, k) => synthetic({ id: `e${k}`, name })));
    const svg = plainSvg({ kind: risk!, inputs, view: viewOf({ width: 300, height: 200 }) }, SCREEN_EXPORT).svg;
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(svg.match(/<svg/g)).toHaveLength(1);
    const metadata = /<metadata>(.*?)<\/metadata>/s.exec(svg)?.[1] ?? '';
    const { experiments } = JSON.parse(unescaped(metadata)) as { experiments: { name: string }[] };
    expect(experiments.map(({ name }) => name)).toEqual(['a\u0000b\u001b[31m\ufffd', names[1]]);
  });

  it('is text that programs without dominant-baseline set where it belongs, drawn for nobody’s mouse', () => {
    const { drawing } = exported(['One', 'Two']);
    expect(drawing).not.toMatch(/dominant-baseline|<style|class="zr|ecmeta_|pointer-events/);
    // the text of the legend: its baseline lies below the middle of its line
    expect(drawing).toMatch(/<text dy="0.35em"[^>]*>One<\/text>/);
  });

  it('says what it shows to readers of the screen', () => {
    const { drawing } = exported(['One', 'Two']);
    expect(drawing).toContain('<svg role="img"');
    expect(drawing).toContain('<title>Risk</title>');
  });

  it('has its size where there is room', () =>
    expect(exported(['One', 'Two']).height).toBeCloseTo(SCREEN_EXPORT.height, 1));

  it('draws the seventh experiment with another line than the first', () => {
    const [six, seven] = [6, 7].map((count) => exported(Array.from({ length: count }, (_, k) => `E${k}`)).strokes);
    expect(new Set(seven).size).toBeGreaterThan(new Set(six).size);
  });
});
