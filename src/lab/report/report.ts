/** A study's results as one self-contained HTML page. */
import { type ExperimentResults } from '../../core/study/results.ts';
import { type ArchiveProvenance } from '../archive/index.ts';

export function renderReport(
  _results: readonly ExperimentResults[],
  _study: { readonly name: string; readonly notes: string },
  _provenance: ArchiveProvenance | null,
): string {
  return '<!doctype html><title>Report</title>';
}
