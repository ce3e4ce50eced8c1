/** What descriptions must be, in Japanese. */
import {
  type Counted,
  type DescriptionCodes,
  type EndpointWhy,
  type PassesWhy,
  type DiagonalWhy,
} from '../../../refusal/codes/description.ts';
import { type ConditionWords, type Sentences } from '../sentences.ts';
import { needed, now, ranges } from './needed.ts';

const NAMES: Readonly<Record<Counted, string>> = {
  class: 'クラス',
  block: 'ブロック',
  time: '時刻',
  rate: '学習率',
  value: '値',
  experiment: '実験',
  curve: '曲線',
  endpoint: '終点',
};

const TYPES: Readonly<Record<string, string>> = { object: 'オブジェクト', array: '配列', string: '文字列' };

const words = (list: readonly string[]): string => list.map((word) => JSON.stringify(word)).join('、');

const CUSTOM = { spectrum: 'スペクトル', means: '平均', teacher: '教師' } as const;

const sumOf = (what: string, sum: number): string =>
  `${what}合計が 1(誤差 1e-9 以内)でなければなりません(現在: ${sum})`;

export const description: Sentences<DescriptionCodes> = {
  'finite-number': (bounds, by) => needed(ranges['finite-number'](bounds), by),
  'whole-number': (bounds, by) => needed(ranges['whole-number'](bounds), by),
  'number-list': (_, by) => needed(ranges['number-list']({}), by),
  'number-rows': (_, by) => needed('数の行の並び', by),
  'number-row': (_, by) => needed('数の行', by),
  'true-or-false': (_, by) => needed('true か false ', by),
  'one-of': ({ words: list }, by) => needed(`${words(list)} のどれか`, by),
  'kind-object': ({ kinds }, by) => needed(`"kind"(${kinds.join('、')})をもつオブジェクト`, by),
  'unknown-key': ({ keys, meant }) =>
    `知らないキーです${meant === null ? '' : `(${JSON.stringify(meant)} のことですか?)`}。使えるキー: ${keys.join('、')}`,
  'more-unknown-keys': ({ count }) => `知らないキーが、ほかに ${count} 個あります`,
  name: ({ most }, by) => needed(most === null ? '名前(文字列)' : `${most} 文字以内の名前`, by),
  markdown: ({ most }, by) => needed(most === null ? 'Markdown の文章' : `${most} 文字以内の Markdown の文章`, by),
  identifier: ({ most }, by) => needed(`a-z、0-9、- からなる 1 から ${most} 文字`, by),
  type: ({ expected }, by) => needed(TYPES[expected] ?? expected, by),
  'at-least-one': ({ of }, by) => needed(`1 つ以上の${NAMES[of]}`, by),
  'at-most': ({ most, of }, by) => now(`${NAMES[of]}は ${most} 個まででなければなりません`, by),
  schema: (_, by) => now('形式が正しくありません', by),
  'json-syntax': ({ at }) => (at === null ? 'JSON として読めません' : `JSON として読めません(${at} 文字目)`),
  'json-depth': ({ most, at }) =>
    `JSON の入れ子が深すぎます(${at} 文字目)。オブジェクトと配列の入れ子は ${most} 段までです`,

  'zero-or-one': (_, by) => needed('0 か 1 ', by),
  'zero-one-list': (_, by) => needed('クラスごとに 1 個の 0 か 1 の並び', by),
  'block-list': (_, by) => needed('ブロック { "fraction", "eigenvalues" } の並び', by),
  'entry-per-class': ({ classes }, by) => now(`クラスごとに 1 個(${classes} 個)必要です`, by),
  'row-per-class': ({ classes }, by) => now(`クラスごとに 1 行(${classes} 行)必要です`, by),
  'entry-per-direction': ({ dimension }, by) => now(`方向ごとに 1 個(${dimension} 個)必要です`, by),
  'weight-per-block': ({ blocks }, by) => now(`ブロックごとに 1 個(${blocks} 個)必要です`, by),
  'fractions-sum': ({ sum }) => sumOf('割合の', sum),
  'priors-sum': ({ sum, divided }) => {
    const sentence = sumOf('', sum);
    return divided === null
      ? sentence
      : `${sentence}。丸められた数です。合計で割ると [${divided.join(', ')}] になります`;
  },
  'opposite-classes': ({ classes }) => `「反対向き」は 2 クラス用です(現在: ${classes} クラス)`,
  'profile-blocks': () =>
    '「ブロックごと」は恒等または 0-1 スペクトルだけで使えます。"flat" か "power-law" を選んでください',
  'profile-missing': (_, by) => needed('エネルギー分布', by),
  'profile-of-custom': () => '個別に与えた平均にはエネルギー分布を指定できません',
  'empty-block': (_, by) => now('この次元ではブロックに方向がないため、0 でなければなりません', by),
  'vector-count': ({ most }, by) => needed(most === 1 ? '1 本のベクトル' : `1 本から ${most} 本のベクトル`, by),
  'vector-per-output': ({ outputs }, by) => needed(`出力ごとに 1 本、計 ${outputs} 本のベクトル`, by),
  'dimension-of-start': ({ most }, by) => now(`ガウス分布の初期値では ${most} 以下でなければなりません`, by),

  'time-below-horizon': ({ horizon }, by) => now(`終了時刻(${horizon})より前でなければなりません`, by),
  'first-time': (_, by) => now('最初の時刻は 0 でなければなりません', by),
  'time-after': ({ before }, by) => now(`直前の時刻 ${before} より後でなければなりません`, by),
  'rate-per-time': ({ times }, by) => now(`時刻ごとに 1 個の学習率(${times} 個)が必要です`, by),
  'own-labels': ({ loss }, by) => now(`損失 "${loss}" は自身のラベルをもつため、ここには指定できません`, by),
  'labels-of-loss': ({ loss, labels }, by) => now(`損失 "${loss}" には ${words(labels)} が必要です`, by),
  'loss-classes': ({ classes, fewest, most }) =>
    `この損失は ${fewest === most ? fewest : `${fewest}–${most}`} クラス用です(現在: ${classes} クラス)`,
  diagonal: ({ why }, by) => now(DIAGONAL[why], by),
  'entry-per-unit': ({ hidden }, by) => now(`隠れユニットごとに 1 個の数(${hidden} 個)が必要です`, by),
  'learned-plain': (_, by) =>
    now('この損失の第 2 層は、平均をとらない通常の SGD と、時間だけで決まる学習率で学習します', by),
  'fewest-steps': ({ horizon }, by) => now(`1 ステップ以上が必要です。終了時刻は ${horizon} 以上です`, by),
  'most-steps': ({ steps, horizon }, by) =>
    now(`ステップ数は ${steps} までです。終了時刻は ${horizon} 以下でなければなりません`, by),
  engine: ({ why, others }, by) =>
    now(
      others.length > 0
        ? `${by.condition(why)}${words(others)} が必要です`
        : `${by.condition(why)}使えるエンジンがありません。別のモデルが必要です`,
      by,
    ),
  'another-engine': ({ why }, by) => now(`${by.condition(why)}別のエンジンが必要です`, by),
  'another-curve': ({ why }, by) => now(`${by.condition(why)}別の曲線が必要です`, by),
  'curve-list': ({ curves }, by) => needed(`${curves.join('、')} の並び`, by),
  'endpoint-list': (_, by) => needed('{ "ridge": 0.1 } のような終点の並び', by),
  endpoint: ({ why }, by) => now(ENDPOINT[why], by),
  'curve-once': (_, by) => now('同じ曲線は 1 度だけ指定できます', by),
  'limit-custom': ({ what }) => `個別に与えた${CUSTOM[what]}は一つの次元だけのもので、極限 d → ∞ がありません`,
  'limit-energy': ({ exponent }) =>
    `エネルギー分布の指数(${exponent})が −1 以下では平均のエネルギーが無限大になり、極限 d → ∞ がありません`,
  'limit-slow': ({ exponent, slowest }) =>
    `指数が −1 に近すぎるため、u = ρ/d についての積分の収束が遅く(u^${exponent})、極限 d → ∞ を計算できません(u^${slowest} から計算できます)`,
  'limit-noise': () => '共分散がすべて 0 だとこの規則の学習率は d に比例して大きくなり、極限 d → ∞ がありません',
  'one-response': (_, by) => now('この損失では教師の応答は 1 つでなければなりません', by),
  'even-averaged': (_, by) =>
    now(
      '偶関数の損失を初期値について平均すると x̄ = 0、q = 0 のままで、曲線は決して脱出せず、どの実行の予測にもなりません。"given"、"escape"、または theory.curves [] を選んでください',
      by,
    ),
  'even-zero': (_, by) =>
    now('X = 0 では偶関数の損失の傾きが 0 で、何も動きません。ガウス分布または個別に与えた初期値が必要です', by),
  'start-random': (_, by) =>
    now('実行ごとに異なるのはガウス分布の初期値だけです。それ以外では "averaged" にしてください', by),
  'start-limit': (_, by) =>
    now(
      '一つの次元の初期値や t ~ log d での脱出には極限 d → ∞ がありません。theory.limit では "averaged" にしてください',
      by,
    ),
  'start-of-reduced': (_, by) =>
    now('縮約 SGD は X 全体を生成しません。別のエンジンを選ぶか、実行回数を 0 にしてください', by),
  'escape-even': (_, by) => now('脱出があるのは偶関数の損失だけです。"averaged" か "given" にしてください', by),
  'escape-spread': (_, by) =>
    now(
      '脱出のばらつきは正規分布ではなく分位点で表します。theory.spread では "averaged" か "given" にしてください',
      by,
    ),
  'escape-plain': (_, by) =>
    now('脱出の理論は、学習率が時間だけで決まる通常の SGD のものです。それ以外では "given" にしてください', by),
  'limit-unbounded': () => 'スペクトルの指数が負のときの極限 d → ∞ は、この損失または学習率の規則では計算できません',

  'limit-finite': () => '有限データの n は一つの次元のものなので、極限 d → ∞ は指定できません',
  'samples-once': (_, by) => now('"samples" と "samplesPerDimension" のどちらか一方が必要です', by),
  'samples-memory': ({ most }, by) =>
    now(`この次元ではサンプル数は ${most} 以下でなければなりません(すべての行をメモリに置きます)`, by),
  'full-batch-size': (_, by) => now('全バッチは全サンプルを使うので、batchSize は 1 でなければなりません', by),

  'momentum-decay': ({ dimension }, by) =>
    now(`次元 ${dimension} 以下の数が必要です。1 ステップで V の θ/d が忘れられます`, by),
  'momentum-of-one': (_, by) => now('1 より小さい数が必要です。忘れない速度は止まりません', by),
  timescale: ({ least }, by) => needed(`1 ステップ(${least})以上の数`, by),
  'theory-rule': (_, by) =>
    now(
      'このオプティマイザでは、時間だけで決まる学習率の規則を選ぶか、理論曲線をなくしてください。状態を見る規則の理論は通常の SGD 用です',
      by,
    ),
  spread: ({ why }, by) => now(SPREAD[why], by),
  'spread-nodes': ({ most }, by) =>
    now(`theory.spread はすべての組の共分散を持つため、ノードが ${most} 個までのモデルに限ります`, by),
  'spread-first-steps': (_, by) =>
    now(
      'theory.spread では offset を大きくしてください。流れとみなせない最初の数ステップのゆらぎは線形ではありません',
      by,
    ),
  'limit-own-dimension': () => 'このオプティマイザの流れは一つの次元 d だけのもので、極限 d → ∞ がありません',
  'shape-batch': (_, by) =>
    now('この更新法では 1 にするか、理論曲線をなくしてください。理論があるのは 1 個のサンプルの勾配だけです', by),
  'shape-outputs': (_, by) =>
    now(
      'この損失では別の更新法を選ぶか、理論曲線をなくしてください。符号やクリップの理論があるのは 1 出力の損失だけです',
      by,
    ),
  'tails-loss': (_, by) => now('この損失では数が必要です。裾の重い雑音は教師つき最小二乗のためのものです', by),
  'tails-method': ({ methods }, by) =>
    now(
      `この更新法では数が必要です。裾の重い雑音は勾配を限りなく大きくするので、${methods.join('、')} だけで使えます`,
      by,
    ),
  'limit-turning': () => 'このオプティマイザには極限 d → ∞ がありません。振動するモードにはすべての方向が必要です',

  'sweep-parameter': (_, by) => needed('"optimizer.schedule.rate" のような、実験の数値へのパス', by),
  'sweep-target': (_, by) => needed('元の実験にある数値へのパス', by),
  'sweep-axes': (_, by) => now('軸は 1 本か 2 本でなければなりません', by),
  'sweep-axes-list': (_, by) => needed('1 本か 2 本の軸の並び', by),
  'sweep-base': (_, by) => needed('id のない実験', by),
  'sweep-base-id': (_, by) => now('スイープが実験に id を付けるため、ここには指定できません', by),
  'sweep-text': ({ most }, by) => now(`実験は合わせて ${most} 文字までです`, by),
  'sweep-size': ({ most, own }, by) =>
    now(`実験は${own > 0 ? `、研究の他の ${own} 件のほかに` : ''} ${most} 件までです`, by),

  own: ({ ja }) => ja,
  said: ({ text }) => text,
};

