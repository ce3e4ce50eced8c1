/**
 * A formula as operations in the order in which they are computed, each once. They are put together by constructors that
 * fold numbers and turn what overflows into what does not: log(1 + exp u) is softplus u, 1/(1 + exp(−u)) is sigmoid u.
 */
import { pow } from '../math/elementary.ts';
import { unary, type Jet, type UnaryName } from './unary.ts';
import { type Variable } from './tree.ts';

export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'max' | 'min';

/** What is computed; numbers are places of earlier operations. */
export type Operation =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: Variable }
  | { readonly kind: UnaryName | 'neg'; readonly args: readonly [number] }
  | { readonly kind: BinaryName; readonly args: readonly [number, number] }
  /** The second where the first is above 0, the third where it is below, their mean where it is 0. */
  | { readonly kind: 'choose'; readonly args: readonly [number, number, number] };

export const argsOf = (operation: Operation): readonly number[] => ('args' in operation ? operation.args : []);

/** x^y for any x; NaN where x < 0 and y is not whole. */
export function power(x: number, y: number): number {
  if (x >= 0 || !Number.isInteger(y)) return pow(x, y);
  return y % 2 === 0 ? pow(-x, y) : -pow(-x, y);
}

/** Largest whole exponent that is multiplied out. */
const MOST_FACTORS = 16;

const jet: Jet = { value: 0, first: 0, second: 0 };

export interface Graph {
  readonly operations: readonly Operation[];
  number(value: number): number;
  variable(name: Variable): number;
  unary(name: UnaryName | 'neg', of: number): number;
  binary(name: BinaryName, left: number, right: number): number;
  choose(by: number, above: number, below: number): number;
}

