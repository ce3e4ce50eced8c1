/** A study or result file becomes a study of the library. */
import { dirname, extname } from 'node:path';
import { type StudyId } from '../api/types.ts';
import { fileSource } from '../lab/archive/byte-source.ts';
import { readArchive } from '../lab/archive/index.ts';
import { type Library } from '../lab/database/library.ts';
import { studyOfBytes } from '../lab/study-file.ts';
import { Refused, type Refusal } from '../refusal/refusal.ts';
import { MAX_STUDY_TEXT } from '../study/parse.ts';

/** @throws RangeError if it is no plain file, or larger than a study may be; the file system's error. */
function bytesOf(path: string): Uint8Array {
  const source = fileSource(path);
  try {
    if (source.size > MAX_STUDY_TEXT)
      throw new RangeError(`expected at most ${MAX_STUDY_TEXT} bytes, got ${source.size}`);
    return source.read(0, source.size);
  } finally {
    source.close();
  }
}

/**
 * @returns the study, and what is to be said of the file: only of what is there.
 * @throws Refused if the file or the library refuses; the file system's error.
 */
export function importFile(library: Library, path: string): { id: StudyId; said: readonly Refusal[] } {
  if (extname(path).toLowerCase() === '.json') {
    const { result, notices } = studyOfBytes(bytesOf(path), dirname(path), true);
    if (!result.ok) throw new Refused(result.refusals);
    return { id: library.importStudy(result.value, []), said: notices };
  }
  const { study, results, refusals, notices } = readArchive(path);
  return { id: library.importStudy(study, results), said: [...refusals, ...notices] };
}
