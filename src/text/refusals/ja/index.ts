/** Refusals in Japanese. */
import { type RefusalSentences } from '../sentences.ts';
import { conditions, description } from './description.ts';
import { ranges } from './needed.ts';
import { study } from './study.ts';

export const japanese: RefusalSentences = {
  ranges,
  conditions,
  sentences: {
    ...description,
    ...study,
    'left-out': ({ within, why }, { say }) => `除かれました: ${within === '' ? '' : `${within}: `}${say(why)}`,
    'at-point': ({ why, point }, { say }) => `${say(why)}(${point} のとき)`,
  },
  found: (found) => (found.kind === 'nothing' ? 'なし' : `${found.length} 個の並び`),
};
