/** Japanese words of the HTML report. */
import { type report as english } from '../en/report.ts';
import { type Translation } from '../table.ts';

export const report: Translation<typeof english> = {
  'report.about': '{experiments}、{runs}。線は決定論的等価、点は SGD です。',
  'report.aboutWhen': '{experiments}、{runs}、計算日 {date}。線は決定論的等価、点は SGD です。',
  'report.runs.one': 'シミュレーション {n} 試行',
  'report.runs.many': 'シミュレーション {n} 試行',
  'report.leftOut': 'このレポートに含まれないもの:',
  'report.noResults': 'この研究にはまだ結果がありません。',
  'report.onlyOlder': 'この研究の結果はどれも、現在の記述のものではありません。',
  'report.results': '結果',
  'report.settings': '設定',
  'report.final': '最後の値',
  'report.computation': '計算',
  'report.warning': '警告: {said}',
  'report.warnings': '警告:',

  'report.experiment': '実験',
  'report.riskOf': 'リスク({curve})',
  'report.errorOf': '誤差({curve})',
  'report.meanOf': 'SGD 平均 ± 標準偏差',
  'report.difference': '差 / 標準誤差',
  'report.runCount': '試行数',
  'report.at': 't = {t}',
  'report.sweepOver': 'スイープ {axes}',
  'report.axes': '軸',
  'report.axisValues': '{name}: {n} 個の値',
  'report.experiments': '実験',
  'report.withResults': '{all} 件、うち結果あり {n} 件',
  'report.firstSettings': '最初の実験の設定',
  'report.inAll': '… 全 {n} 個',
  'report.on': 'はい',
  'report.off': 'いいえ',

  'report.curve': '{seconds} 秒、{outcome}',
  'report.allRuns': '試行',
  'report.runsDone': '{n} 試行(完了 {done})、計算時間の合計 {seconds} 秒',

  'report.unknownOrigin': 'これらの結果がどこで計算されたかは分かりません。',
  'report.versions': 'バージョン',
  'report.platform': 'プラットフォーム',
  'report.started': '開始',
  'report.ended': '終了',
  'report.hashes': '記述のハッシュ',
};
