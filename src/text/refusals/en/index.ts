/** Refusals in English. */
import { type RefusalSentences } from '../sentences.ts';
import { conditions, description } from './description.ts';
import { ranges } from './expected.ts';
import { study } from './study.ts';

export const english: RefusalSentences = {
  ranges,
  conditions,
  sentences: {
    ...description,
    ...study,
    'left-out': ({ within, why }, { say }) => `it is left out: ${within === '' ? '' : `${within}: `}${say(why)}`,
    'at-point': ({ why, point }, { say }) => `${say(why)} (at ${point})`,
  },
  found: (found) => (found.kind === 'nothing' ? 'nothing' : `a list of ${found.length}`),
};
