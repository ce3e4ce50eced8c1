/** A formula of a description, ready to be computed with: its value and derivatives, its kinks, and how it sees noise. */
import { lower } from './lower.ts';
import { noiseForm, type NoiseForm } from './noise.ts';
import { parseFormula } from './parse-formula.ts';
import { switchesOf } from './kinks.ts';
import { createTape, neededFor, sightsOf, type Tape } from './tape.ts';
import { type Node, type Variable } from './tree.ts';

export interface Formula {
  readonly tree: Node;
  /** Whether the value depends on a variable; of r: whether f′ is not 0 everywhere. */
  sees(variable: Variable): boolean;
  readonly noise: NoiseForm;
  /** How many functions have their zeros where f or f′ has a kink or a jump. */
  readonly switches: number;
  /** A tape of f for lists of up to `capacity` places. */
  tape(capacity: number): Tape;
  /** A tape of one of `switches`. */
  switchTape(index: number, capacity: number): Tape;
}

/**
 * The formula of a text.
 * @throws FormulaError as `parseFormula`.
 */
export function createFormula(text: string, constants: Readonly<Record<string, number>> = {}): Formula {
  const numbers = new Map(Object.entries(constants));
  const tree = parseFormula(text, [...numbers.keys()]);
  const lowered = lower(tree, numbers);
  const { graph, root } = lowered;
  const switches = switchesOf(lowered);
  const needed = neededFor(graph.operations, [root]);
  const seen = new Set(
    graph.operations.flatMap((operation, place) =>
      needed[place] && operation.kind === 'variable' ? [operation.name] : [],
    ),
  );
  if (!sightsOf(graph.operations)[root].moves) seen.delete('r');
  return {
    tree,
    sees: (variable) => seen.has(variable),
    noise: noiseForm(lowered, switches),
    switches: switches.length,
    tape: (capacity) => createTape(graph, [root], capacity),
    switchTape: (index, capacity) => createTape(graph, [switches[index]], capacity),
  };
}
