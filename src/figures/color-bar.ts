/** The scale of colours beside a heatmap. */
import { type Texts } from '../text/texts.ts';
import { type Box } from './surround.ts';
import { formatValue } from '../text/numbers.ts';
import { textElement, type Elements } from './option.ts';
import { pixelScale } from './scale.ts';
import { rampColor, type Theme } from './theme.ts';
import { type Range, type Ticks } from './ticks.ts';
import { type AxisScale, type FigureView } from './view.ts';

const STEPS = 48;
const TICK = 3;

/** The values that are coloured. */
export interface ColorRange extends Range {
  readonly kind: AxisScale;
  /** Where the colours begin, if the values are positive and it is not 0. */
  readonly from?: string;
  readonly notes: readonly string[];
  /** No values at all. */
  readonly empty: boolean;
}

/** Values whose smallest is below this share of the largest are coloured from 0. */
const NEAR_ZERO = 0.4;

/**
 * Colours in proportion to values: from 0 where the values come near it, else over their own range, and said.
 * @param low, high extremes of the values.
 */
export function linearColors({ say }: Texts, low: number, high: number): ColorRange {
  const own = high - low > 1e-9 * Math.abs(high) && low >= NEAR_ZERO * high;
  if (low > 0 && own) {
    const from = formatValue(low);
    return {
      kind: 'linear',
      min: low,
      max: high,
      from,
      notes: [say('note.colorsFrom', { value: from })],
      empty: false,
    };
  }
  const min = low > 0 ? 0 : low;
  return { kind: 'linear', min, max: high > min ? high : min + 1, notes: [], empty: false };
}

/** The name beside the bar: with the value that the colours begin at, where that is not to be expected. */
export const barName = ({ say }: Texts, name: string, { from }: ColorRange): string =>
  from ? say('note.barFrom', { name, value: from }) : name;

export function colorBar(
  box: Box,
  range: ColorRange,
  ticks: Ticks,
  name: string,
  view: FigureView,
  theme: Theme,
): Elements {
  const bottom = box.top + box.height;
  const scale = pixelScale(range.kind, range.min, range.max, box.height);
  const right = box.left + box.width;
  const font = { fontFamily: view.fontFamily, fontSize: view.fontSize, fill: theme.text };
  const cells = Array.from({ length: STEPS }, (_, k) => ({
    type: 'rect' as const,
    silent: true,
    z: 9,
    shape: {
      x: box.left,
      y: bottom - (box.height * (k + 1)) / STEPS,
      width: box.width,
      height: box.height / STEPS + 0.5,
    },
    style: { fill: rampColor(theme.ramp, k / (STEPS - 1)) },
  }));
  const marks = ticks.major.flatMap((value, k) => {
    const y = bottom - scale.position(value);
    return [
      {
        type: 'line' as const,
        silent: true,
        z: 10,
        shape: { x1: right, y1: y, x2: right + TICK, y2: y },
        style: { stroke: theme.axis, lineWidth: 1 },
      },
      textElement(right + TICK + 3, y, ticks.labels[k], { ...font, verticalAlign: 'middle' }),
    ];
  });
  const title = {
    type: 'text' as const,
    silent: true,
    z: 10,
    x: view.width - 4 - view.fontSize / 2,
    y: box.top + box.height / 2,
    rotation: Math.PI / 2,
    style: { ...font, text: name, align: 'center' as const, verticalAlign: 'middle' as const },
  };
  return [...cells, ...marks, title] as Elements;
}
