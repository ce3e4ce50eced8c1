/** What studies must be, in Japanese. */
import { type StudyCodes } from '../../../refusal/codes/study.ts';
import { type Sentences } from '../sentences.ts';
import { needed, now } from './needed.ts';

export const study: Sentences<StudyCodes> = {
  'study-characters': ({ most }, by) => now(`${most} 文字までです`, by),
  'study-object': (_, by) => needed('研究("format": "sgdlab-study" をもつオブジェクト)', by),
  'study-format': (_, by) => needed('"sgdlab-study" ', by),
  'study-version': (_, by) => now('このプログラムが読める版は 1 です', by),
  'experiment-list': (_, by) => needed('実験の並び', by),
  'sweep-stranger': ({ sweep, made }, by) =>
    now(
      made
        ? `スイープ ${JSON.stringify(sweep)} がここに作る実験と異なります。別の id が必要です`
        : `スイープ ${JSON.stringify(sweep)} にこの実験はありません。スイープの形でない id が必要です`,
      by,
    ),
  'repeated-id': ({ first }, by) => now(`experiments[${first}] と同じ id です。他の実験にない id が必要です`, by),
};
