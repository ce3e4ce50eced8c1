/** What is wrong with a formula, as data: a code of refusals with its arguments, and where a character is to blame. */
import { type FormulaCodes } from '../../refusal/codes/formula.ts';

export class FormulaError<Each extends keyof FormulaCodes = keyof FormulaCodes> extends Error {
  override name = 'FormulaError';
  readonly code: Each;
  readonly allowed: FormulaCodes[Each];
  constructor(code: Each, allowed: FormulaCodes[Each]) {
    super(code);
    this.code = code;
    this.allowed = allowed;
  }
}
