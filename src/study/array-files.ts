/**
 * `{ "file": "eigenvalues.csv" }` in place of rows of numbers in a study: the numbers are put there before the study is
 * parsed, so that nothing behind the parser knows of files. Who calls brings the files along.
 */
import { readArray, roundOffNotice, type WantedShape } from './arrays.ts';
import { formatRefusal } from './arrays-refusal.ts';
import { widgetPlaces, type Widget } from '../core/description/widget.ts';
import { experimentSchema } from './schema.ts';
import { formatPath, valueAt, type PathPart } from '../core/description/path.ts';
import { refusal, type Refusal } from '../refusal/refusal.ts';
import { withoutRoundOff } from '../core/description/round-off.ts';

/** Where rows of numbers stand in an experiment. */
interface RowsPlace extends Rows {
  readonly path: readonly string[];
}
/** How many there are, and which numbers: what the schema says (core/description/widget.ts). */
export type Rows = Omit<Extract<Widget, { kind: 'rows' }>, 'kind'>;

export const ROWS: readonly RowsPlace[] = widgetPlaces(experimentSchema).flatMap(({ path, widget }) =>
  widget.kind === 'rows' ? [{ ...widget, path }] : [],
);

/** What is wanted where a schema asks for rows. */
export const wantedRows = ({ rows, numbers }: Rows, classes: number, dimension: number): WantedShape => ({
  rows: rows === 'classes' ? classes : null,
  columns: dimension,
  numbers,
});

export interface WithArrays {
  /** The study with numbers in place of files; where one could not be read it is as it was. */
  readonly value: unknown;
  readonly refusals: readonly Refusal[];
  /** What was changed on the way. */
  readonly notices: readonly Refusal[];
}

/** @param read the bytes of a file by its name in the study. @throws what `read` throws is a problem of its place. */
export function withArrays(study: unknown, read: (name: string) => Uint8Array): WithArrays {
  const refusals: Refusal[] = [];
  const notices: Refusal[] = [];
  // experiments of one file share its rows
  const known = new Map<string, ReturnType<typeof readArray>>();

  const arrayOf = (name: string, wanted: WantedShape) => {
    const key = JSON.stringify([name, wanted]);
    let result = known.get(key);
    if (!result) known.set(key, (result = readArray(read(name), wanted)));
    return result;
  };

  const replaced = (experiment: unknown, at: readonly PathPart[]): unknown => {
    let result = experiment;
    for (const place of ROWS) {
      const value = valueAt(experiment, place.path);
      const path = formatPath([...at, ...place.path]);
      if (place.numbers === 'not-negative') {
        const count = roundOffIn(value);
        if (count > 0) notices.push(refusal(path, 'said', { text: roundOffNotice(count) }));
      }
      const name = fileOf(value);
      if (name === undefined) continue;
      const priors = valueAt(experiment, ['model', 'priors']);
      const dimension = valueAt(experiment, ['model', 'dimension']);
      // the parser says what is wrong with these
      if (!Array.isArray(priors) || typeof dimension !== 'number') continue;
      try {
        const found = arrayOf(name, wantedRows(place, priors.length, dimension));
        if (!found.ok) refusals.push(refusal(path, 'said', { text: `${name}: ${formatRefusal(found)}` }));
        else {
          result = withValue(result, place.path, found.rows);
          notices.push(...found.notices.map((text) => refusal(path, 'said', { text: `${name}: ${text}` })));
        }
      } catch (error) {
        refusals.push(
          refusal(path, 'said', { text: `${name}: ${error instanceof Error ? error.message : String(error)}` }),
        );
      }
    }
    return result;
  };

  let value = study;
  const experiments = valueAt(study, ['experiments']);
  if (Array.isArray(experiments)) {
    const list = experiments.map((experiment, k) => replaced(experiment, ['experiments', k]));
    if (list.some((experiment, k) => experiment !== experiments[k])) value = withValue(value, ['experiments'], list);
  }
  const base = valueAt(study, ['sweep', 'base']);
  if (base !== undefined) {
    const swept = replaced(base, ['sweep', 'base']);
    if (swept !== base) value = withValue(value, ['sweep', 'base'], swept);
  }
  return { value, refusals, notices };
}

/** The file that stands in place of rows; an object with other keys is none, and the parser says so. */
function fileOf(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Object.keys(value).length !== 1) return undefined;
  const { file } = value as { file?: unknown };
  return typeof file === 'string' && file !== '' ? file : undefined;
}

/** Entries of rows in the study itself that count as 0. */
function roundOffIn(rows: unknown): number {
  if (!Array.isArray(rows)) return 0;
  const numbers = rows.filter((row): row is number[] => Array.isArray(row) && row.every(Number.isFinite));
  return numbers.reduce((sum, row) => sum + withoutRoundOff(row).count, 0);
}

/** A copy with another value at a path that is there; what is not on the path is shared. */
function withValue(root: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  const object = root as Record<string, unknown>;
  return { ...object, [key]: rest.length === 0 ? value : withValue(object[key], rest, value) };
}
