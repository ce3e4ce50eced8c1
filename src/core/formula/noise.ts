/** How the noise ε of a response enters a formula: what theory needs to average over it. */
import { type Operation } from './graph.ts';
import { type Lowered } from './lower.ts';
import { neededFor } from './tape.ts';
import { type Variable } from './tree.ts';

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
    const factors = commonFactors(operations, needed, root, [variable, 'eps']);
    if (factors !== null) return { kind, factor: factors[0] };
  }
  const degrees = degreesOf(operations);
  const still = switches.every((place) => degrees[place] === 0);
  return still && Number.isFinite(degrees[root]) ? { kind: 'polynomial', degree: degrees[root] } : { kind: 'other' };
}

/** (a, c) where a formula sees r + a s + c ε and nothing else of them; null where it sees more. */
export function combinationOf({ graph, root }: Lowered): readonly [response: number, noise: number] | null {
  const { operations } = graph;
  const factors = commonFactors(operations, neededFor(operations, [root]), root, ['r', 's', 'eps']);
  return factors && [factors[0], factors[1]];
}

/** What an operation has of some variables: coefficients where it is linear in them; null where it is not. */
type Linear = readonly number[] | null;

/** Factors of the other variables beside the first, where one combination of them is all that is seen; else null. */
function commonFactors(
  operations: readonly Operation[],
  needed: readonly boolean[],
  root: number,
  variables: readonly Variable[],
): number[] | null {
  const forms: Linear[] = [];
  const zero = variables.map(() => 0);
  const found = new Map<string, number[]>();
  const see = (form: Linear): void => {
    if (!form || form.every((coefficient) => coefficient === 0)) return;
    const factors = form.slice(1).map((coefficient) => coefficient / form[0]);
    found.set(factors.join(), factors);
  };
  operations.forEach((operation, place) => {
    const form = linearOf(operation, operations, forms);
    forms.push(form);
    if (!needed[place] || form !== null || !('args' in operation)) return;
    for (const part of operation.args) see(forms[part]);
  });
  see(forms[root]);
  const [factors] = found.values();
  return found.size === 1 && factors.every(Number.isFinite) ? factors : null;

  function linearOf(operation: Operation, all: readonly Operation[], known: readonly Linear[]): Linear {
    switch (operation.kind) {
      case 'number':
        return zero;
      case 'variable':
        return variables.map((name) => (name === operation.name ? 1 : 0));
      case 'neg':
        return scaled(known[operation.args[0]], -1);
      case 'add':
      case 'sub': {
        const [left, right] = operation.args.map((part) => known[part]);
        const turn = operation.kind === 'add' ? 1 : -1;
        return left && right && left.map((coefficient, k) => coefficient + turn * right[k]);
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
    return argsAreStill(operation, known) ? zero : null;
  }
}

const scaled = (form: Linear, by: number): Linear => form && form.map((coefficient) => coefficient * by);

const argsAreStill = (operation: Operation, known: readonly Linear[]): boolean =>
  'args' in operation &&
  operation.args.every((part) => {
    const form = known[part];
    return form !== null && form.every((coefficient) => coefficient === 0);
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
