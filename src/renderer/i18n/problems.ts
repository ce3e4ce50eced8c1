/** Refusals of the study parser in the language of the interface. The parser speaks English; unknown sentences stay. */
import { japaneseArrays, japanesePlaces, type Rule } from './array-problems.ts';
import { locale } from './index.ts';

const bounds = '((?: ?(?:>=|<=|>|<) ?[^ ,]+(?: and)?)*)';

const japanese: readonly Rule[] = [
  [new RegExp(`^expected a finite number${bounds}, got (.*)$`), '有限の数$1が必要です(現在: $2)'],
  [/^expected a whole number from (\S+) to (\S+), got (.*)$/, '$1 から $2 までの整数が必要です(現在: $3)'],
  [
    /^expected numbers with sum 1 \(within 1e-9\), their sum is (.*); they (?:have single precision|are rounded): divided by their sum they are (.*)$/,
    '合計が 1(誤差 1e-9 以内)でなければなりません(現在: $1)。丸められた数です。合計で割ると $2 になります',
  ],
  [
    /^expected numbers with sum 1 \(within 1e-9\), their sum is (.*)$/,
    '合計が 1(誤差 1e-9 以内)でなければなりません(現在: $1)',
  ],
  [
    /^expected fractions with sum 1 \(within 1e-9\), their sum is (.*)$/,
    '割合の合計が 1(誤差 1e-9 以内)でなければなりません(現在: $1)',
  ],
  [/^expected one entry per class \((\d+)\), got (.*)$/, 'クラスごとに 1 個($1 個)必要です(現在: $2)'],
  [/^expected one row per class \((\d+)\), got (.*)$/, 'クラスごとに 1 行($1 行)必要です(現在: $2)'],
  [/^expected one entry per direction \((\d+)\), got (.*)$/, '方向ごとに 1 個($1 個)必要です(現在: $2)'],
  [/^expected one weight per block \((\d+)\), got (.*)$/, 'ブロックごとに 1 個($1 個)必要です(現在: $2)'],
  [/^expected one rate per time \((\d+)\), got (.*)$/, '時刻ごとに 1 個の学習率($1 個)が必要です(現在: $2)'],
  [/^expected a time below the horizon \((.*)\), got (.*)$/, '終了時刻($1)より前でなければなりません(現在: $2)'],
  [/^expected a time > (\S+), the one before, got (.*)$/, '直前の時刻 $1 より後でなければなりません(現在: $2)'],
  [/^expected a loss for (\d+) classes: this one needs (.*), got .*$/, 'この損失は $2 クラス用です(現在: $1 クラス)'],
  [
    /^expected "cosine", "gaussian" or "custom": opposite means need 2 classes, there are (\d+).*$/,
    '「反対向き」は 2 クラス用です(現在: $1 クラス)',
  ],
  [
    /^expected false, or (?:a spectrum|means|a teacher) described for every d.*$/,
    '個別に与えた数は一つの次元だけのもので、極限 d → ∞ がありません',
  ],
  [
    /^expected false, or an energy profile with an exponent > -1.*$/,
    'エネルギー分布の指数が −1 以下では平均のエネルギーが無限大になり、極限 d → ∞ がありません',
  ],
  [
    /^expected false, or exponents farther from -1.*$/,
    '指数が −1 に近すぎるため、ρ/d についての積分の収束が遅く、極限 d → ∞ を計算できません',
  ],
  [
    /^expected false, or spectral exponents >= 0.*$/,
    'スペクトルの指数が負のときの極限 d → ∞ は、この損失または学習率の規則では計算できません',
  ],
  [
    /^expected false, or covariances that are not all 0.*$/,
    '共分散がすべて 0 だとこの規則の学習率は d に比例して大きくなり、極限 d → ∞ がありません',
  ],
  [/^The disk is full$/, 'ディスクがいっぱいです'],
  [/^The library cannot be written: (.*)$/, 'ライブラリに書き込めません: $1'],
  [
    /^Another program has the library open: close (.*) there \(if none has, remove (.*)\)$/,
    '別のプログラムがライブラリを開いています。$1 を閉じてください(どのプログラムも開いていなければ $2 を削除してください)',
  ],
  [
    /^The file of the library was removed and cannot be written again to (.*): (.*)$/,
    'ライブラリのファイルが削除され、$1 に書き出し直せません: $2',
  ],
  [/^there is no such study in the library$/, 'この研究はライブラリにありません'],
  [/^expected 0 or 1, got (.*)$/, '0 か 1 が必要です(現在: $1)'],
  ...japaneseArrays,
];

const japaneseRanges: readonly Rule[] = [
  [new RegExp(`^a finite number${bounds}$`), '有限の数$1'],
  [/^a whole number from (\S+) to (\S+)$/, '$1 から $2 までの整数'],
  [/^a list of numbers$/, '数の並び'],
];

function translate(text: string, rules: readonly Rule[]): string {
  if (locale() !== 'ja') return text;
  for (const [pattern, replacement] of rules) {
    if (pattern.test(text)) return text.replace(pattern, replacement).replace(/ and /g, ' かつ ');
  }
  return text;
}

/** The sentence beside a field, without its leading "expected" in English being lost. */
export const problemText = (message: string): string => translate(message, japanese);

/** What a field allows. */
export const rangeText = (range: string): string => translate(range, japaneseRanges);

/** Where an entry of an array's file stands. */
export const arrayPlace = (place: string): string => translate(place, japanesePlaces);
