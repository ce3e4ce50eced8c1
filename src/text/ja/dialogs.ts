/** Japanese sentences of the main process. */
import { type dialogs as english } from '../en/dialogs.ts';
import { type Translation } from '../table.ts';

export const dialogs: Translation<typeof english> = {
  'dialog.cancel': 'キャンセル',
  'dialog.quit': '終了',
  'dialog.tryAgain': '再試行',
  'dialog.otherFolder': '別のフォルダーを選ぶ…',
  'dialog.salvage': '読めるものから新しいライブラリを作る',
  'dialog.cannotOpen': '研究ライブラリを開けません',
  'dialog.unchanged': '何も変更されていません。',
  'dialog.missing': 'ここにあったライブラリが見つかりません。ディスクが外れていませんか。',
  'dialog.notAllStored': '研究ライブラリにすべてを保存することはできませんでした',

  'salvage.done': '読めるものから新しいライブラリを作りました',
  'salvage.read': '研究 {studies} 件と曲線 {curves} 本を読み込みました。足りない曲線は「実行」で計算し直されます。',
  'salvage.lost': '読めなかったもの: {names}。',
  'salvage.untold': '研究 {n} 件では、タグと、アーカイブや削除の状態が失われました。',
  'salvage.kept': '壊れたファイルは変更せずに残してあります: {path}',

  'bin.question': '削除した研究を完全に消去しますか?',
  'bin.detail': '結果も消去され、ディスクの容量が空きます。この操作は元に戻せません。',
  'bin.remove': '消去',

  'move.found': 'このフォルダーにはすでに研究ライブラリがあります。',
  'move.use': 'そのライブラリを使いますか? 現在のライブラリは元の場所にそのまま残ります。',
  'move.useIt': '使う',
  'move.named': 'フォルダーは環境変数 SGDLAB_DATA で指定されています',
  'move.running': '実験が実行中です',
  'move.unstored': '保存されていない結果が {n} 件あります: {reason}',
  'move.notSame': 'コピーの内容が元の研究と一致しません',

  'leaving.running': '実験が実行中です。',
  'leaving.saved': '終わった試行は保存されています。途中の試行は次回最初からになります。',
  'leaving.keepRunning': '実行を続ける',
  'leaving.stop': '中止して終了',
  'leaving.unstored.one': '保存されていない結果が {n} 件あります。',
  'leaving.unstored.many': '保存されていない結果が {n} 件あります。',
  'leaving.refused':
    '{reason}。\n\nいま終了すると、ライブラリの隣のファイルに書き出されます。そのファイルは読み込めます。',
  'leaving.lost': '実験が実行中です。途中の試行は失われます。',
  'leaving.keepWaiting': '待つ',

  'files.sgdlab': '結果を含む研究',
  'files.json': '研究の記述',
  'files.html': 'レポート',
  'files.pdf': 'レポート',
  'files.studies': '研究',

  'lab.notStored': 'ライブラリに結果を保存できませんでした: {reason}',
  'lab.triedAgain': 'ライブラリに結果を保存できませんでした: {reason}。再試行します。',
};
