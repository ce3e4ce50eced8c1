/** Curves as CSV: long tables with one number, or the numbers of one time, per line, as statistics programs take them. */
import { readFileSync, statSync } from 'node:fs';
import { reason } from '../../refusal/refusal.ts';
import { join } from 'node:path';
import { isRun } from '../../core/experiment/curve-source.ts';
import { indexNames, type Field } from '../../core/observables/row-layout.ts';
import { type Curve, type ExperimentFrame, type ExperimentResults } from '../../study/experiment-results.ts';
import { type Study } from '../../core/experiment/schema.ts';
import { makeFolder, writeFileAtomically } from '../files.ts';
import { ArchiveError } from './errors.ts';

/** Text that is handed over at once, in characters, about. */
const PIECE = 1 << 20;

/**
 * Writes the tables of every experiment E that has results to a folder (made if it is not there).
 * - `E.csv`: `curve` (of theory or the engine, such as ode or sgd), `run` (empty for theory), `t`, and a column for each
 *   observable that is one number, such as risk.
 * - `E-overlap.csv`, `E-variance.csv`, …: `curve`, `run`, `t`, the index columns of the observable, and `value`.
 * - `E-groups.csv`: the spectral groups: `group`, `label`, `upper`, `size`, `class`, `energy`.
 * Only grid points that a curve reached have lines. Numbers read back to the same bits.
 * @returns the files' names.
 * @throws ArchiveError, before anything is written, where a file is in the way that has more than what is written: one
 *   that is no such table, or has curves of another study or description.
 */
export function exportCsv(folder: string, study: Study, results: readonly ExperimentResults[]): string[] {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw new ArchiveError(reason('csv-folder', {}));
  makeFolder(folder);
  const tables = tablesOfStudy(study, results);
  for (const { name, lines } of tables) {
    const inTheWay = inTheWayOf(folder, name, lines());
    if (inTheWay) {
      throw new ArchiveError(reason('csv-in-the-way', { name, is: inTheWay }));
    }
  }
  for (const { name, lines } of tables) writeFileAtomically(join(folder, name), encode(lines()));
  return tables.map(({ name }) => name);
}

/** The folder if `exportCsv` may write there, else the first of `FOLDER-2`, `FOLDER-3`, … where it may. */
export function freeCsvFolder(folder: string, study: Study, results: readonly ExperimentResults[]): string {
  const tables = tablesOfStudy(study, results);
  const isFree = (path: string): boolean => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return true;
    return stat.isDirectory() && tables.every(({ name, lines }) => inTheWayOf(path, name, lines()) === null);
  };
  let free = folder;
  for (let n = 2; !isFree(free); n++) free = `${folder}-${n}`;
  return free;
}

interface Table {
  readonly name: string;
  /** From the first line, whenever called. */
  readonly lines: () => Iterable<string>;
}

const tablesOfStudy = ({ experiments }: Study, results: readonly ExperimentResults[]): Table[] =>
  experiments.flatMap(({ id }) => {
    const found = results.find(({ experiment }) => experiment.id === id);
    return found ? tablesOf(found) : [];
  });

function tablesOf(results: ExperimentResults): Table[] {
  const { id } = results.experiment;
  const { fields } = results.frame.layout;
  return [
    { name: `${id}.csv`, lines: () => scalarLines(results, fields.filter(isScalar)) },
    ...fields
      .filter((field) => !isScalar(field))
      .map((field) => ({
        name: `${id}-${field.key.replaceAll('_', '-')}.csv`,
        lines: () => fieldLines(results, field),
      })),
    { name: `${id}-groups.csv`, lines: () => groupLines(results.frame) },
  ];
}

/**
 * What is there in a table's place, or null if it may be written there. A table may be replaced by one that has all its
 * lines, in their order, which are the same curves, and more.
 */
function inTheWayOf(folder: string, name: string, lines: Iterable<string>): 'no table' | 'other curves' | null {
  const stat = statSync(join(folder, name), { throwIfNoEntry: false });
  if (!stat) return null;
  const present = stat.isFile() ? readFileSync(join(folder, name), 'utf8').trimEnd().split('\n') : [''];
  let kept = 0;
  for (const line of lines) if (line === present[kept]) kept++;
  if (kept === present.length) return null;
  return kept === 0 ? 'no table' : 'other curves';
}

const isScalar = ({ shape }: Field): boolean => shape.length === 0;

/** `curve,run` of a curve. */
function curveCells({ experiment }: ExperimentResults, { source }: Curve): string {
  return isRun(source) ? `${experiment.simulation.engine},${source.run}` : `${source.kind},`;
}

function* scalarLines(results: ExperimentResults, fields: readonly Field[]): Generator<string> {
  const { t, layout } = results.frame;
  yield ['curve', 'run', 't', ...fields.map(({ key }) => key)].join(',');
  for (const curve of results.curves) {
    for (let p = 0; p < curve.points; p++) {
      const values = fields.map(({ offset }) => number(curve.rows[p * layout.size + offset]));
      yield `${curveCells(results, curve)},${number(t[p])},${values.join(',')}`;
    }
  }
}

function* fieldLines(results: ExperimentResults, field: Field): Generator<string> {
  const { shape, offset, length } = field;
  const { t, layout } = results.frame;
  yield ['curve', 'run', 't', ...indexNames(field), 'value'].join(',');
  const indices = Array.from({ length }, (_, k) => indexCells(k, shape));
  for (const curve of results.curves) {
    for (let p = 0; p < curve.points; p++) {
      const head = `${curveCells(results, curve)},${number(t[p])}`;
      for (let k = 0; k < length; k++) {
        yield `${head},${indices[k]},${number(curve.rows[p * layout.size + offset + k])}`;
      }
    }
  }
}

/** Indices of the k-th number of a shape in C order. */
function indexCells(k: number, shape: readonly number[]): string {
  const cells: number[] = [];
  let rest = k;
  for (const extent of [...shape].reverse()) {
    cells.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return cells.join(',');
}

function* groupLines({ layout, groups }: ExperimentFrame): Generator<string> {
  yield 'group,label,upper,size,class,energy';
  for (let g = 0; g < layout.groups; g++) {
    for (let i = 0; i < layout.classes; i++) {
      const label = groups.labels[g] ? `"${groups.labels[g]}"` : '';
      const energy = number(groups.energy[i * layout.groups + g]);
      yield `${g},${label},${number(groups.upper[g])},${number(groups.size[g])},${i},${energy}`;
    }
  }
}

/** Shortest text that reads back to the same number; NaN, inf and -inf as NumPy and pandas read them. */
function number(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function* encode(lines: Iterable<string>): Generator<Uint8Array> {
  let piece = '';
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
