/** Titles and descriptions of the built-in studies in Japanese. */
import { type presets as english } from '../en/presets.ts';
import { type Translation } from '../table.ts';

export const presets: Translation<typeof english> = {
  'preset.spectra-compared.title': 'スペクトルの比較',
  'preset.spectra-compared.description': '恒等・0-1・べき則を、それぞれ 3 つの学習率で: 論文の最初の図。',
  'preset.clean-directions.title': 'クリーンな方向',
  'preset.clean-directions.description': 'すべてのブロックに平均がある 0-1 モデル: ブロックごとの整列の時間変化。',
  'preset.power-laws.title': '緩やかなべき則と極端なべき則',
  'preset.power-laws.description': '相転移 min α = β + 1 の両側と、スペクトルの区間ごとの整列。',
  'preset.many-classes.title': '多クラス',
  'preset.many-classes.description': 'C = 2 〜 16 クラスを、ソフトマックスとワンホット最小二乗で。',
  'preset.learning-rate-rules.title': '学習率の規則',
  'preset.learning-rate-rules.description':
    '一定・減衰・区分的に一定・ウォームアップ・AdaGrad-Norm・Polyak・厳密直線探索を 1 つのモデルで。',
  'preset.price-of-noise.title': '雑音の代償',
  'preset.price-of-noise.description': 'ODE・勾配流・SGD・均質化 SGD を並べて、小さい学習率と大きい学習率で。',
  'preset.phase-transition.title': '相転移',
  'preset.phase-transition.description': 't = 10⁹、d → ∞ でのリスクを α × β 上に、理論の境界 min α = β + 1 とともに。',
  'preset.concentration.title': '集中',
  'preset.concentration.description': 'SGD の理論からのずれを d = 100 〜 10⁴ に対して、その傾きとともに。',
  'preset.teacher-on-mixture.title': '混合分布上の教師',
  'preset.teacher-on-mixture.description':
    '雑音のある線形教師からの最小二乗、3 クラス、リッジなしとあり、出力 1 個と 3 個。',
  'preset.many-passes.title': '一度の通過、多数回の通過、最適点',
  'preset.many-passes.description':
    'n 個のサンプルを繰り返し通る SGD を、一度だけの理論、繰り返しの理論、経験リスクの最小点とともに。',
  'preset.double-descent.title': '二重降下',
  'preset.double-descent.description':
    '経験リスクの最小点のリスクを n/d に対して、リッジなしとありで。n = d で山になります。',
  'preset.momentum-and-dana.title': 'モメンタムと DANA',
  'preset.momentum-and-dana.description':
    'Heavy ball、長い記憶のモメンタム、DANA を通常の SGD と並べて、教師のラベルで。',
  'preset.sign-and-clipping.title': '裾の重い雑音での符号法とクリップ',
  'preset.sign-and-clipping.description':
    'ラベルの雑音が自由度 3 のスチューデントの t のときの SignSGD とノルムによるクリップ。',
  'preset.averages.title': '反復の平均',
  'preset.averages.description': '反復の一様平均と指数平均を、コサインとウォームアップ・一定・減衰の学習率と並べて。',
  'preset.theorys-own-band.title': '理論の帯',
  'preset.theorys-own-band.description':
    '方程式だけから求めた試行のばらつきを 200 試行と並べて、記憶の有無、有効でない場合とともに。',
  'preset.two-layers-on-xor.title': 'XOR を学ぶ 2 層',
  'preset.two-layers-on-xor.description':
    '4 個の隠れユニットがクラス平均に沿って始まります(ステップの大きさ 3 通り)。等方的な初期値では、理論は鞍点にとどまります。',
  'preset.rich-and-kernel.title': 'リッチとカーネル',
  'preset.rich-and-kernel.description':
    '疎な教師をもつ対角ネットワーク u² − v²。小さい初期スケールから大きいものまで、リスク、‖X‖₁、実効スケールを比べます。',
  'preset.critical-step-size.title': '臨界ステップ幅',
  'preset.critical-step-size.description':
    'γ t をそろえた ODE と勾配流、その間の移り変わり。二値混合の不動点と定常なばらつき。',
  'preset.your-own-loss.title': '自分の損失',
  'preset.your-own-loss.description': '式で入力する損失: ヒンジ・二乗ヒンジ・Huber を並べて、理論と SGD で。',
  'preset.one-third-law.title': '硬いラベル:1/3 乗則',
  'preset.one-third-law.description':
    '教師の符号をラベルとすると誤り率とリスクは t^(−1/3) で減少:理論を t = 10⁷ まで解き、指数を読み取ります。',
  'preset.phase-retrieval-escape.title': '位相回復:脱出',
  'preset.phase-retrieval-escape.description':
    'ランダムな初期値からいつ脱出するかを分位点で:4 次と絶対値の損失、理論と SGD。',
};
