/** Places of everything in a figure, in pixels, so that nothing overlaps: heading, legend, axes, plot, notes. */
import { texts as textsOf, type Texts } from '../text/texts.ts';
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
  /** Pixels that the legend could still move to the right. */
  readonly legendRoom: number;
  /** Pixels used above the plot and below it (axis included). */
  readonly top: number;
  readonly bottom: number;
  /** Of the whole figure: the view's, or more where the view lets it grow. */
  readonly height: number;
}

export const TICK = 5;
export const LEGEND_MARKER = 24;
const EDGE = 10;
/** Share of the height that a legend may take. */
const LEGEND_SHARE = 0.25;
/** Share of the height that notes may take. */
const NOTE_SHARE = 0.16;
/** Share of the view's height that the plot keeps in a figure that grows. */
const PLOT_SHARE = 0.55;

/**
 * Heights of what surrounds the plot above and below, and the places of heading, legend and notes.
 * @param needed height of the plot, in pixels, that a figure that grows has at least.
 */
export function surround(
  view: FigureView,
  heading: { title: string; subtitle: string; notes: readonly string[] },
  entries: readonly LegendEntry[],
  needed = 0,
): Surround {
  const { fontSize, width, grow } = view;
  const words = textsOf(view.language);
  const inner = width - 2 * EDGE;
  const texts: PlacedText[] = [];
  let y = view.heading ? EDGE : 6;
  if (view.heading) {
    for (const text of wrap(heading.title, fontSize + 3, inner, grow ? Infinity : 2)) {
      texts.push({ x: EDGE, y, text, role: 'title' });
      y += Math.round((fontSize + 3) * 1.35);
    }
    for (const text of wrap(heading.subtitle, fontSize, inner, grow ? Infinity : 3)) {
      texts.push({ x: EDGE, y, text, role: 'subtitle' });
      y += Math.round(fontSize * 1.4);
    }
    y += 4;
  }
  const row = Math.round(fontSize * 1.6);
  const legend = grow
    ? allRows(words, entries, fontSize, inner)
    : legendRows(words, entries, fontSize, inner, Math.max(1, Math.floor((view.height * LEGEND_SHARE) / row)));
  const placed = legend.flatMap((cells, k) =>
    cells.map((cell) => ({ ...cell, x: cell.x + EDGE, y: y + row * (k + 0.5) })),
  );
  const reach = Math.max(
    0,
    ...placed.map(({ x, label, entry }) => x + (entry ? LEGEND_MARKER + 6 : 0) + textWidth(label, fontSize)),
  );
  y += row * legend.length + (legend.length > 0 ? 4 : 0);
  const noteHeight = Math.round((fontSize - 1) * 1.35);
  const notes = view.heading
    ? grow
      ? heading.notes.flatMap((note) => wrap(note, fontSize - 1, inner, Infinity))
      : noteLines(
          words,
          heading.notes,
          fontSize - 1,
          inner,
          Math.max(1, Math.floor((view.height * NOTE_SHARE) / noteHeight)),
        )
    : [];
  const below = notes.length > 0 ? notes.length * noteHeight + 6 : 0;
  const axis = TICK + 3 + Math.round(fontSize * 1.3) + Math.round(fontSize * 1.5);
  const top = Math.round(y + fontSize * 0.5);
  const bottom = Math.round(axis + below + 6);
  const height = grow
    ? Math.max(view.height, top + Math.ceil(Math.max(needed, PLOT_SHARE * view.height)) + bottom)
    : view.height;
  notes.forEach((text, k) => {
    texts.push({ x: EDGE, y: height - 6 - (notes.length - k) * noteHeight, text, role: 'note' });
  });
  return {
    texts,
    legend: placed,
    legendRoom: Math.max(0, width - EDGE - reach),
    top,
    bottom,
    height,
  };
}

function noteLines({ say }: Texts, notes: readonly string[], fontSize: number, inner: number, most: number): string[] {
  const lines = notes.flatMap((note) => wrap(note, fontSize, inner, 3));
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most - 1), say('list.moreNotes', { n: lines.length - most + 1 })];
}

interface LegendCell {
  readonly x: number;
  readonly label: string;
  readonly entry: LegendEntry | null;
}

/** Every entry with its whole name, on one row if they fit, else in columns; names longer than a row go on below. */
function allRows(words: Texts, entries: readonly LegendEntry[], fontSize: number, inner: number): LegendCell[][] {
  const room = inner - LEGEND_MARKER - 6;
  if (entries.every(({ label }) => textWidth(label, fontSize) <= room)) {
    return legendRows(words, entries, fontSize, inner, entries.length, room);
  }
  return entries.flatMap((entry) =>
    broken(entry.label, fontSize, room).map((label, k): LegendCell[] => [
      k === 0 ? { x: 0, label, entry } : { x: LEGEND_MARKER + 6, label, entry: null },
    ]),
  );
}

/** Lines of a name within `width` pixels, broken inside words that are longer. */
function broken(name: string, fontSize: number, width: number): string[] {
  const pieces = name.split(' ').flatMap((word) => {
    const parts = [''];
    for (const character of word) {
      const longer = parts[parts.length - 1] + character;
      if (textWidth(longer, fontSize) <= width) parts[parts.length - 1] = longer;
      else parts.push(character);
    }
    return parts;
  });
  return wrap(pieces.join(' '), fontSize, width, Infinity);
}

/** Entries side by side on one row if they fit, else in columns; what has no room is counted. */
function legendRows(
  { say }: Texts,
  entries: readonly LegendEntry[],
  fontSize: number,
  inner: number,
  most: number,
  longest = entries.length === 1 ? inner : inner * 0.6,
): LegendCell[][] {
  const gap = 14;
  const before = LEGEND_MARKER + 6;
  const widest = inner - before;
  const cells = entries.map((entry) => {
    const label = truncate(entry.label, fontSize, Math.min(widest, longest));
    return { label, entry, width: before + textWidth(label, fontSize) };
  });
  const total = cells.reduce((sum, { width }) => sum + width + gap, -gap);
  if (total <= inner) {
    let x = 0;
    const row = cells.map(({ label, entry, width }) => {
      const cell = { x, label, entry };
      x += width + gap;
      return cell;
    });
    return row.length > 0 ? [row] : [];
  }
  const column = Math.max(...cells.map(({ width }) => width)) + gap;
  const columns = Math.max(1, Math.floor((inner + gap) / column));
  const places = columns * most;
  const shown = cells.length <= places ? cells.length : places - 1;
  const list: Omit<LegendCell, 'x'>[] = cells.slice(0, shown);
  if (shown < cells.length) list.push({ label: say('list.more', { n: cells.length - shown }), entry: null });
  const rows: LegendCell[][] = [];
  list.forEach(({ label, entry }, k) => {
    const row = Math.floor(k / columns);
    (rows[row] ??= []).push({ x: (k % columns) * column, label, entry });
  });
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
