/** A new library from what can be read of one whose file is damaged, which is kept beside it. */
import { crc32 } from 'node:zlib';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StudyDraft } from '../../api/types.ts';
import { parseJson } from '../../core/description/json.ts';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { findCurveKind } from '../../core/theory/curves/curve-kind.ts';
import { workKeyWithin } from '../../core/experiment/identity.ts';
import { prepare } from '../../core/experiment/setup.ts';
import { draftSchema } from '../../study/draft.ts';
import { experimentFrame } from '../../study/experiment-results.ts';
import { parseExperiment, requireParsed } from '../../study/parse.ts';
import { decodeOutcome, decodeReport } from '../archive/curve-record.ts';
import { floatsOf } from '../archive/little-endian.ts';
import { syncFolder } from '../files.ts';
import { isSound, type Table } from './checksums.ts';
import { type Row, type Value } from './connection.ts';
import { type Library } from './library.ts';
import { acquireLock } from './lock.ts';
import { LIBRARY_FILE, LOCK_FILE, openLibrary, type LibraryOptions } from './open.ts';
import { RawDatabase } from './raw-records.ts';
import { freePath } from './write-out.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface Salvaged {
  /** Where the damaged file is now. */
  readonly aside: string;
  readonly studies: number;
  readonly curves: number;
  /** Names of studies of which no document could be read. */
  readonly lost: readonly string[];
  /** Studies of which nothing beside the document could be read: tags, and whether they are in the bin. */
  readonly untold: number;
}

/**
 * Puts a new library in the place of a damaged one. Settings, what is in the bin, and results of earlier versions stay in
 * the old file, which is not changed.
 * @throws LibraryError 'busy' if another process has the library; the file system's error. Nothing has changed then.
 */
export function salvage(folder: string, options: LibraryOptions = {}): Salvaged {
  const path = join(folder, LIBRARY_FILE);
  const lock = acquireLock(join(folder, LOCK_FILE));
  const place = temporaryFolder(folder);
  try {
    const found = collect(path);
    const made = openLibrary(place, options);
    let curves = 0;
    try {
      for (const { id, draft } of found.documents) {
        const own = made.createStudy(draft, found.studies.get(id)?.tags ?? []);
        curves += storeCurves(made, own, found, id);
      }
    } finally {
      made.close();
    }
    const aside = freePath(`${path}.damaged`);
    for (const suffix of ['-wal', '-journal', ''])
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    renameSync(join(place, LIBRARY_FILE), path);
    syncFolder(folder);
    const read = new Set(found.documents.map(({ id }) => id));
    const lost = [...found.studies]
      .filter(([id, { deleted }]) => !deleted && !read.has(id))
      .map(([, { name }]) => name);
    const untold = found.documents.filter(({ id }) => !found.studies.has(id)).length;
    return { aside, studies: found.documents.length, curves, lost, untold };
  } finally {
    rmSync(place, { recursive: true, force: true });
    lock.release();
  }
}

interface Found {
  readonly studies: Map<string, { readonly name: string; readonly tags: string[]; readonly deleted: boolean }>;
  readonly documents: readonly { readonly id: string; readonly draft: StudyDraft }[];
  readonly descriptions: Map<string, string>;
  readonly curves: readonly (Row & { readonly id: number })[];
  /** Numbers of curves by their part. */
  readonly parts: Map<number, Map<number, Uint8Array>>;
}

/** Columns of the tables in the order of their records; the last ones came with migration 5. */
const COLUMNS = {
  studies: ['id', 'name', 'excerpt', 'tags', 'experiments', 'created', 'modified', 'archived', 'deleted', 'revision'],
  documents: ['study', 'draft', 'search'],
  descriptions: ['hash', 'experiment', 'theory_key', 'simulation_key'],
  curves: ['id', 'study', 'key', 'kind', 'run', 'description', 'status', 'outcome', 'report', 'points', 'row_size', 'stored', 'damage'], // prettier-ignore
} as const;

