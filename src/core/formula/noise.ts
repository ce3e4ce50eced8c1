/** How the noise ε of a response enters a formula: what theory needs to average over it. */
import { type Operation } from './graph.ts';
import { type Lowered } from './lower.ts';
import { neededFor } from './tape.ts';

export type NoiseForm =
  | { readonly kind: 'none' }
  /** f sees r + factor · ε and no other r: as if r had a larger variance. The same of s. */
  | { readonly kind: 'output' | 'response'; readonly factor: number }
  /** A polynomial in ε of that degree, whose kinks do not move with ε. */
  | { readonly kind: 'polynomial'; readonly degree: number }
  | { readonly kind: 'other' };

/** The form of a formula's noise. @param switches places of the graph that kinks are zeros of. */
export function noiseForm({ graph, root }: Lowered, switches: readonly number[]): NoiseForm {
  const { operations } = graph;
  const needed = neededFor(operations, [root, ...switches]);
  const sees = operations.some(({ kind, ...rest }, place) => {
    return needed[place] && kind === 'variable' && 'name' in rest && rest.name === 'eps';
  });
  if (!sees) return { kind: 'none' };
  for (const [kind, variable] of [
    ['output', 'r'],
    ['response', 's'],
  ] as const) {
    const factor = commonFactor(operations, needed, root, variable);
    if (factor !== null) return { kind, factor };
  }
  const degrees = degreesOf(operations);
  const still = switches.every((place) => degrees[place] === 0);
  return still && Number.isFinite(degrees[root]) ? { kind: 'polynomial', degree: degrees[root] } : { kind: 'other' };
}

/** What an operation has of a variable and of ε: coefficients where it is linear in them; null where it is not. */
type Linear = readonly [variable: number, noise: number] | null;

/** c where the variable and ε are seen in the combination variable + c ε alone; null where they are not. */
function commonFactor(
  operations: readonly Operation[],
  needed: readonly boolean[],
  root: number,
  variable: 'r' | 's',
): number | null {
  const forms: Linear[] = [];
  const factors = new Set<number>();
  const see = (form: Linear): void => {
    if (form && (form[0] !== 0 || form[1] !== 0)) factors.add(form[0] === 0 ? NaN : form[1] / form[0]);
  };
  operations.forEach((operation, place) => {
    const form = linearOf(operation, operations, forms);
    forms.push(form);
    if (!needed[place] || form !== null || !('args' in operation)) return;
    for (const part of operation.args) see(forms[part]);
  });
  see(forms[root]);
  const [factor] = factors;
  return factors.size === 1 && Number.isFinite(factor) ? factor : null;

  function linearOf(operation: Operation, all: readonly Operation[], known: readonly Linear[]): Linear {
    switch (operation.kind) {
      case 'number':
        return [0, 0];
      case 'variable':
        return [operation.name === variable ? 1 : 0, operation.name === 'eps' ? 1 : 0];
      case 'neg':
        return scaled(known[operation.args[0]], -1);
      case 'add':
      case 'sub': {
        const [left, right] = operation.args.map((part) => known[part]);
        const turn = operation.kind === 'add' ? 1 : -1;
        return left && right && [left[0] + turn * right[0], left[1] + turn * right[1]];
      }
      case 'mul': {
        const [left, right] = operation.args;
        const [a, b] = [all[left], all[right]];
        if (a.kind === 'number') return scaled(known[right], a.value);
        if (b.kind === 'number') return scaled(known[left], b.value);
        break;
      }
      case 'div': {
        const by = all[operation.args[1]];
        if (by.kind === 'number') return scaled(known[operation.args[0]], 1 / by.value);
        break;
      }
    }
    return argsAreStill(operation, known) ? [0, 0] : null;
  }
}

const scaled = (form: Linear, by: number): Linear => form && [form[0] * by, form[1] * by];

const argsAreStill = (operation: Operation, known: readonly Linear[]): boolean =>
  'args' in operation &&
  operation.args.every((part) => {
    const form = known[part];
    return form !== null && form[0] === 0 && form[1] === 0;
  });

/** The degree of each operation as a polynomial in ε; Infinity where it is none. */
function degreesOf(operations: readonly Operation[]): number[] {
  const degrees: number[] = [];
  for (const operation of operations) degrees.push(degreeOf(operation, degrees));
  return degrees;
}

function degreeOf(operation: Operation, known: readonly number[]): number {
  if (operation.kind === 'number') return 0;
  if (operation.kind === 'variable') return operation.name === 'eps' ? 1 : 0;
  const parts = operation.args.map((part) => known[part]);
  switch (operation.kind) {
    case 'neg':
    case 'add':
    case 'sub':
      return Math.max(...parts);
    case 'mul':
      return parts[0] + parts[1];
    case 'square':
      return 2 * parts[0];
    case 'div':
      return parts[1] === 0 ? parts[0] : Infinity;
    case 'choose':
      return parts[0] === 0 ? Math.max(parts[1], parts[2]) : Infinity;
    default:
      return parts.every((degree) => degree === 0) ? 0 : Infinity;
  }
}
