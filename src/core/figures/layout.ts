/** Places of everything in a figure, in pixels, so that nothing overlaps: heading, legend, axes, plot, notes. */
import { type LegendEntry } from './figure.ts';
import { type Ticks } from './ticks.ts';
import { textWidth, truncate, wrap } from './text.ts';
import { type FigureView } from './view.ts';

export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly role: 'title' | 'subtitle' | 'note';
}

export interface PlacedEntry {
  readonly x: number;
  /** Middle of the row. */
  readonly y: number;
  readonly label: string;
  readonly entry: LegendEntry | null;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Surround {
  readonly texts: readonly PlacedText[];
  readonly legend: readonly PlacedEntry[];
  /** Pixels used above the plot and below it (axis included). */
  readonly top: number;
  readonly bottom: number;
}

export const TICK = 5;
export const LEGEND_MARKER = 24;
const EDGE = 10;
/** Share of the height that a legend may take. */
const LEGEND_SHARE = 0.3;

/** Heights of what surrounds the plot above and below, and the places of heading, legend and notes. */
export function surround(
  view: FigureView,
  heading: { title: string; subtitle: string; notes: readonly string[] },
  entries: readonly LegendEntry[],
): Surround {
  const { fontSize, width, height } = view;
  const inner = width - 2 * EDGE;
  const texts: PlacedText[] = [];
  let y = view.heading ? EDGE : 6;
  if (view.heading) {
    for (const text of wrap(heading.title, fontSize + 3, inner, 2)) {
      texts.push({ x: EDGE, y, text, role: 'title' });
      y += Math.round((fontSize + 3) * 1.35);
    }
    for (const text of wrap(heading.subtitle, fontSize, inner, 3)) {
      texts.push({ x: EDGE, y, text, role: 'subtitle' });
      y += Math.round(fontSize * 1.4);
    }
    y += 4;
  }
  const row = Math.round(fontSize * 1.6);
  const legend = legendRows(entries, fontSize, inner, Math.max(1, Math.floor((height * LEGEND_SHARE) / row)));
  const placed = legend.flatMap((cells, k) =>
    cells.map((cell) => ({ ...cell, x: cell.x + EDGE, y: y + row * (k + 0.5) })),
  );
  y += row * legend.length + (legend.length > 0 ? 4 : 0);
  const noteHeight = Math.round((fontSize - 1) * 1.35);
  const notes = view.heading ? heading.notes.flatMap((note) => wrap(note, fontSize - 1, inner, 3)) : [];
  const below = notes.length > 0 ? notes.length * noteHeight + 6 : 0;
  notes.forEach((text, k) => {
    texts.push({ x: EDGE, y: height - 6 - (notes.length - k) * noteHeight, text, role: 'note' });
  });
  const axis = TICK + 3 + Math.round(fontSize * 1.3) + Math.round(fontSize * 1.5);
  return { texts, legend: placed, top: Math.round(y + fontSize * 0.5), bottom: Math.round(axis + below + 6) };
}

function legendRows(
  entries: readonly LegendEntry[],
  fontSize: number,
  inner: number,
  most: number,
): { x: number; label: string; entry: LegendEntry | null }[][] {
  const gap = 14;
  const widest = Math.max(60, Math.min(inner, inner * 0.62) - LEGEND_MARKER - 6);
  const rows: { x: number; label: string; entry: LegendEntry | null }[][] = [];
  let x = Infinity;
  let shown = 0;
  for (const entry of entries) {
    const label = truncate(entry.label, fontSize, entries.length === 1 ? inner - LEGEND_MARKER - 6 : widest);
    const width = LEGEND_MARKER + 6 + textWidth(label, fontSize);
    if (x + width > inner) {
      if (rows.length === most) break;
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ x, label, entry });
    x += width + gap;
    shown++;
  }
  const last = rows[rows.length - 1];
  if (shown < entries.length && last) {
    const more = () => `and ${entries.length - shown} more`;
    while (last.length > 1 && x + textWidth(more(), fontSize) > inner) {
      x = last.pop()?.x ?? 0;
      shown--;
    }
    last.push({ x, label: more(), entry: null });
  }
  return rows;
}

/** Labels that fit along a vertical axis of these pixels. */
export const labelsUpright = (pixels: number, fontSize: number): number =>
  Math.max(2, Math.floor(pixels / (fontSize * 3.4)));

/** Labels that fit along a horizontal axis of these pixels, each `widest` wide. */
export const labelsAcross = (pixels: number, widest: number, fontSize: number): number =>
  Math.max(2, Math.floor(pixels / (widest + 2.2 * fontSize)));

/** Pixels left of the plot: axis name, labels, ticks. */
export function leftMargin(ticks: Ticks, fontSize: number, named: boolean): number {
  const widest = Math.max(0, ...ticks.labels.map((label) => textWidth(label, fontSize)));
  return Math.ceil(6 + (named ? fontSize * 1.5 : 0) + widest + TICK + 5);
}

/** Pixels right of the plot: half the last tick label, and labels at the ends of curves. */
export function rightMargin(fontSize: number, endLabels: readonly string[]): number {
  const widest = Math.max(0, ...endLabels.map((label) => textWidth(label, fontSize) + 8));
  return Math.ceil(Math.max(fontSize * 1.4, widest + 2));
}

/** Centres of labels beside their wanted places, at least `distance` apart and within the bounds. */
export function spread(wanted: readonly number[], distance: number, low: number, high: number): number[] {
  const order = [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b]);
  const result = [...wanted];
  let previous = low - distance;
  for (const k of order) {
    result[k] = Math.max(wanted[k], previous + distance);
    previous = result[k];
  }
  let next = high + distance;
  for (const k of order.reverse()) {
    result[k] = Math.min(result[k], next - distance);
    next = result[k];
  }
  return result;
}
