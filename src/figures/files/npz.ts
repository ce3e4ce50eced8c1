/** The numbers of a figure for NumPy, with all that a program needs to draw it again. */
import { zipSync, type Zippable } from 'fflate/browser';
import { npyFile } from '../../study/npy.ts';
import { type Figure } from '../figure.ts';
import { type FigureView } from '../view.ts';
import { LOAD_SCRIPT } from './load-script.ts';

/** How the figure is drawn, beside its numbers: the member `figure.json`. */
function planOf({ title, subtitle, notes, across, up, value, marks, table }: Figure, { guides }: FigureView): object {
  return {
    title,
    subtitle,
    notes,
    x: across,
    y: { ...up, unit: up.unit ?? 1 },
    value: { name: value.name },
    guides,
    sections: table.sections.map(({ name, columns }) => ({
      name,
      columns: columns.map(({ key, label }) => ({ key, label })),
    })),
    marks:
      marks.kind === 'cells'
        ? marks
        : { ...marks, curves: marks.curves.map(({ runs, ...curve }) => ({ ...curve, runs: runs.length })) },
  };
}

/**
 * Arrays `0/t`, `0/theory`, … of each section of the table, `0/runs` (R×P) where every run is drawn, and `figure.json`.
 * The same figure gives the same bytes.
 */
export function figureNpz(figure: Figure, view: FigureView): Uint8Array {
  const members: Zippable = {};
  const add = (name: string, shape: readonly number[], values: ArrayLike<number>) => {
    members[`${name}.npy`] = npyFile(shape, Float64Array.from(values));
  };
  figure.table.sections.forEach(({ columns }, k) => {
    for (const { key, values } of columns) add(`${k}/${key}`, [values.length], values);
  });
  if (figure.marks.kind === 'curves')
    figure.marks.curves.forEach(({ runs }, k) => {
      if (runs.length > 0)
        add(
          `${k}/runs`,
          [runs.length, runs[0].length],
          runs.flatMap((run) => [...run]),
        );
    });
  members['figure.json'] = new TextEncoder().encode(JSON.stringify(planOf(figure, view)));
  return zipSync(members, { level: 6, mtime: EPOCH });
}

/** A fixed time: ZIP has no earlier one. */
const EPOCH = '1980-01-01T00:00:00';

/** A program in Python that reads `figure.npz` beside it and draws the figure with Matplotlib. */
export const loadScript = (): Uint8Array => new TextEncoder().encode(LOAD_SCRIPT);
