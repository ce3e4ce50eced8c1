/** Refusals in Japanese. */
import { type RefusalSentences } from '../sentences.ts';
import { arrays, arrayWords } from './arrays.ts';
import { cluster } from './cluster.ts';
import { conditions, description } from './description.ts';
import { ranges } from './needed.ts';
import { files } from './files.ts';
import { formula } from './formula.ts';
import { lab } from './lab.ts';
import { study } from './study.ts';

export const japanese: RefusalSentences = {
  ranges,
  conditions,
  arrays: arrayWords,
  sentences: {
    ...arrays,
    ...cluster,
    ...description,
    ...files,
    ...formula,
    ...lab,
    ...study,
    'in-array': ({ file, place, why, remedy }, { say, array }) =>
      [file, place && array.place(place), remedy ? `${say(why)}。${array.remedy(remedy)}` : say(why)]
        .filter((part) => part !== null)
        .join(': '),
    'array-notice': ({ file, notice }, { array }) =>
      [file, array.notice(notice)].filter((part) => part !== null).join(': '),
    'of-file': ({ file, why }, { say }) => `${file}: ${say(why)}`,
    'library-unwritable': ({ why }, { say }) => `ライブラリに書き込めません: ${say(why)}`,
    'library-lost': ({ path, why }, { say }) =>
      `ライブラリのファイルが削除され、${path} に書き出し直せません: ${say(why)}`,
    'library-copied': ({ copy, why }, { say }) => `${say(why)}。コピーを残しました: ${copy}`,
    unreadable: ({ why }, { lines }) => `読めません: ${lines(why)}`,
    'unreadable-records': ({ why }, { lines }) => `計算の終わり方と報告が読めません: ${lines(why)}`,
    'unreadable-description': ({ why }, { lines }) => `結果は除かれました: 計算した記述が読めません: ${lines(why)}`,
    'left-out': ({ within, why }, { say }) => `除かれました: ${within === '' ? '' : `${within}: `}${say(why)}`,
    'at-point': ({ why, point }, { say }) => `${say(why)}(${point} のとき)`,
  },
  found: (found) => (found.kind === 'nothing' ? 'なし' : `${found.length} 個の並び`),
};
