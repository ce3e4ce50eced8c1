/** Lines of reference over a figure of curves: where a boundary is, how fast a law would fall. */
import type { LineSeriesOption } from 'echarts';
import { type Figure } from '../figure.ts';
import { textElement, type Elements } from '../option.ts';
import { pixelScale, type PixelScale } from '../scale.ts';
import { textWidth } from '../text.ts';
import { themes } from '../theme.ts';
import { type Range } from '../ticks.ts';
import { type AxisScale, type FigureView } from '../view.ts';

export type Guide = { readonly label: string; readonly note: string | null } & (
  | { readonly kind: 'vertical'; readonly at: number }
  | { readonly kind: 'line'; readonly points: readonly (readonly [x: number, y: number])[] }
);

/** The figure with guides under its curves. */
export function withGuides(figure: Figure, guides: readonly Guide[], view: FigureView): Figure {
  const horizontal = horizontalOf(figure);
  if (guides.length === 0 || figure.empty || !horizontal) return figure;
  const theme = themes[view.theme];
  const { plot, value, option } = figure;
  const x = pixelScale(horizontal.kind, horizontal.min, horizontal.max, plot.width);
  const y = pixelScale(value.scale, value.min, value.max, plot.height);
  const drawn = guides.filter((guide) => guide.kind === 'vertical' || guide.points.every((point) => point[1] > 0));
  const series = drawn.map((guide, k): LineSeriesOption => ({
    type: 'line',
    id: `guide:${k}`,
    data:
      guide.kind === 'vertical'
        ? [
            [guide.at, value.min],
            [guide.at, value.max],
          ]
        : guide.points.map(([u, v]) => [u, v]),
    showSymbol: false,
    silent: true,
    clip: true,
    z: 3,
    tooltip: { show: false },
    lineStyle: { color: theme.muted, width: 1.3, type: [6, 4] },
    emphasis: { disabled: true },
  }));
  const labels = drawn.map((guide) => labelOf(guide, { x, y, figure, view, fill: theme.text, rim: theme.panel }));
  const before = Array.isArray(option.series) ? option.series : option.series ? [option.series] : [];
  const graphic = Array.isArray(option.graphic) ? option.graphic : [];
  return {
    ...figure,
    option: { ...option, series: [...before, ...series], graphic: [...(graphic as Elements), ...labels] },
  };
}

/** The horizontal axis as drawn. */
function horizontalOf({ option }: Figure): (Range & { readonly kind: AxisScale }) | null {
  const axis = Array.isArray(option.xAxis) ? option.xAxis[0] : option.xAxis;
  if (typeof axis?.min !== 'number' || typeof axis.max !== 'number') return null;
  return { kind: axis.type === 'log' ? 'log' : 'linear', min: axis.min, max: axis.max };
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
  const middle = guide.points.map(([u, v]) => [x.position(u), y.position(v)]);
  const [across, up] = [0, 1].map((k) => middle.reduce((sum, point) => sum + point[k] / middle.length, 0));
  return textElement(plot.left + across + 6, plot.top + plot.height - up - size * 1.6, guide.label, style);
}
