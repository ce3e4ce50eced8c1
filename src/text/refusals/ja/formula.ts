/** What a loss that is typed as a formula must be, in Japanese. */
import { type FormulaCodes } from '../../../refusal/codes/formula.ts';
import { type Sentences } from '../sentences.ts';
import { needed } from './needed.ts';

const at = (place: number): string => `${place} 文字目`;
const foundThere = (found: string | null): string => (found === null ? '終わり' : JSON.stringify(found));
const LABELS: Readonly<Record<string, string>> = {
  y: '教師の応答は ±1 のラベルではなく、s と eps があります',
  s: '応答 s は教師のラベルにだけあります',
  eps: 'ノイズは教師の応答にだけあります',
};

export const formula: Sentences<FormulaCodes> = {
  'formula-text': ({ most }, by) => needed(`1 から ${most} 文字までの式`, by),
  'formula-length': ({ most }) => `式は ${most} 文字までです`,
  'formula-nodes': ({ at: place, most }) => `${at(place)}: 数、名前、演算子、関数は合わせて ${most} 個までです`,
  'formula-depth': ({ at: place, most }) => `${at(place)}: 入れ子は ${most} 段までです`,
  'formula-character': ({ at: place, character }) => `${at(place)}: ${JSON.stringify(character)} は式に使えません`,
  'formula-number': ({ at: place }) => `${at(place)}: 有限の数が必要です`,
  'formula-operand': ({ at: place, found }) =>
    `${at(place)}: 数、名前、関数、"(" のどれかが必要です(現在: ${foundThere(found)})`,
  'formula-operator': ({ at: place, found }) =>
    `${at(place)}: 演算子(+ - * / ^)か終わりが必要です(現在: ${foundThere(found)})`,
  'formula-open': ({ at: place, open, sign, found }) =>
    `${at(place)}: ${at(open)}の "(" に対する ${JSON.stringify(sign)} が必要です(現在: ${foundThere(found)})`,
  'formula-name': ({ at: place, name, names, functions, meant }) =>
    `${at(place)}: ${JSON.stringify(name)} という名前はありません${meant === null ? '' : `(${JSON.stringify(meant)} のことですか)`}。名前: ${names.join('、')}。関数: ${functions.join('、')}`,
  'formula-function': ({ at: place, name }) => `${at(place)}: ${name} は関数です。${name}(…) と書いてください`,
  'formula-call': ({ at: place, name }) =>
    `${at(place)}: ${name} は関数ではありません。${name} * (…) のように演算子が必要です`,
  'formula-arguments': ({ at: place, name, expected: wanted, got }) =>
    `${at(place)}: ${name} の引数は ${wanted} 個です(現在: ${got})`,
  'formula-comparison': ({ at: place }) => `${at(place)}: 比較は if(…) の最初の引数にだけ書けます。例: if(r > 0, r, 0)`,
  'formula-condition': ({ at: place }) => `${at(place)}: 比較(<、<=、>、>=)が必要です`,
  'formula-constant': () => 'r による式が必要です。r によらない式には勾配がありません',
  'formula-labels': ({ at: place, name, labels }) =>
    `${at(place)}: ラベル ${JSON.stringify(labels)} では ${name} は使えません。${LABELS[name]}`,
  'formula-noise': ({ at: place }) =>
    `${at(place)}: eps は r + c·eps か s + c·eps の形だけで、または eps で動かない折れ目のほかに冪で現れる必要があります`,
  'constant-list': (_, by) => needed('{ "k": 0.5 } のような名前と数', by),
  'constant-name': () => '英字で始まる 20 文字までの英数字と _ の名前が必要です',
  'constant-taken': () => '別の名前が必要です。この名前は式にすでにあります',
  'constant-count': ({ most }) => `定数は ${most} 個までです`,
  'formula-start': () => '学習の始めで f′ が有限な式が必要です。そこで E f′² が無限大か、数になりません',
};