/** 対角ネットワークが使えない場合。 */
const DIAGONAL: Readonly<Record<DiagonalWhy, string>> = {
  method: '対角ネットワークの重み u, v は通常の SGD のステップで動きます。"sgd" が必要です',
  average: '対角ネットワークでは反復の平均をとりません。null が必要です',
  schedule: '対角ネットワークには時間だけで決まる学習率が必要です',
  ridge: '対角ネットワークにはリッジがありません。0 が必要です',
  start: '対角ネットワークは u = v(X = 0)から始まります。"zero" が必要です',
  loss: '対角ネットワークには第 2 層のない損失が必要です',
  limit: '対角ネットワークの理論は各座標のものなので、極限は指定できません',
  spread: 'ばらつきが求められるのは線形モデルだけです',
};

/** 理論によるばらつきが求められない場合。 */
const SPREAD: Readonly<Record<'curve' | 'limit' | 'outputs' | 'loss' | 'update' | 'slopes' | 'data', string>> = {
  curve: 'ばらつきは曲線 ode のまわりのものです。theory.curves に "ode" を入れるか、false にしてください',
  limit: 'd → ∞ ではすべての実行が同じ曲線になるため、theory.limit とともには指定できません',
  outputs: '実行のばらつきが求められるのは出力が 1 つの損失だけです',
  loss: 'この損失は 3 次と 4 次のモーメントが求められないため、指定できません',
  update: '勾配の符号やクリップを使う更新法では、実行のばらつきは求められません',
  data: 'ばらつきが求められるのはストリームのデータだけです',
  slopes: 'この学習率はリスクと勾配以外の量も見るため、指定できません',
};

