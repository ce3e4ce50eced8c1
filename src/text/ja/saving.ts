/** Japanese messages about saving, and what is asked where it fails. */
import { type saving as english } from '../en/saving.ts';
import { type Translation } from '../table.ts';

export const saving: Translation<typeof english> = {
  'status.notSaved': '未保存: {reason}',
  'status.keptAt': '変更は {path} に保管され、可能になりしだい保存されます。',
  'status.keptNowhere': 'ほかの場所にも保管できませんでした。コピーを保存してください。',
  'save.retry': '再試行',
  'save.asNew': '新しい研究として保存',
  'save.copy': 'コピーを保存…',
  'leave.title': 'この研究は保存されていません',
  'leave.stay': '戻る',
  'leave.discard': '破棄',
  'kept.title': '保存されなかった変更',
  'kept.text': 'ライブラリに書き込めなかったときに保管されたものです。復元すると研究の現在の状態になります。',
  'kept.when': '最終変更: {when}',
  'kept.restore': '復元',
  'kept.later': 'あとで',
  'kept.unreadable': 'このバージョンで読める研究ではありません。',
  'notSaved.run': '実行していません: 研究を保存できず、保存済みの内容は表示中のものより古いためです。',
  'notSaved.export': '書き出していません: 研究を保存できず、保存済みの内容は表示中のものより古いためです。',
  'library.failed.rename': '名前を変更できませんでした: {reason}',
  'library.failed.tags': 'タグを変更できませんでした: {reason}',
  'library.failed.archive': 'アーカイブできませんでした: {reason}',
  'library.failed.unarchive': 'アーカイブから戻せませんでした: {reason}',
  'library.failed.delete': '削除できませんでした: {reason}',
  'library.failed.restore': '元に戻せませんでした: {reason}',
  'library.failed.copy': '複製できませんでした: {reason}',
  'library.failed.create': '研究を作成できませんでした: {reason}',
  'library.failed.export': '書き出せませんでした: {reason}',
  'library.failed.list': 'ライブラリを読めませんでした: {reason}',
  'libraryFile.restored': 'ライブラリのファイルが削除されていたため、書き出し直しました: {path}',
  'libraryFile.replaced':
    'ライブラリの場所に別のファイルが置かれていました。ライブラリを {path} に書き出し直し、見つかったファイルは {aside} に移しました',
  'libraryFile.overwritten':
    'ライブラリのファイルの内容が別のプログラムによって置き換えられました。現在はその内容が有効です: {path}。直前までの保存内容のログは {aside} にあります',
  'libraryFile.reread': '別のプログラムがライブラリを変更しました。その内容が有効です: {path}',
  'settings.notStored': '設定を保存できませんでした: {reason}',
  'settings.bin': '削除した研究',
  'settings.emptyBin': '完全に削除…',
  'toast.binEmptied.one': '{n} 件の研究を完全に削除しました。',
  'toast.binEmptied.many': '{n} 件の研究を完全に削除しました。',
};