/** A graph without operations. */
export function createGraph(): Graph {
  const operations: Operation[] = [];
  const known = new Map<string, number>();

  /** The place of an operation, which is added if it is new. */
  function placed(operation: Operation): number {
    const what =
      operation.kind === 'number'
        ? `${Object.is(operation.value, -0) ? '-0' : operation.value}`
        : operation.kind === 'variable'
          ? operation.name
          : operation.args.join();
    const key = `${operation.kind} ${what}`;
    let place = known.get(key);
    if (place === undefined) {
      place = operations.push(operation) - 1;
      known.set(key, place);
    }
    return place;
  }

  const number = (value: number): number => placed({ kind: 'number', value });
  const valueOf = (place: number): number | null => {
    const operation = operations[place];
    return operation.kind === 'number' ? operation.value : null;
  };
  /** The arguments of an operation of a kind; null for another. */
  const within = (place: number, kind: Operation['kind']): readonly number[] | null =>
    operations[place].kind === kind ? argsOf(operations[place]) : null;
  const exponentOf = (place: number): number | null => within(place, 'exp')?.[0] ?? null;

  function unaryOf(name: UnaryName | 'neg', of: number): number {
    const value = valueOf(of);
    if (value !== null) {
      if (name === 'neg') return number(-value);
      unary[name](value, jet);
      return number(jet.value);
    }
    const rewritten = rewrittenUnary(name, of);
    return rewritten ?? placed({ kind: name, args: [of] });
  }

  function rewrittenUnary(name: UnaryName | 'neg', of: number): number | null {
    const negated = within(of, 'neg');
    switch (name) {
      case 'neg':
        return negated?.[0] ?? null;
      case 'log':
        return logarithm(of);
      case 'log1p': {
        const exponent = exponentOf(of);
        return exponent === null ? null : unaryOf('softplus', exponent);
      }
      case 'sqrt': {
        const root = within(of, 'square');
        return root && unaryOf('abs', root[0]);
      }
      case 'abs':
        if (within(of, 'abs') || within(of, 'square') || within(of, 'exp')) return of;
        return negated && unaryOf('abs', negated[0]);
      case 'square': {
        const inside = negated ?? within(of, 'abs');
        return inside && unaryOf('square', inside[0]);
      }
      default:
        return null;
    }
  }

  /** log(1 + exp u), log(exp u + exp v), log(sigmoid u) and log(exp u). */
  function logarithm(of: number): number | null {
    const exponent = exponentOf(of);
    if (exponent !== null) return exponent;
    const inside = within(of, 'sigmoid');
    if (inside) return unaryOf('neg', unaryOf('softplus', unaryOf('neg', inside[0])));
    const terms = within(of, 'add');
    if (!terms) return null;
    const [left, right] = terms.map((term) => (valueOf(term) === 1 ? number(0) : exponentOf(term)));
    if (left === null || right === null) return null;
    const [base, other] = valueOf(left) === 0 ? [left, right] : [right, left];
    return binary('add', base, unaryOf('softplus', binary('sub', other, base)));
  }

  function binary(name: BinaryName, left: number, right: number): number {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (a !== null && b !== null) return number(folded(name, a, b));
    return rewrittenBinary(name, left, right, a, b) ?? placed({ kind: name, args: [left, right] });
  }

  function rewrittenBinary(name: BinaryName, left: number, right: number, a: number | null, b: number | null) {
    switch (name) {
      case 'add':
        if (a === 0) return right;
        return b === 0 ? left : null;
      case 'sub':
        return difference(left, right, a, b);
      case 'mul':
        if (a === 1) return right;
        if (b === 1) return left;
        return left === right ? unaryOf('square', left) : null;
      case 'div':
        return b === 1 ? left : quotient(left, right, a);
      case 'pow':
        return b === null ? null : raised(left, b);
      default:
        return left === right ? left : null;
    }
  }

  /** exp u − 1 and 1 − sigmoid u. */
  function difference(left: number, right: number, a: number | null, b: number | null): number | null {
    if (b === 0) return left;
    if (a === 0) return unaryOf('neg', right);
    const exponent = exponentOf(left);
    if (b === 1 && exponent !== null) return unaryOf('expm1', exponent);
    const inside = within(right, 'sigmoid');
    return a === 1 && inside ? unaryOf('sigmoid', unaryOf('neg', inside[0])) : null;
  }

  /** 1/(1 + exp u) and exp u/(1 + exp u). */
  function quotient(left: number, right: number, a: number | null): number | null {
    const terms = within(right, 'add');
    if (!terms) return null;
    const one = terms.findIndex((term) => valueOf(term) === 1);
    const other = one < 0 ? null : terms[1 - one];
    const exponent = other === null ? null : exponentOf(other);
    if (exponent === null) return null;
    if (a === 1) return unaryOf('sigmoid', unaryOf('neg', exponent));
    return left === other ? unaryOf('sigmoid', exponent) : null;
  }

  /** Whole and simple exponents, without logarithms. */
  function raised(base: number, exponent: number): number | null {
    if (exponent === 0) return number(1);
    if (exponent === 1) return base;
    if (exponent === 2) return unaryOf('square', base);
    if (exponent === 0.5) return unaryOf('sqrt', base);
    if (exponent === -1) return binary('div', number(1), base);
    if (!Number.isInteger(exponent) || exponent < 0 || exponent > MOST_FACTORS) return null;
    const half = raised(base, Math.floor(exponent / 2)) ?? base;
    const whole = unaryOf('square', half);
    return exponent % 2 === 0 ? whole : binary('mul', whole, base);
  }

  return {
    operations,
    number,
    variable: (name) => placed({ kind: 'variable', name }),
    unary: unaryOf,
    binary,
    choose(by, above, below) {
      const value = valueOf(by);
      if (above === below) return above;
      if (value === null || value === 0) return placed({ kind: 'choose', args: [by, above, below] });
      return value > 0 ? above : below;
    },
  };
}

function folded(name: BinaryName, a: number, b: number): number {
  switch (name) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'pow':
      return power(a, b);
    case 'max':
      return Math.max(a, b);
    case 'min':
      return Math.min(a, b);
  }
}
