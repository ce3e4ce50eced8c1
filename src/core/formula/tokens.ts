/** The characters of a formula as numbers, names and signs, each with its place. */
import { visible } from '../description/found.ts';
import { FormulaError } from './formula-error.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Index of its first character. */
  readonly at: number;
}

const SPACE = /[ \t\r\n]/;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SIGNS = ['<=', '>=', '<', '>', '+', '-', '*', '/', '^', '(', ')', ','];

/** What a sticky expression matches at a place; empty where it does not. */
function matched(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}

/**
 * The tokens of a text, ended by one of kind `end`.
 * @throws FormulaError at a character that no token begins with, and at a number that is too large.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at])) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  const number = matched(NUMBER, text, at);
  if (number !== '') {
    if (!Number.isFinite(Number(number))) throw new FormulaError('formula-number', { at: at + 1 });
    return { kind: 'number', text: number, at };
  }
  const name = matched(NAME, text, at);
  if (name !== '') return { kind: 'name', text: name, at };
  const sign = SIGNS.find((each) => text.startsWith(each, at));
  if (sign !== undefined) return { kind: 'sign', text: sign, at };
  // a character beyond the first plane has two places
  throw new FormulaError('formula-character', {
    at: at + 1,
    character: visible(String.fromCodePoint(text.codePointAt(at) ?? 0)),
  });
}
