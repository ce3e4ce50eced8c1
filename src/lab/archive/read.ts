/** Reads `.sgdlab` files, which may be hostile, damaged, or written by another program. */
import { keysOf, keysOfVersion, splitKey, UNVERIFIED, workKey } from '../../core/study/identity.ts';
import { parseJson } from '../../core/study/json.ts';
import { parseExperiment, parseStudy, requireParsed } from '../../core/study/parse.ts';
import { formatProblem, type Problem } from '../../core/study/problems.ts';
import { type ExperimentResults } from '../../core/study/results.ts';
import { CURVES, MAX_RUNS, type Experiment, type Study } from '../../core/study/schema.ts';
import { listOf } from '../../core/study/strict.ts';
import { byName } from './by-name.ts';
import { type Standing } from '../../core/session/types.ts';
import { z } from 'zod';
import { bytesSource, fileSource } from './byte-source.ts';
import { curveRecordSchema, type CurveRecord } from './curve-record.ts';
import { ArchiveError } from './errors.ts';
import { provenanceSchema, type ArchiveProvenance } from './provenance.ts';
import { readExperiment } from './read-experiment.ts';
import { RESULTS_FORMAT, RESULTS_MEMBER, STUDY_MEMBER } from './write.ts';
import { openZip, type MemberLimits, type Zip } from './zip-reader.ts';

/** Results with what they are to the study's description of the experiment of their id. */
export interface ArchivedResults extends ExperimentResults {
  readonly standing: Standing;
  /** Version of the results (core/study/identity.ts). */
  readonly version: string;
}

export interface Archive {
  readonly study: Study;
  /** Of the experiments that have any, in the study's order. Those that are stale are of their own description. */
  readonly results: readonly ArchivedResults[];
  /** Null if the file has none that can be read. */
  readonly provenance: ArchiveProvenance | null;
  /** What is damaged, left out, or not of its description, by member or experiment; hides nothing else. */
  readonly problems: readonly Problem[];
  /** What is worth knowing of files that are as they should be. */
  readonly notices: readonly Problem[];
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
 * @throws ArchiveError if it is not a sound archive, StudyError if its study does not parse, the file system's error.
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
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const { provenance: claimed, ...description } = readStudyMember(zip);
  const study = requireParsed(parseStudy(description));
  const provenance = readProvenance(claimed, problems);
  const records = readRecords(zip, problems);
  const results = study.experiments.flatMap((experiment) => {
    const of = records === null ? unrecorded(experiment, provenance) : records.get(experiment.id);
    const known = of && resolve(experiment, of, problems);
    if (!known) return [];
    const found = readExperiment(zip, known.described, known.version, known.records, problems);
    if (!found) return [];
    const { version, standing } = known;
    const notice = NOTICES[standing];
    if (notice) (standing === 'unverified' ? notices : problems).push({ path: experiment.id, message: notice });
    // the study's own names, whatever the file was called when it was computed
    const named = { ...found.experiment, id: experiment.id, name: experiment.name };
    return [{ ...found, experiment: standing === 'stale' ? found.experiment : named, version, standing }];
  });
  return { study, results, provenance, problems, notices };
}

/** What is said of results that are not of the study's description. */
const NOTICES: Readonly<Record<Standing, string | null>> = {
  current: null,
  stale:
    'its description is not the one that these results were computed for: it was changed by another program; they are those of the earlier description',
  'earlier-version':
    'these results were computed by an earlier version of this program, which had errors: run it again',
  unverified: 'nothing in the file says for which description these results were computed: they are shown as they are',
};

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

interface Resolved {
  readonly described: Experiment;
  readonly version: string;
  readonly standing: Standing;
  readonly records: readonly CurveRecord[] | null;
}

/** Whose results these are: null, and a problem, if that cannot be told. */
function resolve(asked: Experiment, { version, description, curves }: Recorded, problems: Problem[]): Resolved | null {
  const leftOut = (message: string) =>
    void problems.push({ path: asked.id, message: `its results are left out: ${message}` });
  if (description === null) {
    leftOut('its description is not the one that they were written with: it was changed by another program');
    return null;
  }
  let described = asked;
  if (description !== undefined) {
    const parsed = parseExperiment(description);
    if (!parsed.ok) {
      leftOut(
        `the description that they were computed for cannot be read: ${parsed.problems.map(formatProblem).join('; ')}`,
      );
      return null;
    }
    described = { ...parsed.value, id: asked.id };
  }
  const own = keysOfVersion(described, version);
  const wanted = keysOf(asked);
  const wrong = curves?.filter(({ key, source }) => key !== undefined && key !== workKey(own, source)) ?? [];
  if (wrong.length > 0) {
    leftOut(`they are said to be of ${String(wrong[0].key)}, which is not their description`);
    return null;
  }
  const records = curves;
  if (version === UNVERIFIED) return { described, version, standing: 'unverified', records };
  const alike = (kind: 'theory' | 'simulation') => splitKey(own[kind]).digest === splitKey(wanted[kind]).digest;
  if (!alike('theory') && !alike('simulation')) return { described, version, standing: 'stale', records };
  return {
    described,
    version,
    standing: version === splitKey(wanted.theory).version ? 'current' : 'earlier-version',
    records,
  };
}

function readStudyMember(zip: Zip): Record<string, unknown> {
  let value: unknown;
  try {
    value = readJson(zip, STUDY_MEMBER);
  } catch (error) {
    throw new ArchiveError(`${STUDY_MEMBER}: ${(error as Error).message}`, { cause: error });
  }
  // the parser says what is wrong with anything but an object
  return value !== null && typeof value === 'object' ? { ...value } : { format: value };
}

function readJson(zip: Zip, name: string): unknown {
  return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(zip.read(name, JSON_LIMITS)));
}

function readProvenance(claimed: unknown, problems: Problem[]): ArchiveProvenance | null {
  if (claimed === undefined) return null;
  const parsed = provenanceSchema.safeParse(claimed);
  if (parsed.success) return parsed.data;
  problems.push({ path: 'provenance', message: `it cannot be read: ${z.prettifyError(parsed.error)}` });
  return null;
}

/** What is said of results by experiment; null if there is no such member, as in files of other programs. */
function readRecords(zip: Zip, problems: Problem[]): Map<string, Recorded> | null {
  if (!zip.has(RESULTS_MEMBER)) return null;
  try {
    const { experiments } = recordsSchema.parse(readJson(zip, RESULTS_MEMBER));
    return experiments;
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    problems.push({ path: RESULTS_MEMBER, message: `outcomes and reports cannot be read: ${message}` });
    return null;
  }
}

const curves = listOf(curveRecordSchema, 'expected a list of curves', {
  max: MAX_RUNS + CURVES.length,
  many: `expected at most ${MAX_RUNS + CURVES.length} curves`,
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