/** 終点が知られている範囲。 */
const ENDPOINT: Readonly<Record<EndpointWhy, string>> = {
  loss: 'この損失では終点が求められません。終点が求められるのは最小二乗と、クラスのロジスティック損失です',
  outputs: '出力が複数の場合は終点が求められません',
  method: 'この更新法は経験リスクの最小点に行き着かないため、終点は指定できません',
  diagonal:
    '対角ネットワークの終点が求められるのは、リッジ 0 で、恒等スペクトル、平均 0 の 1 クラス、教師つき最小二乗のときだけです',
  ridgeless: 'リッジ 0 の終点が求められるのは、平均のない 1 クラスの教師だけです。0 より大きいリッジが必要です',
};

/** 有限データの理論が解かれないもの。 */
const PASSES: Readonly<Record<PassesWhy, string>> = {
  stream: 'この曲線は n 個のサンプルを繰り返し通るものです。有限データでない場合は、',
  reshuffled: '理論は独立な抽出のもので、並べ替えは主要な次数で別の過程です。並べ替えて通る場合は、',
  method: '有限データの理論は通常の SGD で解かれます。この更新法では、',
  average: '有限データの理論は重みそのものについて解かれます。反復の平均をとる場合は、',
  start: '有限データの理論は 0 から解かれます。この初期値では、',
  ridge: '有限データの理論はリッジのない更新で解かれます。リッジがある場合は、',
  schedule: '有限データの理論は一定の学習率で解かれます。この学習率では、',
  loss: '有限データの理論は最小二乗と、典型的なデータではロジスティック損失で解かれます。この損失では、',
  outputs: '有限データの理論は出力 1 つで解かれます。出力が複数の場合は、',
  long: '学習率 × 期間が理論の刻みで追える範囲を超えます。この長さでは、',
};

export const conditions: ConditionWords = {
  'above-directions': ({ most }) => `${most} 方向を超える次元では、`,
  'many-tuples': ({ most }) => `固有値の組が ${most} 種類を超えるスペクトルでは、`,
  'shaped-gradient': () => '勾配の符号をとるか勾配をクリップするこの更新法では、',
  'fields-beside': ({ fields }) =>
    `重みだけでなく方向ごとに ${fields.length} 個の数（${fields.join('、')}）を保つこの更新法または平均では、`,
  'diagonal-engine': () => '対角ネットワークでは、',
  'diagonal-theory': () =>
    '1 出力の教師つき最小二乗、平均 0 の 1 クラス、ストリームのデータ以外の対角ネットワークでは、',
  'learning-loss': () => '自身のパラメータを学習するこの損失では、',
  'finite-data': () => '有限データでは、',
  'state-rule-on-data': () => '母集団を見る学習率の規則を使う有限データでは、',
  passes: ({ why }) => PASSES[why],
  own: ({ ja }) => ja,
};
