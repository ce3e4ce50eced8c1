/** Texts that attack the language of formulas: its own pieces in any order, names of prototypes, Unicode, length, nesting. */
import fc from 'fast-check';
import { FormulaError } from '../../../src/core/formula/formula-error.ts';
import { createFormula } from '../../../src/core/formula/formula.ts';
import { FUNCTIONS } from '../../../src/core/formula/tree.ts';

/** Pieces that texts are made of: the language's own, and what attacks are made of. */
const PIECES = [
  ...Object.keys(FUNCTIONS).flatMap((name) => [name, `${name}(`]),
  ...['r', 'y', 's', 'eps', 'k', '1', '0', '.5', '1e300', '1e-320', '(', ')', ',', '+', '-', '*', '/', '^', '<', '>='],
  ...[
    'constructor',
    '__proto__',
    'prototype',
    'process',
    'globalThis',
    'this',
    'eval',
    'Function',
    'require',
    'import',
  ],
  ...[
    '[1:1e9]',
    '{}',
    '`',
    '"',
    "'",
    '\\u0072',
    '=>',
    ';',
    '//',
    '/*',
    '\0',
    '\u202e',
    '\ufeff',
    '∞',
    'ｒ',
    '😀',
    '\ud800',
  ],
];

/** What nests, and what ends it. */
const OPENERS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['-', ''],
  ['r^', ''],
  ['exp(', ')'],
  ['max(r,', ')'],
  ['if(r<0,1,', ')'],
  ['1/(', ')'],
];

export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.string({ maxLength: 80, unit: 'binary' }),
  fc.string({ minLength: 400, maxLength: 700, unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom(...OPENERS), fc.integer({ min: 1, max: 200 }))
    .map(([[open, close], count]) => `${open.repeat(count)}r${close.repeat(count)}`),
  fc.integer({ min: 1, max: 600 }).map((count) => '('.repeat(count)),
  fc.integer({ min: 1, max: 120 }).map((count) => `${'log(exp('.repeat(count)}r${')+exp(r))'.repeat(count)}`),
);

/**
 * What is made of a text: whether it is a formula. One is evaluated, and gives numbers.
 * @throws Error where it does anything else than that or be refused as data, with a place inside the text.
 */
export function answered(text: string): boolean {
  let formula;
  try {
    formula = createFormula(text, { k: 1 });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const at = 'at' in error.allowed ? error.allowed.at : 1;
    if (typeof at !== 'number' || at < 1 || at > text.length + 1)
      throw new Error(`place ${at} of ${JSON.stringify(text)}`, { cause: error });
    return false;
  }
  const tape = formula.tape(1);
  for (const r of [0.3, -800, 0, 1e300]) {
    tape.output[0] = r;
    tape.response[0] = -0.7;
    tape.run(1, { label: 1, noise: 0.1 });
    for (const list of [tape.value, tape.slope, tape.bend]) {
      if (typeof list[0] !== 'number') throw new Error(`${JSON.stringify(text)} gave ${String(list[0])}`);
    }
  }
  return true;
}
