/** Reads `.sgdlab` files, which may be hostile, damaged, or written by another program. */
import { experimentHash } from '../../core/study/hash.ts';
import { parseStudy, requireParsed } from '../../core/study/parse.ts';
import { type Problem } from '../../core/study/problems.ts';
import { type ExperimentResults } from '../../core/study/results.ts';
import { type Experiment, type Study } from '../../core/study/schema.ts';
import { z } from 'zod';
import { bytesSource, fileSource } from './byte-source.ts';
import { curveRecordSchema, type CurveRecord } from './curve-record.ts';
import { ArchiveError } from './errors.ts';
import { provenanceSchema, type ArchiveProvenance } from './provenance.ts';
import { readExperiment } from './read-experiment.ts';
import { RESULTS_FORMAT, RESULTS_MEMBER, STUDY_MEMBER } from './write.ts';
import { openZip, type Zip } from './zip-reader.ts';

export interface Archive {
  readonly study: Study;
  /** Of the experiments that have any, in the study's order. */
  readonly results: readonly ExperimentResults[];
  /** Null if the file has none that can be read. */
  readonly provenance: ArchiveProvenance | null;
  /** What is damaged or left out, by member; hides nothing else. */
  readonly problems: readonly Problem[];
}

/** Largest JSON member, in bytes. */
const MAX_JSON = 256 * 1024 * 1024;

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
  const { provenance: claimed, ...description } = readStudyMember(zip);
  const study = requireParsed(parseStudy(description));
  const provenance = readProvenance(claimed, problems);
  const records = readRecords(zip, problems);
  const results = study.experiments.flatMap((experiment) => {
    checkHash(experiment, provenance, problems);
    const found = readExperiment(zip, experiment, records?.get(experiment.id) ?? null, problems);
    return found ? [found] : [];
  });
  return { study, results, provenance, problems };
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
  const bytes = zip.read(name);
  if (bytes.length > MAX_JSON) throw new RangeError(`expected at most ${MAX_JSON} bytes, got ${bytes.length}`);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
}

function readProvenance(claimed: unknown, problems: Problem[]): ArchiveProvenance | null {
  if (claimed === undefined) return null;
  const parsed = provenanceSchema.safeParse(claimed);
  if (parsed.success) return parsed.data;
  problems.push({ path: 'provenance', message: `it cannot be read: ${z.prettifyError(parsed.error)}` });
  return null;
}

/** Curves by experiment; null if there is no such member, as in files of other programs. */
function readRecords(zip: Zip, problems: Problem[]): Map<string, readonly CurveRecord[]> | null {
  if (!zip.has(RESULTS_MEMBER)) return null;
  try {
    const schema = z.object({
      format: z.literal(RESULTS_FORMAT),
      version: z.literal(1),
      experiments: z.record(z.string(), z.array(curveRecordSchema)),
    });
    return new Map(Object.entries(schema.parse(readJson(zip, RESULTS_MEMBER)).experiments));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    problems.push({ path: RESULTS_MEMBER, message: `outcomes and reports cannot be read: ${message}` });
    return null;
  }
}

function checkHash(experiment: Experiment, provenance: ArchiveProvenance | null, problems: Problem[]): void {
  const claimed = provenance?.hashes[experiment.id];
  if (claimed === undefined || claimed === experimentHash(experiment)) return;
  problems.push({
    path: experiment.id,
    message:
      'its description is not the one that the results were written with: it was changed by another program or version',
  });
}
