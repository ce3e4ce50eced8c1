/** What the editor shows of a formula: mathematics, f and f′ over r for each label, and names that may be used. */
import { FormulaError } from '../../core/formula/formula-error.ts';
import { createFormula, type Formula } from '../../core/formula/formula.ts';
import { formulaTex } from '../../core/formula/tex.ts';
import { FUNCTIONS, type FunctionName, type Variable } from '../../core/formula/tree.ts';
import { type LabelType } from '../../core/labels/labels.ts';

/** Outputs that are drawn. */
const DRAWN = 4;
const PLACES = 321;
/** Responses that are drawn beside each other. */
const RESPONSES = [1, 0, -1];

/** f or f′ of one label or response. */
export interface FormulaLine {
  /** `y = 1`, `r* = 0`; empty where there is one line. */
  readonly name: string;
  readonly value: readonly number[];
  readonly slope: readonly number[];
}

export interface FormulaPreview {
  readonly tex: string;
  readonly outputs: readonly number[];
  readonly lines: readonly FormulaLine[];
}

/** Constants of a draft that are numbers. */
const numbersOf = (constants: unknown): Record<string, number> =>
  constants !== null && typeof constants === 'object'
    ? Object.fromEntries(
        Object.entries(constants as Record<string, unknown>).filter(
          (entry): entry is [string, number] => typeof entry[1] === 'number',
        ),
      )
    : {};

/** The preview of a text; null where it is no formula. */
export function formulaPreview(text: string, constants: unknown, gives: LabelType): FormulaPreview | null {
  let formula: Formula;
  try {
    formula = createFormula(text, numbersOf(constants));
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
  const outputs = Array.from({ length: PLACES }, (_, k) => DRAWN * ((2 * k) / (PLACES - 1) - 1));
  return { tex: `f = ${formulaTex(formula.tree)}`, outputs, lines: linesOf(formula, gives, outputs) };
}

function linesOf(formula: Formula, gives: LabelType, outputs: readonly number[]): FormulaLine[] {
  const tape = formula.tape(outputs.length);
  tape.output.set(outputs);
  const line = (name: string, label: number, response: number): FormulaLine => {
    tape.response.fill(response);
    tape.run(outputs.length, { label, noise: 0 });
    return { name, value: Array.from(tape.value), slope: Array.from(tape.slope) };
  };
  if (gives !== 'response' && formula.sees('y')) return [1, -1].map((label) => line(`y = ${label}`, label, 0));
  if (formula.sees('s')) return RESPONSES.map((response) => line(`s = ${response}`, 1, response));
  return [line('', 1, 0)];
}

/** Variables that labels of a type give. */
export function variablesFor(gives: LabelType): Variable[] {
  if (gives === 'class') return ['r', 'y'];
  return gives === 'binary' ? ['r', 'y', 's'] : ['r', 's', 'eps'];
}

/** Functions as they are typed: `huber(u, k)`. */
const ARGUMENTS: Partial<Record<FunctionName, string>> = {
  max: 'u, v',
  min: 'u, v',
  clip: 'u, a, b',
  huber: 'u, k',
  if: 'u < v, a, b',
};
export const functionNames = (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => ({
  name,
  typed: `${name}(${ARGUMENTS[name] ?? 'u'})`,
}));
