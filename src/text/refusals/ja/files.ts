/** What files must be, and what is said of results in them, in Japanese. */
import { type FileCodes, type SystemError } from '../../../refusal/codes/files.ts';
import { type Sentences } from '../sentences.ts';
import { needed, now } from './needed.ts';

const SYSTEM: Readonly<Record<SystemError, string>> = {
  ENOENT: 'ファイルまたはフォルダがありません',
  EACCES: '権限がありません',
  EPERM: '権限がありません',
  EISDIR: 'ファイルではなくフォルダです',
  ENOTDIR: 'パスの途中がフォルダではありません',
  EROFS: 'ファイルシステムが読み取り専用です',
  ENOSPC: '空き容量がありません',
};

export const files: Sentences<FileCodes> = {
  'file-system': ({ error }) => SYSTEM[error],
  'plain-file': () => '通常のファイルが必要です',
  'file-of-study': () => '研究のファイルと同じフォルダか、その下のファイルが必要です',

  'zip-encrypted': () => '暗号化されたファイルは読めません',
  'zip-method': (_, { found }) => `この圧縮方法(${found})は読めません`,
  'zip-unpack': () => '展開できません',
  'zip-checksum': () => '内容がチェックサムと一致しません',
  bytes: ({ bytes }, by) => now(`${bytes} バイトでなければなりません`, by),
  'zip-missing': () => 'ありません',
  'zip-ratio': ({ times, size, packed }) => `展開後の大きさは ${times} 倍までです(${packed} バイトから ${size} バイト)`,
  'zip-members': ({ most }, by) => now(`ファイルの数は ${most} 個までです`, by),
  'zip-folder': () => 'フォルダは空でなければなりません',
  'zip-parts': () => '分割された ZIP は読めません',
  zip64: () => 'ZIP64 は読めません(4 GiB まで)',
  'zip-end': () => 'ZIP ファイルではないか、末尾が欠けています',
  'zip-name-encoding': () => 'UTF-8 でない名前のファイルが入っています',
  'zip-name': (_, by) => now('中のファイルの名前は通常の相対パスでなければなりません', by),
  'zip-sizes': () => '2 つの大きさが異なります',
  'zip-unpacked': ({ most }, by) => now(`展開後の大きさは ${most} バイトまでです`, by),
  'zip-name-once': ({ name }) => `同じ名前 ${JSON.stringify(name)} が 2 度使われています`,
  'zip-overlap': () => '次のファイルと重なっています',
  'zip-header': () => 'ヘッダーが壊れています',
  'zip-header-name': ({ name }) => `ヘッダーの名前 ${JSON.stringify(name)} が異なります`,
  'archive-bytes': ({ most }, by) => now(`ファイルの大きさは ${most} バイトまでです`, by),
  'archive-directory': () => '目次が壊れています',

  'results-unnamed': () => '結果は除かれました: 何の結果かがファイルに書かれていません',
  'results-later': () => '結果は除かれました: このプログラムの新しい版で計算されています。新しい版を使ってください',
  'results-changed': () => '結果は除かれました: 書き出した後に、記述が別のプログラムで変更されています',
  'results-foreign-key': ({ key }) => `結果は除かれました: ${key} の結果とされ、記述と一致しません`,
  'results-of-none': () => '結果は除かれました: 研究のどの実験の結果でもありません',
  'results-stale': () => '記述が別のプログラムで変更され、これらの結果を計算した記述と異なります。以前の記述の結果です',
  'results-earlier-version': () =>
    'これらの結果は、誤りのあった古い版のプログラムで計算されました。もう一度実行してください',
  'results-unverified': () => 'どの記述の結果かがファイルに書かれていません。そのまま表示します',
  'array-of-shape': ({ shape }, by) => needed(`形 (${shape.map((extent) => extent ?? '任意').join(', ')}) `, by),
  'groups-too-many': () => '結果は除かれました: スペクトル群の数が多すぎて計算・比較できません',
  'not-of-description': () => '記述から計算したものと異なるため、計算したものを使います',
  'other-times': () => '結果は除かれました: 時刻が記述と異なります',
  'curves-without-arrays': () => 'これらの曲線は除かれました: 配列の大部分が読めません',
  'curve-unfit': ({ curve }) => `${curve}: 曲線は除かれました。配列がないか、形が合いません`,
  'curve-impossible': ({ curve, key, value, t }) =>
    `${curve}: 曲線は除かれました。t = ${t} の ${key} が、ありえない値 ${value} です`,
  'curve-list-of-file': (_, by) => needed('曲線の並び', by),

  'csv-folder': () => 'CSV を書くフォルダが必要です。これはファイルです',
  'csv-in-the-way': ({ name, is }) =>
    `${name} がすでにあり、${is === 'no table' ? 'これらの曲線の表ではありません' : '別の曲線が入っています'}。削除するか、別のフォルダに書いてください`,
  'archive-arrays': ({ most }, by) => now(`1 つのファイルの配列は ${most} 個までです`, by),
  'archive-too-large': () => '結果は 4 GiB までです。1 つのファイルに書き出す実験、試行、格子点を減らしてください',
  'not-a-file': ({ path }) => `${path} はファイルではありません`,
  'file-shrank': ({ path }) => `${path} が読み込み中に短くなりました`,
  'curve-later': ({ curve }) => `${curve}: 曲線は除かれました。このプログラムの新しい版のものです`,

  'without-results': () => '除かれました: 今の記述の結果がありません',
  'without-stale': () => '除かれました: 前回の実行の後に変更されています。もう一度実行してください',
  'without-earlier-version': () => '除かれました: 結果は古い版のプログラムで計算されています。もう一度実行してください',
  'without-unverified': () =>
    '除かれました: 結果は別のプログラムのもので、確かめられていません。もう一度実行してください',
};
