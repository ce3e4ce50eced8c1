/** Warnings of the study's settings in English: the sentences are the core's own. */
import { warningSentences } from '../../study/warnings.ts';

export const warningsEn = {
  'warning.ridge-step': warningSentences['ridge-step'],
  'warning.large-step': warningSentences['large-step'],
  'warning.unstable-rate': warningSentences['unstable-rate'],
  'warning.unstable-unseen': warningSentences['unstable-unseen'],
  'warning.accumulated-limit': warningSentences['accumulated-limit'],
  'warning.accumulated-scatter': warningSentences['accumulated-scatter'],
};
