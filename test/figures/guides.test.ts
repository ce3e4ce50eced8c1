import { describe, expect, it } from 'vitest';
import { figureKinds } from '../../src/figures/index.ts';
import { type FigureGuide } from '../../src/study/look.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const risk = figureKinds[0];
/** What a guide draws beside the figure without it: series and labels. */
function drawn(guide: FigureGuide, values = { from: 0.01, to: 1 }) {
  const view = { valueScale: 'log', values, window: { from: 0.2, to: 10 } } as const;
  const { option } = risk.build(inputsOf(synthetic()), viewOf({ ...view, guides: [guide] }));
  const before = risk.build(inputsOf(synthetic()), viewOf(view)).option;
  const list = (value: unknown) => value as readonly unknown[];
  const more = (key: 'series' | 'graphic') => list(option[key]).length - list(before[key]).length;
  return { series: more('series'), labels: more('graphic') };
}

describe('lines and words that are drawn in', () => {
  it.each<[string, FigureGuide, { series: number; labels: number }]>([
    ['a level in view', { kind: 'horizontal', value: 0.1, label: 'a' }, { series: 1, labels: 1 }],
    ['a level above', { kind: 'horizontal', value: 2, label: 'a' }, { series: 0, labels: 0 }],
    ['a level below zero', { kind: 'horizontal', value: -1, label: 'a' }, { series: 0, labels: 0 }],
    ['a time in view', { kind: 'vertical', value: 1, label: 'a' }, { series: 1, labels: 1 }],
    ['a time before', { kind: 'vertical', value: 0.1, label: 'a' }, { series: 0, labels: 0 }],
    ['a time that the axis has no place for', { kind: 'vertical', value: 0, label: 'a' }, { series: 0, labels: 0 }],
    ['words in view', { kind: 'text', x: 1, y: 0.1, label: 'a' }, { series: 0, labels: 1 }],
    ['words beside the plot', { kind: 'text', x: 100, y: 0.1, label: 'a' }, { series: 0, labels: 0 }],
    ['a slope', { kind: 'slope', exponent: -0.5, x: 1, y: 0.1 }, { series: 1, labels: 1 }],
    [
      'a slope so steep that it has no corner in view',
      { kind: 'slope', exponent: 200, x: 1.01, y: 0.1 },
      { series: 1, labels: 1 },
    ],
    ['a slope far above', { kind: 'slope', exponent: 0, x: 1, y: 1e9 }, { series: 0, labels: 0 }],
  ])('%s', (_, guide, expected) => {
    expect(drawn(guide)).toEqual(expected);
  });
});