/** What tells records of a table from all others, beside their number. */
const IS_OF: Readonly<Record<keyof typeof COLUMNS, (row: Row) => boolean>> = {
  studies: ({ id, tags, revision }) =>
    isText(id) && isText(tags) && tags.startsWith('[') && typeof revision === 'number',
  documents: ({ study, draft, search }) => isText(study) && isText(draft) && draft.startsWith('{') && isText(search),
  descriptions: (row) => isText(row.hash) && isText(row.experiment) && row.experiment.startsWith('{') && isText(row.theory_key) && isText(row.simulation_key), // prettier-ignore
  curves: ({ id, kind, outcome }) => id === null && isText(kind) && isText(outcome) && outcome.startsWith('{'),
};

const isText = (value: Value): value is string => typeof value === 'string';

/** The record as a row of a table, if it is one and as it was written. */
function rowOf(table: Table & keyof typeof COLUMNS, values: readonly Value[]): Row | null {
  const columns = COLUMNS[table];
  const more = values.length - columns.length;
  if (more !== 0 && more !== 1) return null;
  const row = Object.fromEntries(columns.map((name, k) => [name, values[k]]));
  const checksum = values[columns.length] ?? null;
  if (!IS_OF[table](row) || !(checksum === null || typeof checksum === 'number')) return null;
  return isSound(table, { ...row, checksum }) ? row : null;
}

function collect(path: string): Found {
  const studies: Found['studies'] = new Map();
  const documents = new Map<string, string>();
  const descriptions: Found['descriptions'] = new Map();
  const curves: (Row & { id: number })[] = [];
  const parts: Found['parts'] = new Map();
  const database = new RawDatabase(path);
  try {
    for (const { rowid, values } of database.records()) {
      const study = rowOf('studies', values);
      if (study) {
        const tags = attempt(() => parseJson(String(study.tags)));
        studies.set(String(study.id), {
          name: String(study.name),
          tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
          deleted: study.deleted !== null,
        });
      }
      const document = rowOf('documents', values);
      if (document) documents.set(String(document.draft), String(document.study));
      const description = rowOf('descriptions', values);
      if (description) descriptions.set(String(description.hash), String(description.experiment));
      const curve = rowOf('curves', values);
      if (curve && curve.damage === null) curves.push({ ...curve, id: rowid });
      const [of, part, rows, checksum] = values;
      if (values.length === 4 && rows instanceof Uint8Array && typeof of === 'number' && crc32(rows) === checksum) {
        parts.set(of, (parts.get(of) ?? new Map<number, Uint8Array>()).set(Number(part), rows));
      }
    }
  } finally {
    database.close();
  }
  const read = [...documents].flatMap(([text, id]) => {
    if (studies.get(id)?.deleted) return [];
    const parsed = draftSchema.safeParse(attempt(() => parseJson(text)));
    return parsed.success ? [{ id, draft: parsed.data }] : [];
  });
  return { studies, documents: read, descriptions, curves, parts };
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return null;
  }
}

/** The curves of a study that are whole; how many. */
function storeCurves(library: Library, own: string, { curves, descriptions, parts }: Found, study: string): number {
  let count = 0;
  for (const row of curves.filter((each) => each.study === study)) {
    try {
      const experiment: Experiment = requireParsed(
        parseExperiment(parseJson(descriptions.get(String(row.description)) ?? '')),
      );
      const setup = prepare(experiment);
      const frame = experimentFrame(setup);
      const rows = new Float64Array(frame.t.length * frame.layout.size).fill(NaN);
      const pieces = [...(parts.get(row.id) ?? [])].sort(([a], [b]) => a - b);
      const filled = pieces.reduce((at, [, bytes]) => (rows.set(floatsOf(bytes), at), at + bytes.length / 8), 0);
      const points = Number(row.points);
      if (filled !== points * frame.layout.size) continue;
      const kind = String(row.kind);
      const source: CurveSource = kind === 'simulation' ? { kind, run: Number(row.run) } : { kind };
      if (kind !== 'simulation' && !findCurveKind(kind)) continue;
      const key = workKeyWithin(String(row.key), source);
      const outcome = decodeOutcome(parseJson(String(row.outcome)));
      const report = decodeReport(parseJson(String(row.report)));
      library.storeCurve(own, experiment, { source, key, rows, points, outcome, report }, frame);
      count++;
    } catch {
      // of another version of the results, or not whole: it is computed again
    }
  }
  return count;
}
