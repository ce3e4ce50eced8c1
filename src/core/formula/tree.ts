/** A formula as it was typed: numbers, names, operators and the functions of a closed list. */

/** What a formula may see: output, label ±1, response, and its noise. */
export const VARIABLES = ['r', 'y', 's', 'eps'] as const;
export type Variable = (typeof VARIABLES)[number];

/** The functions with their numbers of arguments; `if` takes a comparison first. */
export const FUNCTIONS = {
  exp: 1,
  log: 1,
  log1p: 1,
  expm1: 1,
  sqrt: 1,
  abs: 1,
  sign: 1,
  step: 1,
  max: 2,
  min: 2,
  clip: 3,
  tanh: 1,
  sigmoid: 1,
  softplus: 1,
  erf: 1,
  sin: 1,
  cos: 1,
  huber: 2,
  logcosh: 1,
  if: 3,
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

export const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);
export const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

export type Operator = '+' | '-' | '*' | '/' | '^';
export type Relation = '<' | '<=' | '>' | '>=';

export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'variable'; readonly name: Variable }
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'minus'; readonly of: Node }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: Exclude<FunctionName, 'if'>; readonly args: readonly Node[] }
  | {
      readonly kind: 'if';
      readonly relation: Relation;
      readonly left: Node;
      readonly right: Node;
      readonly then: Node;
      readonly otherwise: Node;
    };
