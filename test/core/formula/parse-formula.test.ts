/** The language of formulas: what it means, what it refuses and where, and that no text gets beyond it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormulaError } from '../../../src/core/formula/formula-error.ts';
import { createFormula } from '../../../src/core/formula/formula.ts';
import { parseFormula } from '../../../src/core/formula/parse-formula.ts';
import { FUNCTIONS } from '../../../src/core/formula/tree.ts';
import { evaluator } from './at.ts';
import { answered, hostileTexts } from './hostile.ts';

const valueOf = (text: string, r = 2): number => evaluator(text, { k: 0.5 })({ r, y: -1, s: 3, eps: 0.25 })[0];

/** Code and place of what is wrong with a text; null where nothing is. */
function wrongWith(text: string): { code: string; at?: number } | null {
  try {
    createFormula(text, { k: 1 });
    return null;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const at = 'at' in error.allowed ? error.allowed.at : undefined;
    return at === undefined ? { code: error.code } : { code: error.code, at };
  }
}

describe('a formula', () => {
  it.each([
    ['1 + 2 * r', 5],
    ['(1 + 2) * r', 6],
    ['2 - 3 - 4', -5],
    ['8 / 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-r ^ 2', -4],
    ['2 ^ -r', 0.25],
    ['2 * -r', -4],
    ['--r', 2],
    ['.5e1 + 1.', 6],
    ['y * s + eps - k', -3.25],
    ['max(r, 3) + min(r, 3)', 5],
    ['clip(r, -1, 1)', 1],
    ['huber(r, k)', 0.875],
    ['huber(-r, 3)', 2],
    ['if(r > 1, 10, 20)', 10],
    ['if(r <= 1, 10, 20)', 20],
    ['if(r >= 2, 10, 20)', 15],
    ['if(s < r, 10, if(y < 0, 1, 2))', 1],
    ['sign(0) + step(0) + step(r) + step(-r)', 1.5],
    ['(-r)^3 + (-r)^2', -4],
    ['sqrt(r^2) + abs(-r)', 4],
    ['log(exp(r)) + log1p(expm1(r))', 4],
    ['erf(0) + sin(0) + cos(0)', 1],
    ['tanh(r) - (1 - 2*sigmoid(-2*r))', 0],
    ['logcosh(r) - log((exp(r) + exp(-r))/2)', 0],
  ])('%s is %d', (text, value) => {
    expect(valueOf(text)).toBeCloseTo(value, 14);
  });

  it.each([
    ['', 'formula-operand', 1],
    ['r +', 'formula-operand', 4],
    ['r * )', 'formula-operand', 5],
    ['2 r', 'formula-operator', 3],
    ['r)', 'formula-operator', 2],
    ['r % 2', 'formula-character', 3],
    ['r²', 'formula-character', 2],
    ['“r”', 'formula-character', 1],
    ['r + 😀', 'formula-character', 5],
    ['r.x', 'formula-character', 2],
    ['r[0]', 'formula-character', 2],
    ["r + 'a'", 'formula-character', 5],
    ['1e999 * r', 'formula-number', 1],
    ['(r', 'formula-open', 3],
    ['max(r, 1', 'formula-open', 9],
    ['huber(r)', 'formula-arguments', 1],
    ['exp()', 'formula-arguments', 1],
    ['max(r, 1, 2)', 'formula-arguments', 1],
    ['1 + expp(r)', 'formula-name', 5],
    ['constructor', 'formula-name', 1],
    ['__proto__', 'formula-character', 1],
    ['toString(r)', 'formula-name', 1],
    ['hasOwnProperty', 'formula-name', 1],
    ['this', 'formula-name', 1],
    ['exp + r', 'formula-function', 1],
    ['r(2)', 'formula-call', 2],
    ['k(2)', 'formula-call', 2],
    ['r < 2', 'formula-comparison', 3],
    ['max(r < 2, 1)', 'formula-comparison', 7],
    ['if(r, 1, 2)', 'formula-condition', 5],
    ['if(r > 0, 1)', 'formula-open', 12],
    ['r = 2', 'formula-character', 3],
    ['x => x', 'formula-character', 3],
  ])('%s is refused with %s at character %i', (text, code, at) => {
    expect(wrongWith(text)).toEqual({ code, at });
  });

  it('tells the name that was probably meant, and every name that there is', () => {
    expect.assertions(2);
    try {
      parseFormula('softplu(r) * width', ['width']);
    } catch (error) {
      if (!(error instanceof FormulaError) || error.code !== 'formula-name') throw error;
      expect(error.allowed).toMatchObject({ meant: 'softplus', names: ['r', 'y', 's', 'eps', 'width'] });
      expect(error.allowed).toMatchObject({ functions: Object.keys(FUNCTIONS) });
    }
  });

  it('has at most 500 characters, 200 nodes and 40 levels', () => {
    expect(wrongWith('r'.padEnd(500, ' '))).toBeNull();
    expect(wrongWith('r'.padEnd(501, ' '))).toEqual({ code: 'formula-length' });
    const sum = (terms: number) => new Array<string>(terms).fill('r').join('+');
    expect(wrongWith(sum(100))).toBeNull();
    expect(wrongWith(`${sum(100)}-r`)).toEqual({ code: 'formula-nodes', at: 200 });
    const nested = (levels: number, open = '(', close = ')') => `${open.repeat(levels)}r${close.repeat(levels)}`;
    expect(wrongWith(nested(39))).toBeNull();
    expect(wrongWith(nested(40))).toEqual({ code: 'formula-depth', at: 41 });
    expect(wrongWith(nested(39, 'exp('))).toBeNull();
    expect(wrongWith(nested(40, 'exp('))?.code).toBe('formula-depth');
    expect(wrongWith(`${'-'.repeat(40)}r`)?.code).toBe('formula-depth');
    expect(wrongWith(`r${'^r'.repeat(40)}`)?.code).toBe('formula-depth');
  });
});

describe('no text', () => {
  it('does anything but be a formula or be refused as data, with a place inside it', () => {
    fc.assert(
      fc.property(hostileTexts, (text) => void answered(text)),
      { numRuns: 5000, seed: 1 },
    );
  });

  it('that is well formed can grow: nested sums of exponentials stay as long as they were typed', () => {
    const { tree } = createFormula(`${'log(exp('.repeat(12)}r${')+exp(2*r))'.repeat(12)}`);
    expect(tree.kind).toBe('call');
  });
});
