/** Study files as the app and the command line read them: in their encoding, with the arrays that they name. */
import { readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { MAX_ARRAY_BYTES } from '../study/arrays.ts';
import { formatRefusal } from '../study/arrays-refusal.ts';
import { withArrays } from '../study/array-files.ts';
import { decodeText } from '../study/encoding.ts';
import { parseStudy, parseStudyJson, type ParseResult } from '../study/parse.ts';
import { refusal, type Refusal } from '../refusal/refusal.ts';
import { type Study } from '../core/experiment/schema.ts';
import { reasonOf } from '../text/reason.ts';

export interface StudyFile {
  readonly result: ParseResult<Study>;
  /** What was changed on the way: of arrays, and of numbers below zero by rounding. */
  readonly notices: readonly Refusal[];
}

/**
 * @param folder that names of arrays are relative to: the study file's.
 * @param within whether arrays must lie in that folder: a study from elsewhere may name any file of this machine.
 */
export function studyOfBytes(bytes: Uint8Array, folder: string, within = false): StudyFile {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refused([refusal('', 'said', { text: formatRefusal(decoded) })]);
  const json = parseStudyJson(decoded.text);
  if (!json.ok) return refused(json.refusals);
  const { value, refusals, notices } = withArrays(json.value, (name) => {
    const path = resolve(folder, name);
    if (within && !path.startsWith(resolve(folder) + sep)) {
      throw new Error('expected a file in the folder of the study, or below it');
    }
    return readArrayFile(path);
  });
  const result = parseStudy(value);
  if (refusals.length === 0) return { result, notices };
  // rows that are missing because their file could not be read are told once
  const told = new Set(refusals.map(({ path }) => path));
  const others = result.ok ? [] : result.refusals.filter(({ path }) => !told.has(path));
  return refused([...refusals, ...others]);
}

const refused = (refusals: readonly Refusal[]): StudyFile => ({ result: { ok: false, refusals }, notices: [] });

/**
 * The bytes of an array's file. Devices and pipes, which need not end, are refused.
 * @throws Error that says why it cannot be read.
 */
export function readArrayFile(path: string): Uint8Array {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new Error('this is a folder, not a file');
    if (!stat.isFile()) throw new Error('expected a file');
    if (stat.size > MAX_ARRAY_BYTES) throw new Error(`expected at most ${MAX_ARRAY_BYTES} bytes, got ${stat.size}`);
    return readFileSync(path);
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}
