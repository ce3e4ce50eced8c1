/** Result files: `.sgdlab`, a ZIP of `.npy` arrays that numpy.load opens (study-format.md), and tables as CSV. */
import { type Problem } from '../../core/study/problems.ts';
import { type ExperimentResults } from '../../core/study/results.ts';
import { type Study } from '../../core/study/schema.ts';
import { type ArchiveProvenance, type Provenance } from './provenance.ts';

export { type ArchiveProvenance, type Provenance } from './provenance.ts';

export interface Archive {
  readonly study: Study;
  /** Of the experiments that have any, in the study's order. */
  readonly results: readonly ExperimentResults[];
  /** Null if the file has none that can be read. */
  readonly provenance: ArchiveProvenance | null;
  /** What is damaged or left out, by member; hides nothing else. */
  readonly problems: readonly Problem[];
}

/**
 * Writes a study and its results, atomically.
 * @throws RangeError if results are not of the study's descriptions, or would need more than 4 GiB.
 */
export function writeArchive(
  _path: string,
  _study: Study,
  _results: readonly ExperimentResults[],
  _provenance: Provenance,
): void {
  throw new Error('not there yet');
}

/**
 * Reads an archive; the input is taken as hostile.
 * @param source path or bytes.
 * @throws ArchiveError if it is not a sound archive, StudyError if its study does not parse.
 */
export function readArchive(_source: string | Uint8Array): Archive {
  throw new Error('not there yet');
}

/** Writes the tables of every experiment to a folder (made if it is not there). Returns the files' names. */
export function exportCsv(_folder: string, _study: Study, _results: readonly ExperimentResults[]): string[] {
  throw new Error('not there yet');
}
