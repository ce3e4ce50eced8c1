/** A formula as mathematics, in TeX. */
import { type Node, type Relation } from './tree.ts';

const GREEK = [
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega',
  'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega',
]
  .join(' ')
  .split(' ');
const RELATIONS: Readonly<Record<Relation, readonly [string, string]>> = {
  '<': ['<', '\\geq'],
  '<=': ['\\leq', '>'],
  '>': ['>', '\\leq'],
  '>=': ['\\geq', '<'],
};
/** How strongly what a node is written as holds together. */
const [SUM, PRODUCT, SIGN, POWER, ATOM] = [1, 2, 3, 4, 5];

interface Written {
  readonly tex: string;
  readonly holds: number;
}

const atom = (tex: string): Written => ({ tex, holds: ATOM });
const bracketed = (tex: string): string => `\\left(${tex}\\right)`;
const within = ({ tex, holds }: Written, least: number): string => (holds < least ? bracketed(tex) : tex);

/** The formula in TeX; r* stands for s. */
export const formulaTex = (tree: Node): string => written(tree).tex;

function written(node: Node): Written {
  switch (node.kind) {
    case 'number':
      return numberTex(node.text);
    case 'variable':
      return atom(node.name === 's' ? 'r^{*}' : node.name === 'eps' ? '\\varepsilon' : node.name);
    case 'constant':
      return atom(nameTex(node.name));
    case 'minus':
      return { tex: `-${within(written(node.of), PRODUCT)}`, holds: SIGN };
    case 'operator':
      return operatorTex(node);
    case 'call':
      return callTex(node.name, node.args.map(written));
    case 'if':
      return casesTex(node);
  }
}

function numberTex(text: string): Written {
  const [mantissa, exponent] = text.toLowerCase().split('e');
  if (exponent === undefined) return atom(text);
  const power = `10^{${Number(exponent)}}`;
  return { tex: Number(mantissa) === 1 ? power : `${mantissa} \\cdot ${power}`, holds: PRODUCT };
}

/** k, \lambda, k_{1}, \mathrm{width}. */
function nameTex(name: string): string {
  const [, letters, index] = /^(.*?)_?(\d*)$/.exec(name) ?? [name, name, ''];
  const escaped = letters.replaceAll('_', '\\_');
  const base = GREEK.includes(letters) ? `\\${letters}` : letters.length === 1 ? letters : `\\mathrm{${escaped}}`;
  return index === '' ? base : `${base}_{${index}}`;
}

function operatorTex({ operator, left, right }: Extract<Node, { kind: 'operator' }>): Written {
  const [a, b] = [written(left), written(right)];
  switch (operator) {
    case '+':
      // a sign after an operator is put into brackets
      return { tex: `${a.tex} + ${right.kind === 'minus' ? bracketed(b.tex) : within(b, PRODUCT)}`, holds: SUM };
    case '-':
      return { tex: `${a.tex} - ${right.kind === 'minus' ? bracketed(b.tex) : within(b, PRODUCT)}`, holds: SUM };
    case '*': {
      const dot = /^[\d.]/.test(b.tex) ? ' \\cdot ' : '\\, ';
      return {
        tex: `${within(a, PRODUCT)}${dot}${within(b, right.kind === 'minus' ? ATOM : PRODUCT)}`,
        holds: PRODUCT,
      };
    }
    case '/':
      return { tex: `\\frac{${a.tex}}{${b.tex}}`, holds: POWER };
    case '^':
      return { tex: `{${within(a, ATOM)}}^{${b.tex}}`, holds: POWER };
  }
}

function callTex(name: Extract<Node, { kind: 'call' }>['name'], args: readonly Written[]): Written {
  const [u] = args;
  const list = args.map(({ tex }) => tex).join(', ');
  switch (name) {
    case 'exp':
      return { tex: `e^{${u.tex}}`, holds: POWER };
    case 'sqrt':
      return atom(`\\sqrt{${u.tex}}`);
    case 'abs':
      return atom(`\\left|${u.tex}\\right|`);
    case 'sigmoid':
      return atom(`\\sigma${bracketed(u.tex)}`);
    case 'step':
      return atom(`\\theta${bracketed(u.tex)}`);
    case 'log':
    case 'tanh':
    case 'sin':
    case 'cos':
    case 'max':
    case 'min':
      return atom(`\\${name}${bracketed(list)}`);
    case 'log1p':
      return atom(`\\log${bracketed(`1 + ${u.tex}`)}`);
    case 'expm1':
      return { tex: `e^{${u.tex}} - 1`, holds: SUM };
    case 'logcosh':
      return atom(`\\log\\cosh${bracketed(u.tex)}`);
    case 'huber':
      return atom(`\\operatorname{huber}_{${args[1].tex}}${bracketed(u.tex)}`);
    default:
      return atom(`\\operatorname{${name}}${bracketed(list)}`);
  }
}

function casesTex({ relation, left, right, then, otherwise }: Extract<Node, { kind: 'if' }>): Written {
  const [a, b] = [written(left).tex, written(right).tex];
  const [holds, fails] = RELATIONS[relation];
  const line = (value: Node, sign: string) => `${written(value).tex} & ${a} ${sign} ${b}`;
  // it has no end of its own to the right
  return {
    tex: `\\begin{cases} ${line(then, holds)} \\\\ ${line(otherwise, fails)} \\end{cases}`,
    holds: SUM,
  };
}
