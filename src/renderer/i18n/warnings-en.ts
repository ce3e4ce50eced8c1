/** Warnings of the study's settings in English: the sentences are those of src/text. */
import { warningSentences } from '../../text/warnings.ts';

export const warningsEn = {
  'warning.ridge-step': warningSentences['ridge-step'],
  'warning.large-step': warningSentences['large-step'],
  'warning.unstable-rate': warningSentences['unstable-rate'],
  'warning.unstable-unseen': warningSentences['unstable-unseen'],
  'warning.accumulated-limit': warningSentences['accumulated-limit'],
  'warning.accumulated-scatter': warningSentences['accumulated-scatter'],
};
