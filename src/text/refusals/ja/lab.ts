/** What the library and commands of the page refuse, in Japanese. */
import { type LabCodes } from '../../../refusal/codes/lab.ts';
import { type Sentences } from '../sentences.ts';
import { figures } from '../../ja/figures.ts';
import { now } from './needed.ts';

const DAMAGED = {
  curve: '保存された曲線が壊れています',
  results: '保存された結果が壊れています',
  outcome: '保存された計算の終わり方の記録が壊れています',
  record: '保存された記録が壊れています',
} as const;

const quantities: Readonly<Record<string, string>> = figures;

export const lab: Sentences<LabCodes> = {
  'no-study': () => 'この研究はライブラリにありません',
  revision: ({ stored }, by) => now(`保存されている版は ${stored} です。別の場所で保存されました`, by),
  'nothing-readable': () => 'この研究は何も読めません',
  damaged: ({ what }) => DAMAGED[what],
  'disk-full': () => 'ディスクがいっぱいです',
  'library-open': ({ path }) =>
    `別のプログラムがライブラリを開いています。${path} を閉じてください(どのプログラムも開いていなければ ${path}-shm を削除してください)`,
  'library-in-use': ({ holder, lock }) =>
    `ライブラリは${holder ? ` ${holder.host} のプロセス ${holder.pid} ` : '別のプロセス'}が使っています。先にそのウィンドウを閉じてください。何も動いていなければ ${lock} を削除してください。`,
  'library-newer': ({ path, schema, latest }) =>
    `${path} はこのプログラムの新しい版で書かれています(形式 ${schema}、この版が読めるのは ${latest} まで)。変更していません。新しい版を使ってください。`,
  'library-foreign': ({ path }) => `${path} は別のプログラムのデータベースです。`,
  'library-none': ({ path }) => `${path} は研究のライブラリではありません(SQLite のデータベースではありません)。`,
  'library-unreadable': ({ path }) => `${path} を読めません`,
  'library-not-whole': ({ path, table, said }) =>
    `ライブラリ ${path} は壊れています。${table} の一部が読めません(${said})。ファイルは変更されていません`,
  'library-damaged': ({ path }) => `別のプログラムがライブラリ ${path} を壊しました`,
  'library-journal': ({ path, journal }) =>
    `ライブラリに書き込んでいた別のプログラムの ${journal} が残っています。sqlite3 で ${path} を一度開き(書きかけの変更が取り消されます)、もう一度起動してください。`,
  'library-migration': ({ step, name, backup }) =>
    `ライブラリの更新が手順 ${step}(${name})で失敗し、元に戻しました。${backup === null ? '' : `更新前のコピーは ${backup} にあります。`}`,
  'no-text': () => 'ライブラリにこの研究のテキストがありません',
  'worker-failed': () => '計算のスレッドが失敗しました',
  'worker-ended': () => '計算のスレッドが予期せず終了しました',
  'worker-late': () => '計算のスレッドが起動しませんでした',
  'worker-foreign': () => '計算のスレッドがこのプログラムのものではありません',
  'job-unfinished': () => '計算が終わりませんでした',
  identity: ({ expected }, { found }) =>
    `この結果は求めた計算のものではないため、保存しませんでした(必要: ${expected}、現在: ${found})`,
  diverged: ({ t, quantity, value, setting, set, earlier }) => {
    const what = quantities[`overflow.${quantity}`] ?? quantity;
    const size = value === null ? `${what}があふれました` : `${what} = ${Number(value.toPrecision(4))}`;
    return `${earlier ? '以前の実行で、' : ''}t = ${Number(t.toPrecision(4))} で発散しました: ${size}(原因: ${setting} = ${set})`;
  },
  'not-saved': () => '実行しませんでした: 表示中の内容が保存されていません',
  'all-queued': () => 'これ以上実行するものはありません。足りないものは計算中です',
  'nothing-to-run': () => '実行するものはありません。必要な曲線はすべて揃っています',
};
