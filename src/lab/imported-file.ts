/**
 * A study or result file as data. Worker threads read them: what is hostile, slow or large in a file is there for that
 * thread alone. What crosses threads is plain, so refusals come back as an answer and are not thrown.
 */
import { createHash } from 'node:crypto';
import { dirname, extname } from 'node:path';
import { refusal, Refused, refusalsOf, type Refusal } from '../refusal/refusal.ts';
import { MAX_STUDY_TEXT, type ParseResult } from '../study/parse.ts';
import { type Study } from '../core/experiment/schema.ts';
import { type ArchivedResults } from './archive/attribute.ts';
import { fileSource, type ByteSource } from './archive/byte-source.ts';
import { readArchive } from './archive/index.ts';
import { studyOfBytes } from './study-file.ts';

export interface ImportedFile {
  readonly study: Study;
  readonly results: readonly ArchivedResults[];
  /** What is to be said of the file. */
  readonly said: readonly Refusal[];
}

const CHUNK = 4 * 1024 * 1024;

/** SHA-256 of a file's bytes, in base64. Devices and pipes are refused. */
export const hashOfFile = (path: string): ParseResult<string> =>
  answered(() =>
    within(path, (source) => {
      const hash = createHash('sha256');
      for (let at = 0; at < source.size; at += CHUNK) hash.update(source.read(at, Math.min(CHUNK, source.size - at)));
      return hash.digest('base64');
    }),
  );

/** What a file is: a study where its name ends so (`.json`), else an archive. */
export const readImported = (path: string): ParseResult<ImportedFile> =>
  answered(() => {
    if (extname(path).toLowerCase() !== '.json') {
      const { study, results, refusals, notices } = readArchive(path);
      return { study, results, said: [...refusals, ...notices] };
    }
    const { result, notices } = studyOfBytes(within(path, studyBytes), dirname(path), true);
    if (!result.ok) throw new Refused(result.refusals);
    return { study: result.value, results: [], said: notices };
  });

function studyBytes(source: ByteSource): Uint8Array {
  if (source.size > MAX_STUDY_TEXT)
    throw new Refused([refusal('', 'most-bytes', { most: MAX_STUDY_TEXT }, String(source.size))]);
  return source.read(0, source.size);
}

function within<T>(path: string, work: (source: ByteSource) => T): T {
  const source = fileSource(path);
  try {
    return work(source);
  } finally {
    source.close();
  }
}

function answered<T>(work: () => T): ParseResult<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, refusals: refusalsOf(error) };
  }
}
