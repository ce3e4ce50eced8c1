/** Refusals of the study parser in the language of the interface. The parser speaks English; unknown sentences stay. */
import { japaneseArrays, japanesePlaces, type Rule } from './array-problems.ts';
import { locale } from './index.ts';

const japanese: readonly Rule[] = [
  [/^The disk is full$/, 'ディスクがいっぱいです'],
  [/^The library cannot be written: (.*)$/, 'ライブラリに書き込めません: $1'],
  [
    /^Another program has the library open: close (.*) there \(if none has, remove (.*)\)$/,
    '別のプログラムがライブラリを開いています。$1 を閉じてください(どのプログラムも開いていなければ $2 を削除してください)',
  ],
  [
    /^The file of the library was removed and cannot be written again to (.*): (.*)$/,
    'ライブラリのファイルが削除され、$1 に書き出し直せません: $2',
  ],
  [/^there is no such study in the library$/, 'この研究はライブラリにありません'],
  ...japaneseArrays,
];

function translate(text: string, rules: readonly Rule[]): string {
  if (locale() !== 'ja') return text;
  for (const [pattern, replacement] of rules) {
    if (pattern.test(text)) return text.replace(pattern, replacement).replace(/ and /g, ' かつ ');
  }
  return text;
}

/** The sentence beside a field, without its leading "expected" in English being lost. */
export const problemText = (message: string): string => translate(message, japanese);

/** Where an entry of an array's file stands. */
export const arrayPlace = (place: string): string => translate(place, japanesePlaces);
