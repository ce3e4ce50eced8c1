/** What studies must be, in English. */
import { type StudyCodes } from '../../../refusal/codes/study.ts';
import { type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

export const study: Sentences<StudyCodes> = {
  'study-characters': ({ most }, by) => expected(`at most ${most} characters`, by),
  'study-object': (_, by) => expected('a study, an object with "format": "sgdlab-study"', by),
  'study-format': (_, by) => expected('"sgdlab-study"', by),
  'study-version': (_, by) => expected('1, the version that this program reads', by),
  'experiment-list': (_, by) => expected('a list of experiments', by),
  'sweep-stranger': ({ sweep, made }, by) =>
    expected(
      made
        ? `the experiment that the sweep makes there, or an id that is not of the sweep ${JSON.stringify(sweep)}`
        : `an id that is not of the form of the sweep ${JSON.stringify(sweep)}, which has no such experiment`,
      by,
    ),
  'repeated-id': ({ first }, by) => `${expected('an id that no other experiment has', by)} as in experiments[${first}]`,
};
