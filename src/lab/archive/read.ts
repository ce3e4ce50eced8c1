/** Reads `.sgdlab` files, which may be hostile, damaged, or written by another program. */
import { isRun } from '../../core/experiment/curve-source.ts';
import { formatPath } from '../../core/description/path.ts';
import { coded, refusalsOfIssues } from '../../core/description/issues.ts';
import { curveFolders } from './folders.ts';
import {
  keysOf,
  keysOfVersion,
  RESULTS_VERSION,
  splitKey,
  UNVERIFIED,
  workKey,
} from '../../core/experiment/identity.ts';
import { parseJson } from '../../core/description/json.ts';
import { listOf } from '../../core/description/strict.ts';
import { inArray } from '../../study/arrays-refusal.ts';
import { decodeText } from '../../study/encoding.ts';
import { parseExperiment, parseStudy, requireParsed } from '../../study/parse.ts';
import { reason, refusal, Refused, refusalsOf, whyOf, type Reason, type Refusal } from '../../refusal/refusal.ts';
import { MAX_RUNS, type Experiment, type Study } from '../../core/experiment/schema.ts';
import { byName } from './by-name.ts';
import { z } from 'zod';
import { attribute, type ArchivedResults, type ReadResults } from './attribute.ts';
import { bytesSource, fileSource } from './byte-source.ts';
import { curveRecordSchema, type CurveRecord } from './curve-record.ts';
import { ArchiveError } from './errors.ts';
import { provenanceSchema, type ArchiveProvenance } from './provenance.ts';
import { readExperiment } from './read-experiment.ts';
import { RESULTS_FORMAT, RESULTS_MEMBER, STUDY_MEMBER } from './write.ts';
import { openZip, type MemberLimits, type Zip } from './zip-reader.ts';

export interface Archive {
  readonly study: Study;
  /** Of the experiments that have any, in the study's order. Those that are stale are of their own description. */
  readonly results: readonly ArchivedResults[];
  /** Null if the file has none that can be read. */
  readonly provenance: ArchiveProvenance | null;
  /** What is damaged, left out, or not of its description, by member or experiment; hides nothing else. */
  readonly refusals: readonly Refusal[];
  /** What is worth knowing of files that are as they should be. */
  readonly notices: readonly Refusal[];
  /** Whether `results` are all that the file has: nothing is damaged, or of no experiment of the study. */
  readonly isWhole: boolean;
}

/** Version of the results in files of 0.1.0. */
const FIRST_VERSION = '1';

/**
 * JSON takes many times its size in memory. What this program writes is not packed, and tables of numbers shrink to a
 * half or a third; what shrinks much more is no study.
 */
const JSON_LIMITS: MemberLimits = { size: 256 * 1024 * 1024, ratio: 10, ratioFrom: 4 * 1024 * 1024 };

/**
 * Reads an archive; the input is taken as hostile. A file of another program needs `study.json` and the arrays of the
 * study format alone.
 * @param source path or bytes.
 * @throws ArchiveError if it is not a sound archive, Refused if its study does not parse, the file system's error.
 */
export function readArchive(source: string | Uint8Array): Archive {
  const bytes = typeof source === 'string' ? fileSource(source) : bytesSource(source);
  try {
    return readZip(openZip(bytes));
  } finally {
    bytes.close();
  }
}

function readZip(zip: Zip): Archive {
  const refusals: Refusal[] = [];
  const notices: Refusal[] = [];
  const { provenance: claimed, ...description } = readStudyMember(zip);
  const study = requireParsed(parseStudy(description));
  const provenance = readProvenance(claimed, refusals);
  const records = readRecords(zip, refusals);
  const named = new Map(study.experiments.map((experiment) => [experiment.id, experiment]));
  const read = foldersOf(zip).flatMap((id): ReadResults[] => {
    const experiment = named.get(id);
    const of = records ? records.get(id) : experiment && unrecorded(experiment, provenance);
    if (!of) {
      refusals.push(refusal(id, 'results-unnamed', {}));
      return [];
    }
    const known = resolve(id, experiment, of, provenance, refusals);
    const found = known && readExperiment(zip, known.described, of.version, of.curves, refusals);
    return found ? [{ ...found, version: of.version }] : [];
  });
  const unread = refusals.length;
  const results = attribute(study, read, refusals, notices);
  const attributed = new Set(results.flatMap(({ curves }) => curves.map(({ key }) => key)));
  const isWhole = unread === 0 && read.every(({ curves }) => curves.every(({ key }) => attributed.has(key)));
  return { study, results, provenance, refusals, notices, isWhole };
}

/** Ids under which the file has curves. */
function foldersOf(zip: Zip): string[] {
  const kinds = new Set(curveFolders());
  const found = zip.names.flatMap((name) => {
    const [id, kind, ...rest] = name.split('/');
    return rest.length > 0 && kinds.has(kind) ? [id] : [];
  });
  return [...new Set(found)];
}

/** What the file says of the results of an experiment. */
interface Recorded {
  readonly version: string;
  /** What they were computed for; undefined: what study.json says. */
  readonly description?: unknown;
  readonly curves: readonly CurveRecord[] | null;
}

