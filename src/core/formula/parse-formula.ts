/**
 * From the text of a formula to its tree, by operator precedence (V. R. Pratt, 1973). The language is closed: numbers,
 * four variables, the constants that are given, and the functions of `tree.ts`. There are no members, strings, lists or
 * assignments: nothing that a text could reach beyond its numbers.
 */
import { closest } from '../description/closest.ts';
import { FormulaError } from './formula-error.ts';
import { tokensOf, type Token } from './tokens.ts';
import { FUNCTIONS, isFunction, isVariable, VARIABLES, type Node, type Operator, type Relation } from './tree.ts';

export const MOST_CHARACTERS = 500;
const MOST_NODES = 200;
/** Of parentheses, arguments, signs and exponents within each other. */
const MOST_DEPTH = 40;

/** How strongly operators bind; an exponent binds to its right, and more than a sign before it: −r² is −(r²). */
const BINDING: Readonly<Record<Operator, number>> = { '+': 10, '-': 10, '*': 20, '/': 20, '^': 30 };
const SIGN_BINDING = 25;
const RELATIONS: readonly string[] = ['<', '<=', '>', '>='];

const operatorOf = ({ kind, text }: Token): Operator | null =>
  kind === 'sign' && Object.hasOwn(BINDING, text) ? (text as Operator) : null;
const relationOf = ({ kind, text }: Token): Relation | null =>
  kind === 'sign' && RELATIONS.includes(text) ? (text as Relation) : null;

/**
 * The tree of a formula.
 * @param constants names beside the variables.
 * @throws FormulaError with the first thing that is wrong.
 */
export function parseFormula(text: string, constants: readonly string[] = []): Node {
  if (text.length > MOST_CHARACTERS) throw new FormulaError('formula-length', { most: MOST_CHARACTERS });
  const tokens = tokensOf(text);
  let next = 0;
  let nodes = 0;

  /** Counts a node, and refuses one too many. */
  function counted(node: Node, { at }: Token): Node {
    nodes++;
    if (nodes > MOST_NODES) throw new FormulaError('formula-nodes', { most: MOST_NODES, at: at + 1 });
    return node;
  }

  const isSign = (text: string): boolean => tokens[next].kind === 'sign' && tokens[next].text === text;

  /** Everything that binds more strongly than `least`, from here on. */
  function expression(least: number, depth: number): Node {
    let left = operand(depth);
    for (;;) {
      const token = tokens[next];
      const operator = operatorOf(token);
      if (operator === null || BINDING[operator] <= least) return left;
      next++;
      const right = operator === '^' ? expression(BINDING['^'] - 1, depth + 1) : expression(BINDING[operator], depth);
      left = counted({ kind: 'operator', operator, left, right }, token);
    }
  }

  function operand(depth: number): Node {
    const token = tokens[next];
    if (depth > MOST_DEPTH) throw new FormulaError('formula-depth', { most: MOST_DEPTH, at: token.at + 1 });
    if (token.kind === 'number') {
      next++;
      return counted({ kind: 'number', value: Number(token.text), text: token.text }, token);
    }
    if (token.kind === 'name') return named(token, depth);
    if (isSign('-')) {
      next++;
      return counted({ kind: 'minus', of: expression(SIGN_BINDING, depth + 1) }, token);
    }
    if (isSign('(')) {
      next++;
      const inside = expression(0, depth + 1);
      close(token, ')');
      return inside;
    }
    throw new FormulaError('formula-operand', { at: token.at + 1, found: foundOf(token) });
  }

  /** A variable, a constant or a call. */
  function named(token: Token, depth: number): Node {
    const { text: name, at } = token;
    next++;
    const calls = isSign('(');
    if (isFunction(name)) {
      if (!calls) throw new FormulaError('formula-function', { at: at + 1, name });
      return name === 'if' ? conditional(token, depth + 1) : call(name, token, depth + 1);
    }
    const known = isVariable(name) || constants.includes(name);
    if (!known) {
      const names = [...VARIABLES, ...constants];
      const functions = Object.keys(FUNCTIONS);
      const meant = closest(name, calls ? functions : [...names, ...functions]) ?? null;
      throw new FormulaError('formula-name', { at: at + 1, name, names, functions, meant });
    }
    if (calls) throw new FormulaError('formula-call', { at: tokens[next].at + 1, name });
    return counted(isVariable(name) ? { kind: 'variable', name } : { kind: 'constant', name }, token);
  }

  function call(name: Exclude<keyof typeof FUNCTIONS, 'if'>, token: Token, depth: number): Node {
    const open = tokens[next++];
    const args = isSign(')') ? [] : [expression(0, depth)];
    while (args.length > 0 && isSign(',')) {
      next++;
      args.push(expression(0, depth));
    }
    close(open, ')');
    const expected = FUNCTIONS[name];
    if (args.length !== expected) {
      throw new FormulaError('formula-arguments', { at: token.at + 1, name, expected, got: args.length });
    }
    return counted({ kind: 'call', name, args }, token);
  }

  function conditional(token: Token, depth: number): Node {
    const open = tokens[next++];
    const left = expression(0, depth);
    const relation = relationOf(tokens[next]);
    if (relation === null) throw new FormulaError('formula-condition', { at: tokens[next].at + 1 });
    next++;
    const right = expression(0, depth);
    close(open, ',');
    const then = expression(0, depth);
    close(open, ',');
    const otherwise = expression(0, depth);
    close(open, ')');
    return counted({ kind: 'if', relation, left, right, then, otherwise }, token);
  }

  /** Takes the sign that belongs to a parenthesis that is open. */
  function close(open: Token, sign: ')' | ','): void {
    const token = tokens[next];
    if (isSign(sign)) {
      next++;
      return;
    }
    if (relationOf(token)) throw new FormulaError('formula-comparison', { at: token.at + 1 });
    throw new FormulaError('formula-open', { at: token.at + 1, open: open.at + 1, sign, found: foundOf(token) });
  }

  const tree = expression(0, 1);
  const rest = tokens[next];
  if (rest.kind !== 'end') {
    if (relationOf(rest)) throw new FormulaError('formula-comparison', { at: rest.at + 1 });
    throw new FormulaError('formula-operator', { at: rest.at + 1, found: rest.text });
  }
  return tree;
}

/** What stands where something else is wanted; null for the end. */
const foundOf = ({ kind, text }: Token): string | null => (kind === 'end' ? null : text);
