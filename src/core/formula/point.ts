/** A formula at single places; the last one is remembered, since value and derivatives are asked for one after the other. */
import { type Formula } from './formula.ts';
import { type Tape } from './tape.ts';

/** Value and derivatives by r at r, for label y = ±1, response s and noise ε. */
export interface FormulaPoint {
  value(output: number, label: number, response: number, noise: number): number;
  slope(output: number, label: number, response: number, noise: number): number;
  curvature(output: number, label: number, response: number, noise: number): number;
}

/** Not reentrant. */
export function formulaPoint(formula: Formula): FormulaPoint {
  const tape = formula.tape(1);
  const shared = { label: NaN, noise: NaN };
  function at(output: number, label: number, response: number, noise: number): Tape {
    const same = output === tape.output[0] && label === shared.label && response === tape.response[0];
    if (same && noise === shared.noise) return tape;
    tape.output[0] = output;
    tape.response[0] = response;
    shared.label = label;
    shared.noise = noise;
    tape.run(1, shared);
    return tape;
  }
  return {
    value: (output, label, response, noise) => at(output, label, response, noise).value[0],
    slope: (output, label, response, noise) => at(output, label, response, noise).slope[0],
    curvature: (output, label, response, noise) => at(output, label, response, noise).bend[0],
  };
}