/** Results of a file without records: nothing ties them to a description, but a hash may say that they are of another. */
function unrecorded(experiment: Experiment, provenance: ArchiveProvenance | null): Recorded {
  const claimed = provenance?.hashes[experiment.id];
  const isOther = claimed !== undefined && claimed !== splitKey(keysOf(experiment).description).digest;
  return { version: UNVERIFIED, ...(isOther && { description: null }), curves: null };
}

/** What results are of: null, and a refusal, if that cannot be told. */
function resolve(
  id: string,
  asked: Experiment | undefined,
  { version, description, curves }: Recorded,
  provenance: ArchiveProvenance | null,
  refusals: Refusal[],
): { readonly described: Experiment } | null {
  const leftOut = (why: Reason) => void refusals.push({ path: id, ...why });
  if (Number(version) > Number(RESULTS_VERSION)) {
    leftOut(reason('results-later', {}));
    return null;
  }
  const isAsked = description === undefined;
  if (description === null || (isAsked && (!asked || !isAsWritten(asked, curves, provenance)))) {
    leftOut(reason('results-changed', {}));
    return null;
  }
  if (isAsked) return asked ? { described: asked } : null;
  const parsed = parseExperiment(description);
  if (!parsed.ok) {
    leftOut(reason('unreadable-description', { why: parsed.refusals }));
    return null;
  }
  const described = { ...parsed.value, id };
  const own = keysOfVersion(described, version);
  const wrong = curves?.find(({ key, source }) => key !== workKey(own, source));
  if (!wrong) return { described };
  leftOut(reason('results-foreign-key', { key: String(wrong.key) }));
  return null;
}

/**
 * Whether a description is the one that a file of version 0.1.0 was written with: its hash is of all of it, and there may
 * be more runs in the file than are asked for now.
 */
function isAsWritten(
  experiment: Experiment,
  curves: readonly CurveRecord[] | null,
  provenance: ArchiveProvenance | null,
): boolean {
  const claimed = provenance?.hashes[experiment.id];
  if (claimed === undefined) return true;
  const hash = (runs: number) =>
    splitKey(keysOf({ ...experiment, simulation: { ...experiment.simulation, runs } }).description).digest;
  const stored = curves?.filter(({ source }) => isRun(source)).length ?? 0;
  return [experiment.simulation.runs, stored].some((runs) => hash(runs) === claimed);
}

function readStudyMember(zip: Zip): Record<string, unknown> {
  let value: unknown;
  try {
    value = readJson(zip, STUDY_MEMBER);
  } catch (error) {
    throw new ArchiveError(reason('of-file', { file: STUDY_MEMBER, why: whyOf(error) }), { cause: error });
  }
  // the parser says what is wrong with anything but an object
  return value !== null && typeof value === 'object' ? { ...value } : { format: value };
}

function readJson(zip: Zip, name: string): unknown {
  const decoded = decodeText(zip.read(name, JSON_LIMITS));
  if (!decoded.ok) throw new Refused([{ path: '', ...inArray(decoded) }]);
  return parseJson(decoded.text);
}

function readProvenance(claimed: unknown, refusals: Refusal[]): ArchiveProvenance | null {
  if (claimed === undefined) return null;
  const parsed = provenanceSchema.safeParse(claimed);
  if (parsed.success) return parsed.data;
  refusals.push(refusal('provenance', 'unreadable', { why: whatIsWrong(claimed, parsed.error) }));
  return null;
}

/** The first things that a schema refuses. */
const whatIsWrong = (input: unknown, { issues }: z.ZodError): Refusal[] =>
  refusalsOfIssues(input, issues.slice(0, MOST_SAID)).map(({ path, ...why }) => ({
    path: formatPath(path),
    ...({ ...why, found: why.found ?? null } as Reason),
  }));
const MOST_SAID = 5;

/** What is said of results by experiment; null if there is no such member, as in files of other programs. */
function readRecords(zip: Zip, refusals: Refusal[]): Map<string, Recorded> | null {
  if (!zip.has(RESULTS_MEMBER)) return null;
  try {
    const given = readJson(zip, RESULTS_MEMBER);
    const parsed = recordsSchema.safeParse(given);
    if (parsed.success) return parsed.data.experiments;
    refusals.push(refusal(RESULTS_MEMBER, 'unreadable-records', { why: whatIsWrong(given, parsed.error) }));
    return null;
  } catch (error) {
    const why = refusalsOf(error);
    refusals.push(refusal(RESULTS_MEMBER, 'unreadable-records', { why }));
    return null;
  }
}

/** Theory curves of one experiment, those of later versions included. */
const MOST_CURVES = 100;

const curves = listOf(curveRecordSchema, coded('curve-list-of-file', {}), {
  max: MAX_RUNS + MOST_CURVES,
  many: coded('at-most', { most: MAX_RUNS + MOST_CURVES, of: 'curve' }),
});

const recordsSchema = z.discriminatedUnion('version', [
  z.object({
    format: z.literal(RESULTS_FORMAT),
    version: z.literal(2),
    experiments: byName(
      z
        .object({ results: z.string().regex(/^\d+$/), description: z.looseObject({}), curves })
        .transform(({ results, description, curves }): Recorded => ({ version: results, description, curves })),
    ),
  }),
  // as 0.1.0 wrote it
  z.object({
    format: z.literal(RESULTS_FORMAT),
    version: z.literal(1),
    experiments: byName(curves.transform((curves): Recorded => ({ version: FIRST_VERSION, curves }))),
  }),
]);
