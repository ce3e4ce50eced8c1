/** `sgdlab read-array`: rows of numbers out of a file, as the editor reads them. */
import { MAX_ARRAY_DIMENSION, MAX_CLASSES } from '../../core/model/model.ts';
import { readArrayFile } from '../../lab/study-file.ts';
import { ROWS, wantedRows } from '../../study/array-files.ts';
import { inArray } from '../../study/arrays-refusal.ts';
import { readArray, type WantedShape } from '../../study/arrays.ts';
import { reasonOf } from '../../text/reason.ts';
import { refusalsIn } from '../../text/refusals/index.ts';
import { cliCommand } from '../command.ts';
import { BAD_INPUT, DONE, Exit } from '../exit.ts';
import { print } from '../streams.ts';

const { reason, array } = refusalsIn('en');

/** Names of the places of a study where rows of numbers may stand. */
const PLACES = [...new Set(ROWS.map(({ path }) => path[path.length - 1]))];

export const command = cliCommand({
  arguments: [{ name: 'file', required: true, completes: 'files' }],
  about: 'read rows of numbers from a file as the editor does, and print them as JSON',
  more:
    'Files are CSV and other text, `.npy`, `.npz`, lists and Matrix Market, as for `{"file": "NAME"}` in a study. ' +
    'It prints `{"rows": [[…]], "notices": ["…"]}`, with what was changed on the way.',
  options: {
    classes: { value: 'n', required: true, about: 'number of classes *C*' },
    dimension: { value: 'n', required: true, about: 'dimension *d*' },
    for: {
      value: 'what',
      completes: PLACES,
      about: `${listed(PLACES)} (default: what the numbers can be)`,
      more:
        'It says whether entries may be negative, and whether there is a row per class. If not given, there is a row ' +
        'per class; entries below zero by rounding count as 0, a few others are refused, and many (a tenth of all) are ' +
        'taken as they are.',
    },
  },
  run([path], options) {
    const classes = wholeNumber('--classes', options.classes, MAX_CLASSES);
    const dimension = wholeNumber('--dimension', options.dimension, MAX_ARRAY_DIMENSION);
    const result = readArray(bytesOf(path), wanted(options.for, classes, dimension));
    if (!result.ok) throw new Exit(BAD_INPUT, `${path}: ${reason(inArray(result))}`);
    print(`${JSON.stringify({ rows: result.rows, notices: result.notices.map(array.notice) })}\n`);
    return DONE;
  },
});

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readArrayFile(path);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}

/** Rows for a place of a study, by its last name; a row per class of either kind if none is said. */
function wanted(name: string | undefined, classes: number, dimension: number): WantedShape {
  if (name === undefined) return { rows: classes, columns: dimension, numbers: 'either' };
  const place = ROWS[PLACES.indexOf(name)];
  if (place) return wantedRows(place, classes, dimension);
  throw new Exit(BAD_INPUT, `--for: expected one of ${PLACES.join(', ')}, got ${JSON.stringify(name)}`);
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Exit(BAD_INPUT, `${option}: expected a whole number from 1 to ${most}, got ${JSON.stringify(text)}`);
}
