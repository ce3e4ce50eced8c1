/** Warnings of the study's settings in English: the sentences are those of src/text. */
import { warningSentences } from '../warnings.ts';
import { type Table } from '../table.ts';

export const warnings = {
  'warning.ridge-step': warningSentences['ridge-step'],
  'warning.large-step': warningSentences['large-step'],
  'warning.unstable-rate': warningSentences['unstable-rate'],
  'warning.unstable-unseen': warningSentences['unstable-unseen'],
  'warning.accumulated-limit': warningSentences['accumulated-limit'],
  'warning.accumulated-scatter': warningSentences['accumulated-scatter'],
} as const satisfies Table;
