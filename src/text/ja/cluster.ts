/** Japanese words of folders for clusters. */
import { type cluster as english } from '../en/cluster.ts';
import { type Translation } from '../table.ts';

export const cluster: Translation<typeof english> = {
  'cluster.label': 'クラスター',
  'cluster.done': 'タスク {done} / {tasks} 件',
  'cluster.failed.one': '失敗 {n} 件',
  'cluster.failed.many': '失敗 {n} 件',
  'cluster.damaged.one': '破損ファイル {n} 件',
  'cluster.damaged.many': '破損ファイル {n} 件',
  'cluster.copy': '残りを投入するコマンドをコピー',
  'cluster.forget': 'このフォルダーの監視をやめる (フォルダーは残ります)',
  'command.planCluster': 'クラスター用に計画…',
  'command.watchCluster': 'クラスターのフォルダーを監視…',
};
