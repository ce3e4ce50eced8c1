import { describe, expect, it } from 'vitest';
import { figureKind } from '../../../src/figures/index.ts';
import { EXPORT_SIZE, figureSvg } from '../../../src/renderer/charts/export.ts';
import { inputsOf, synthetic, viewOf } from '../../figures/synthetic.ts';

const risk = figureKind('risk');
if (!risk) throw new Error('no risk');

/** Texts and size of an exported drawing. */
function exported(names: readonly string[]) {
  const inputs = inputsOf(...names.map((name, k) => synthetic({ id: `e${k}`, name, runs: 2 })));
  // as seen in a small card, with the names beside the drawing
  const svg = new TextDecoder().decode(figureSvg(risk!, inputs, viewOf({ width: 300, height: 200 })));
  const drawing = svg.replace(/<metadata>.*?<\/metadata>/s, '');
  const height = Number(/<svg[^>]* height="(\d+)"/.exec(drawing)?.[1]);
  const strokes = [...drawing.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dash]) => dash);
  return { drawing, height, strokes };
}

describe('an exported figure', () => {
  it('names every curve, and is as high as that needs', () => {
    const names = Array.from({ length: 24 }, (_, k) => `Experiment with a long name, number ${k + 1}`);
    const { drawing, height } = exported(names);
    for (const name of names) expect(drawing).toContain(`>${name}<`);
    expect(drawing).not.toMatch(/and \d+ more/);
    expect(height).toBeGreaterThan(EXPORT_SIZE.height);
  });

  it('has its size where there is room', () => expect(exported(['One', 'Two']).height).toBe(EXPORT_SIZE.height));

  it('draws the seventh experiment with another line than the first', () => {
    const [six, seven] = [6, 7].map((count) => exported(Array.from({ length: count }, (_, k) => `E${k}`)).strokes);
    expect(new Set(seven).size).toBeGreaterThan(new Set(six).size);
  });
});
