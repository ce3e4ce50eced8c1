/** From the tree of a formula to its graph, with the constants in their places. */
import { createGraph, type Graph } from './graph.ts';
import { type Node, type Relation } from './tree.ts';

const BINARY = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '^': 'pow' } as const;

/** Of relations that are told apart by their direction alone: at a tie both sides count one half. */
const isAbove = (relation: Relation): boolean => relation === '>' || relation === '>=';

export interface Lowered {
  readonly graph: Graph;
  /** The place of the whole formula. */
  readonly root: number;
}

/** @param constants numbers of the names that the tree was parsed with. */
export function lower(tree: Node, constants: ReadonlyMap<string, number>): Lowered {
  const graph = createGraph();

  function place(node: Node): number {
    switch (node.kind) {
      case 'number':
        return graph.number(node.value);
      case 'variable':
        return graph.variable(node.name);
      case 'constant':
        return graph.number(constants.get(node.name) ?? NaN);
      case 'minus':
        return graph.unary('neg', place(node.of));
      case 'operator':
        return graph.binary(BINARY[node.operator], place(node.left), place(node.right));
      case 'if': {
        const [left, right] = [place(node.left), place(node.right)];
        const by = isAbove(node.relation) ? graph.binary('sub', left, right) : graph.binary('sub', right, left);
        return graph.choose(by, place(node.then), place(node.otherwise));
      }
      case 'call':
        return called(node.name, node.args.map(place));
    }
  }

  function called(name: Extract<Node, { kind: 'call' }>['name'], args: readonly number[]): number {
    switch (name) {
      case 'max':
      case 'min':
        return graph.binary(name, args[0], args[1]);
      case 'clip':
        return clipped(args[0], args[1], args[2]);
      case 'huber': {
        // c (u − c/2) with c = clip(u, −k, k): ½u² within, k|u| − ½k² beyond
        const c = clipped(args[0], graph.unary('neg', args[1]), args[1]);
        return graph.binary('mul', c, graph.binary('sub', args[0], graph.binary('mul', graph.number(0.5), c)));
      }
      default:
        return graph.unary(name, args[0]);
    }
  }

  const clipped = (u: number, low: number, high: number): number =>
    graph.binary('min', graph.binary('max', u, low), high);

  return { graph, root: place(tree) };
}
