/** Lines of reference over a figure of curves, the reader's own too: where a boundary is, how fast a law would fall. */
import type { LineSeriesOption } from 'echarts';
import { pow } from '../core/math/elementary.ts';
import { type FigureGuide } from '../study/look.ts';
import { type Figure } from './figure.ts';
import { textElement, type Elements } from './option.ts';
import { pixelScale, type PixelScale } from './scale.ts';
import { textWidth } from './text.ts';
import { themes } from './theme.ts';
import { type Range } from './ticks.ts';
import { type FigureView } from './view.ts';

export type Guide = { readonly label: string; readonly note: string | null } & (
  | { readonly kind: 'vertical'; readonly at: number }
  | { readonly kind: 'horizontal'; readonly at: number }
  | { readonly kind: 'text'; readonly points: readonly (readonly [x: number, y: number])[] }
  | { readonly kind: 'line'; readonly points: readonly (readonly [x: number, y: number])[] }
);

/** Corners of a power law's line: more than two, since it is straight on logarithmic axes alone. */
const CORNERS = 65;

/** What the reader draws into a figure, as guides. */
export function guidesOf(asked: readonly FigureGuide[], { across }: Pick<Figure, 'across'>): Guide[] {
  const x = pixelScale(across.scale, across.min, across.max, CORNERS - 1);
  return asked.map((guide): Guide => {
    switch (guide.kind) {
      case 'horizontal':
      case 'vertical':
        return { kind: guide.kind, at: guide.value, label: guide.label, note: null };
      case 'text':
        return { kind: 'text', points: [[guide.x, guide.y]], label: guide.label, note: null };
      case 'slope': {
        const places = Array.from({ length: CORNERS }, (_, k) => x.valueAt(k)).filter((t) => t > 0);
        const points = places.map((t) => [t, guide.y * pow(t / guide.x, guide.exponent)] as const);
        return { kind: 'line', points, label: `∝ t${superscript(guide.exponent)}`, note: null };
      }
    }
  });
}

/** `⁻⁰·⁵`. */
const superscript = (value: number): string =>
  [...String(Number(value.toPrecision(6)))].map((character) => SUPERSCRIPTS[character] ?? character).join('');

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((raised, digit) => [String(digit), raised])),
  '-': '⁻',
  '.': '·',
};

/** The figure with guides under its curves; what its axes have no place for is left out. */
export function withGuides(figure: Figure, guides: readonly Guide[], view: FigureView): Figure {
  if (guides.length === 0 || figure.empty) return figure;
  const theme = themes[view.theme];
  const { plot, across, value, option } = figure;
  const unit = value.unit ?? 1;
  const x = pixelScale(across.scale, across.min, across.max, plot.width);
  const y = pixelScale(value.scale, value.min, value.max, plot.height);
  const drawn = guides.flatMap((guide): Guide[] => {
    if (guide.kind === 'horizontal') return isInside(y, guide.at / unit) ? [{ ...guide, at: guide.at / unit }] : [];
    if (guide.kind === 'vertical') return isInside(x, guide.at) ? [guide] : [];
    const points = guide.points.map(([u, v]) => [u, v / unit] as const).filter(([, v]) => isOn(y, v));
    return passes(points, x, y) ? [{ ...guide, points }] : [];
  });
  const series = drawn
    .filter(({ kind }) => kind !== 'text')
    .map((guide, k): LineSeriesOption => ({
      type: 'line',
      id: `guide:${k}`,
      data: cornersOf(guide, across, value),
      showSymbol: false,
      silent: true,
      clip: true,
      z: 3,
      lineStyle: { color: theme.muted, width: 1.3, type: [6, 4] },
      emphasis: { disabled: true },
    }));
  const labels = drawn
    .filter(({ label }) => label !== '')
    .map((guide) => labelOf(guide, { x, y, figure, view, fill: theme.text, rim: theme.panel }));
  const before = Array.isArray(option.series) ? option.series : option.series ? [option.series] : [];
  const graphic = Array.isArray(option.graphic) ? option.graphic : [];
  return {
    ...figure,
    option: { ...option, series: [...before, ...series], graphic: [...(graphic as Elements), ...labels] },
  };
}

const isOn = ({ kind }: PixelScale, value: number): boolean =>
  Number.isFinite(value) && (kind === 'linear' || value > 0);

/** On the axis as it is drawn, its ends included. */
const isInside = (scale: PixelScale, value: number): boolean => {
  const at = scale.position(value);
  return at >= -0.5 && at <= scale.pixels + 0.5;
};

/** Whether a line through the points is in the plot anywhere: a steep one may have no corner there. */
function passes(points: readonly (readonly [number, number])[], x: PixelScale, y: PixelScale): boolean {
  const heights = points.filter(([u]) => isInside(x, u)).map(([, v]) => y.position(v));
  return heights.some((at) => at >= 0) && heights.some((at) => at <= y.pixels);
}

function cornersOf(guide: Guide, across: Range, value: Range): number[][] {
  switch (guide.kind) {
    case 'vertical':
      return [
        [guide.at, value.min],
        [guide.at, value.max],
      ];
    case 'horizontal':
      return [
        [across.min, guide.at],
        [across.max, guide.at],
      ];
    default:
      return guide.points.map(([u, v]) => [u, v]);
  }
}

interface LabelParts {
  readonly x: PixelScale;
  readonly y: PixelScale;
  readonly figure: Figure;
  readonly view: FigureView;
  readonly fill: string;
  readonly rim: string;
}

/** Beside the upper end of a vertical line, on the side with more room; above the middle of another one. */
function labelOf(guide: Guide, { x, y, figure, view, fill, rim }: LabelParts): Elements[number] {
  const { plot } = figure;
  const size = view.fontSize;
  const width = textWidth(guide.label, size);
  const style = { fontFamily: view.fontFamily, fontSize: size, fill, stroke: rim, lineWidth: 3, verticalAlign: 'top' };
  if (guide.kind === 'vertical') {
    const at = plot.left + x.position(guide.at);
    const room = plot.left + plot.width - at > width + 8;
    return textElement(room ? at + 5 : at - 5 - width, plot.top + 5, guide.label, style);
  }
  if (guide.kind === 'horizontal') {
    const at = plot.top + plot.height - y.position(guide.at);
    return textElement(plot.left + plot.width - width - 6, at - size * 1.4, guide.label, style);
  }
  const inside = guide.points
    .map(([u, v]) => [x.position(u), y.position(v)])
    .filter(([across, up]) => across >= -0.5 && across <= plot.width + 0.5 && up >= -0.5 && up <= plot.height + 0.5);
  const [across, up] = inside[Math.floor(inside.length / 2)] ?? [0, 0];
  if (guide.kind === 'text')
    return textElement(plot.left + across, plot.top + plot.height - up - size / 2, guide.label, style);
  return textElement(plot.left + across + 6, plot.top + plot.height - up - size * 1.6, guide.label, style);
}
