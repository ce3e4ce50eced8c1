/** A formula at one place, for tests. */
import { createFormula } from '../../../src/core/formula/formula.ts';

export interface Place {
  readonly r: number;
  readonly y?: number;
  readonly s?: number;
  readonly eps?: number;
}

/** Value, ∂/∂r and ∂²/∂r² of a formula. */
export function evaluator(text: string, constants: Record<string, number> = {}) {
  const tape = createFormula(text, constants).tape(1);
  return ({ r, y = 1, s = 0, eps = 0 }: Place): readonly [number, number, number] => {
    tape.output[0] = r;
    tape.response[0] = s;
    tape.run(1, { label: y, noise: eps });
    return [tape.value[0], tape.slope[0], tape.bend[0]];
  };
}
