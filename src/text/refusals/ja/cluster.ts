/** What is refused of plans for clusters, in Japanese. */
import { type ClusterCodes } from '../../../refusal/codes/cluster.ts';
import { type Sentences } from '../sentences.ts';

export const cluster: Sentences<ClusterCodes> = {
  'cluster-none': () => '計画がありません。「sgdlab cluster plan」で作れます',
  'cluster-planned': () =>
    '別の研究の計画、またはタスク数の違う計画がすでにあり、変更しません。別のフォルダーに計画してください',
  'cluster-plan-damaged': () => '計画が壊れています。別のフォルダーに計画し直してください',
  'cluster-plan-version': ({ app }, { found }) =>
    `バージョン ${found} の計画で、その結果はバージョン ${app} のものと異なります。別のフォルダーに計画し直してください`,
  'cluster-not-of-study': () => 'この計画には、この研究の実験が一つもありません',
  'cluster-study': () => '計画された研究ではありません。別のフォルダーに計画し直してください',
  'cluster-task': ({ most }, { found }) => `0 から ${most} までのタスク番号が必要です(現在: ${found})`,
  'cluster-cut': () => 'ファイルが途中で切れています',
  'cluster-checksum': () => 'ファイルがチェックサムと一致しません',
  'cluster-foreign': () => 'このプログラムのファイルではありません',
  'cluster-other': () => '別の計画または別のタスクのファイルです',
};
