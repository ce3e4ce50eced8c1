/** Where a formula or its derivative has a kink or a jump, from the operations that have one. */
import { type Graph } from './graph.ts';
import { type Lowered } from './lower.ts';
import { neededFor, sightsOf } from './tape.ts';

/** Whether an operation has a kink, or leaves where it is defined, where its argument is 0. */
const AT_ZERO: readonly string[] = ['abs', 'sign', 'step', 'sqrt', 'log'];

/**
 * Places of the graph whose zeros are kinks of the formula; operations that compare two numbers add their difference.
 */
export function switchesOf({ graph, root }: Lowered): number[] {
  // differences are added while looking: what was there at first is the formula
  const operations = [...graph.operations];
  const sights = sightsOf(operations);
  const needed = neededFor(operations, [root]);
  const found = operations.flatMap((operation, place): number[] => {
    if (!needed[place] || !sights[place].varies) return [];
    switch (operation.kind) {
      case 'max':
      case 'min':
        return [graph.binary('sub', operation.args[0], operation.args[1])];
      case 'choose':
        return [operation.args[0]];
      case 'div':
        return [operation.args[1]];
      case 'log1p':
        return [graph.binary('add', graph.number(1), operation.args[0])];
      case 'pow': {
        const exponent = operations[operation.args[1]];
        const whole = exponent.kind === 'number' && Number.isInteger(exponent.value) && exponent.value > 0;
        return whole ? [] : [operation.args[0]];
      }
      default:
        return AT_ZERO.includes(operation.kind) && 'args' in operation ? [operation.args[0]] : [];
    }
  });
  const all = sightsOf(graph.operations);
  return [...new Set(found)].filter((place) => all[place].varies && !isPositive(graph, place));
}

/** Whether a place has no zero by its making: then it is no place of a kink. */
function isPositive(graph: Graph, place: number): boolean {
  const operation = graph.operations[place];
  switch (operation.kind) {
    case 'number':
      return operation.value > 0;
    case 'exp':
    case 'sigmoid':
    case 'softplus':
      return true;
    case 'add': {
      const [left, right] = operation.args;
      return isPositive(graph, left) ? notNegative(graph, right) : isPositive(graph, right) && notNegative(graph, left);
    }
    case 'mul':
    case 'div':
    case 'max':
      return operation.args.every((part) => isPositive(graph, part));
    case 'sqrt':
      return isPositive(graph, operation.args[0]);
    default:
      return false;
  }
}

function notNegative(graph: Graph, place: number): boolean {
  const operation = graph.operations[place];
  return (
    isPositive(graph, place) ||
    operation.kind === 'square' ||
    operation.kind === 'abs' ||
    operation.kind === 'sqrt' ||
    (operation.kind === 'number' && operation.value >= 0) ||
    ((operation.kind === 'mul' || operation.kind === 'add' || operation.kind === 'div') &&
      operation.args.every((part) => notNegative(graph, part)))
  );
}
