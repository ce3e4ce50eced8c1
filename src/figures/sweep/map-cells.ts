/** The cells of a map: drawn, told at the cursor, and as a table. */
import { type Texts } from '../../text/texts.ts';
import type { CustomSeriesOption } from 'echarts';
import { type CellReadout, type FigureTable, type Readout, type ReadoutPart, type TableSection } from '../figure.ts';
import { type ColorRange } from '../color-bar.ts';
import { type Box } from '../surround.ts';
import { formatFixed, formatValue } from '../../text/numbers.ts';
import { pixelScale, type PixelScale } from '../scale.ts';
import { rampColor, type Theme } from '../theme.ts';
import { nearest } from '../readout.ts';
import { type Cell, type Lane } from './lane.ts';
import { type Statistic } from './statistics.ts';
import { medianOf, type PointValues } from './values.ts';

interface CellParts {
  readonly columns: Lane;
  readonly rows: Lane;
  readonly plot: Box;
  readonly x: PixelScale;
  readonly y: PixelScale;
  readonly colors: ColorRange;
  readonly theme: Theme;
}

/** One rectangle per experiment; those without a value are left blank, those that diverged are crossed out. */
export function cellSeries(
  cells: readonly Cell[],
  { columns, rows, plot, x, y, colors, theme }: CellParts,
): CustomSeriesOption {
  const scale = pixelScale(colors.kind, colors.min, colors.max, 1);
  const bottom = plot.top + plot.height;
  const shapes = cells.map((cell) => {
    const [west, east] = [columns.edges[cell.x], columns.edges[cell.x + 1]].map((edge) => plot.left + x.position(edge));
    const [south, north] = [rows.edges[cell.y], rows.edges[cell.y + 1]].map((edge) => bottom - y.position(edge));
    const share = scale.position(cell.value);
    // half a pixel over the edges hides the seams that antialiasing leaves
    const seam = {
      right: cell.x + 1 < columns.values.length ? 0.5 : 0,
      top: cell.y + 1 < rows.values.length ? 0.5 : 0,
    };
    return {
      box: { x: west, y: north - seam.top, width: east - west + seam.right, height: south - north + seam.top },
      fill: Number.isFinite(share) ? rampColor(theme.ramp, share) : 'transparent',
      crossed: !Number.isFinite(share) && cell.values.diverged > 0,
    };
  });
  return {
    type: 'custom',
    id: 'cells',
    silent: true,
    clip: true,
    z: 2,
    data: cells.map((cell) => [columns.values[cell.x], rows.values[cell.y]]),
    renderItem: ({ dataIndex }) => {
      const { box, fill, crossed } = shapes[dataIndex];
      const size = Math.min(box.width, box.height) * 0.22;
      const [u, v] = [box.x + box.width / 2, box.y + box.height / 2];
      const style = { stroke: theme.muted, lineWidth: 1.2 };
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: box, style: { fill } },
          ...(crossed
            ? [
                { type: 'line' as const, shape: { x1: u - size, y1: v - size, x2: u + size, y2: v + size }, style },
                { type: 'line' as const, shape: { x1: u - size, y1: v + size, x2: u + size, y2: v - size }, style },
              ]
            : []),
        ],
      };
    },
  };
}

/** What there is at a cell. */
function partsOf({ say }: Texts, { theory, runs }: PointValues, theoryName: string): ReadoutPart[] {
  const n = runs.filter(Number.isFinite).length;
  return [
    ...(Number.isFinite(theory) ? [{ label: theoryName, text: formatFixed(theory) }] : []),
    ...(n > 0 ? [{ label: say(n > 1 ? 'curve.median' : 'curve.run'), text: formatFixed(medianOf({ runs })) }] : []),
    ...(n > 1 ? [{ label: 'N', text: String(n) }] : []),
  ];
}

/** The cell at a place of the plane; null beside all of them. */
export function cellAt(
  words: Texts,
  cells: readonly Cell[],
  columns: Lane,
  rows: Lane,
  [u, v]: readonly [number, number],
  statistic: Statistic,
  theoryName: string,
): CellReadout | null {
  const within = ({ edges }: Lane, k: number, value: number) => value >= edges[k] && value <= edges[k + 1];
  const cell = cells.find(({ x, y }) => within(columns, x, u) && within(rows, y, v));
  if (!cell) return null;
  const where = `${columns.axis.symbol} = ${formatValue(columns.values[cell.x])}, ${rows.axis.symbol} = ${formatValue(rows.values[cell.y])}`;
  const place = [where, ...cell.extreme.map((is) => words.say(`extreme.${is}Short`))].join(words.say('list.parts'));
  const parts = partsOf(words, cell.values, theoryName);
  const nothing = { label: '', text: words.say(cell.values.diverged > 0 ? 'cell.diverged' : 'cell.none') };
  const row = {
    name: statistic.valueName(words),
    color: '',
    style: null,
    t: columns.values[cell.x],
    value: cell.value,
    experiment: cell.id,
    parts: parts.length > 0 ? parts : [nothing],
  };
  return { readout: { heading: place, rows: [row] }, experiment: cell.id };
}

/** The column of cells nearest to a value of the horizontal axis. */
export function columnReadout(
  words: Texts,
  cells: readonly Cell[],
  columns: Lane,
  rows: Lane,
  at: number,
  colors: ColorRange,
  theoryName: string,
  theme: Theme,
): Readout {
  const x = nearest(columns.values, at, columns.axis.scale);
  const scale = pixelScale(colors.kind, colors.min, colors.max, 1);
  const shown = cells.filter((cell) => cell.x === x);
  return {
    heading: `${columns.axis.symbol} = ${formatValue(columns.values[x])}`,
    rows: shown.map((cell) => ({
      name: `${rows.axis.symbol} = ${formatValue(rows.values[cell.y])}`,
      color: rampColor(theme.ramp, scale.position(cell.value) || 0),
      style: null,
      t: columns.values[x],
      value: cell.value,
      experiment: cell.id,
      parts: [
        ...partsOf(words, cell.values, theoryName),
        ...cell.extreme.map((is) => ({ label: '', text: words.say(`extreme.${is}Short`) })),
      ],
    })),
  };
}

export function mapTable(
  words: Texts,
  cells: readonly Cell[],
  columns: Lane,
  rows: Lane,
  { valueName }: Statistic,
  theoryName: string,
  extremes: readonly TableSection[],
): FigureTable {
  const { say } = words;
  const of = (read: (cell: Cell) => number) => Float64Array.from(cells, read);
  const simulated = cells.some(({ values }) => values.runs.length > 0);
  return {
    sections: [
      {
        name: `${columns.axis.symbol} × ${rows.axis.symbol}`,
        columns: [
          { key: columns.axis.key, label: columns.axis.name(words), values: of((cell) => columns.values[cell.x]) },
          { key: rows.axis.key, label: rows.axis.name(words), values: of((cell) => rows.values[cell.y]) },
          { key: 't', label: say('axis.timeColumn'), values: of(({ values }) => values.t) },
          {
            key: 'theory',
            label: say('column.of', { quantity: valueName(words), curve: theoryName }),
            values: of(({ values }) => values.theory),
          },
          ...(simulated
            ? [
                { key: 'median', label: say('column.median'), values: of(({ values }) => medianOf(values)) },
                { key: 'n', label: 'N', values: of(({ values }) => values.runs.filter(Number.isFinite).length) },
              ]
            : []),
        ],
      },
      ...extremes,
    ],
  };
}
