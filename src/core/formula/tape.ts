/**
 * A formula run operation by operation over a list of places (r, s): each operation is looked up once for the whole list,
 * which costs nothing for long ones and little for one place. Values carry their first two derivatives by r along
 * (forward mode), which are exact, and stable where a function's own are.
 */
import { argsOf, power, type BinaryName, type Graph, type Operation } from './graph.ts';
import { listSteps, moved, type ListPlace, type Lists } from './list-steps.ts';
import { type Variable } from './tree.ts';
import { unary, type Jet, type UnaryName } from './unary.ts';

/** What all places of a list have in common. */
export interface Shared {
  /** Label, ±1. */
  readonly label: number;
  /** Noise ε of a response, its scale included. */
  readonly noise: number;
}

export interface Tape {
  /** r and s of the places; written by the caller. */
  readonly output: Float64Array;
  readonly response: Float64Array;
  /** Of each root one after the other, `capacity` each. */
  readonly value: Float64Array;
  /** ∂/∂r. */
  readonly slope: Float64Array;
  /** ∂²/∂r². */
  readonly bend: Float64Array;
  /** Computes the first `count` places. */
  run(count: number, shared: Shared): void;
}

/** What an operation depends on. */
interface Sight {
  /** Whether it differs from place to place. */
  readonly varies: boolean;
  /** Whether r moves it. */
  readonly moves: boolean;
}

const FIXED: Sight = { varies: false, moves: false };
const OF_VARIABLE: Readonly<Record<Variable, Sight>> = {
  r: { varies: true, moves: true },
  s: { varies: true, moves: false },
  y: FIXED,
  eps: FIXED,
};

/** What each operation sees. */
export function sightsOf(operations: readonly Operation[]): Sight[] {
  const sights: Sight[] = [];
  for (const operation of operations) {
    const parts = argsOf(operation).map((place) => sights[place]);
    sights.push(
      operation.kind === 'variable'
        ? OF_VARIABLE[operation.name]
        : { varies: parts.some(({ varies }) => varies), moves: parts.some(({ moves }) => moves) },
    );
  }
  return sights;
}

/** The operations that roots are made of, as flags. */
export function neededFor(operations: readonly Operation[], roots: readonly number[]): boolean[] {
  const needed = operations.map(() => false);
  for (const root of roots) needed[root] = true;
  for (let place = operations.length - 1; place >= 0; place--) {
    if (needed[place]) for (const part of argsOf(operations[place])) needed[part] = true;
  }
  return needed;
}

/**
 * A tape for lists of up to `capacity` places. Not reentrant: buffers are its own.
 * @param roots places of the graph that are wanted.
 */
export function createTape(
  { operations }: Pick<Graph, 'operations'>,
  roots: readonly number[],
  capacity: number,
): Tape {
  const sights = sightsOf(operations);
  const needed = neededFor(operations, roots);
  const size = operations.length * capacity;
  const [values, firsts, seconds] = [0, 1, 2].map(() => new Float64Array(size));
  const lists: Lists = { values, firsts, seconds };
  const [output, response] = [new Float64Array(capacity), new Float64Array(capacity)];
  const [value, slope, bend] = [0, 1, 2].map(() => new Float64Array(roots.length * capacity));
  let shared: Shared = { label: 0, noise: 0 };

  const listOf = (place: number): ListPlace => ({ at: place * capacity, by: sights[place].varies ? 1 : 0 });

  function stepOf(operation: Operation, place: number): (count: number) => void {
    switch (operation.kind) {
      case 'number':
        values[place * capacity] = operation.value;
        return () => undefined;
      case 'variable':
        return readVariable(operation.name, place);
      case 'neg':
        return negate(operation.args[0], place);
      case 'choose':
        return choose(operation.args, place);
      case 'add':
      case 'sub':
      case 'mul':
      case 'max':
      case 'min':
        return listStep(operation.kind, operation.args, place);
      case 'div':
      case 'pow':
        return placeStep(operation.kind, operation.args, place);
      default:
        return unaryStep(operation.kind, operation.args[0], place);
    }
  }

  function readVariable(name: Variable, place: number): (count: number) => void {
    const at = place * capacity;
    if (name === 'y') return () => (values[at] = shared.label);
    if (name === 'eps') return () => (values[at] = shared.noise);
    if (name === 'r') firsts.fill(1, at, at + capacity);
    const from = name === 'r' ? output : response;
    return (count) => {
      for (let k = 0; k < count; k++) values[at + k] = from[k];
    };
  }

  /** How many places of an operation are to be computed. */
  function lengthOf(place: number): (count: number) => number {
    return sights[place].varies ? (count) => count : () => 1;
  }

  function negate(of: number, place: number): (count: number) => void {
    const [from, to, length] = [of * capacity, place * capacity, lengthOf(place)];
    return (count) => {
      for (let k = length(count) - 1; k >= 0; k--) {
        values[to + k] = -values[from + k];
        firsts[to + k] = -firsts[from + k];
        seconds[to + k] = -seconds[from + k];
      }
    };
  }

  function unaryStep(name: UnaryName, of: number, place: number): (count: number) => void {
    const [from, to, length] = [of * capacity, place * capacity, lengthOf(place)];
    const { moves } = sights[place];
    const apply = unary[name] as (u: number, out: Jet) => void;
    const jet: Jet = { value: 0, first: 0, second: 0 };
    return (count) => {
      for (let k = length(count) - 1; k >= 0; k--) {
        apply(values[from + k], jet);
        values[to + k] = jet.value;
        if (!moves) continue;
        const first = firsts[from + k];
        const second = seconds[from + k];
        // where nothing moves an infinite slope moves nothing either
        firsts[to + k] = first === 0 ? 0 : jet.first * first;
        seconds[to + k] = (first === 0 ? 0 : jet.second * first * first) + (second === 0 ? 0 : jet.first * second);
      }
    };
  }

  function listStep(name: keyof typeof listSteps, [left, right]: readonly number[], place: number) {
    const [a, b] = [listOf(left), listOf(right)];
    const [to, length, step] = [place * capacity, lengthOf(place), listSteps[name]];
    const { moves } = sights[place];
    return (count: number): void => step(lists, a, b, to, length(count), moves);
  }

  function placeStep(name: keyof typeof writers, [left, right]: readonly number[], place: number) {
    const [a, b] = [listOf(left), listOf(right)];
    const [to, length, write] = [place * capacity, lengthOf(place), writers[name]];
    const jet: Jet = { value: 0, first: 0, second: 0 };
    return (count: number): void => {
      for (let k = length(count) - 1; k >= 0; k--) {
        const [i, j] = [a.at + a.by * k, b.at + b.by * k];
        write(values[i], firsts[i], seconds[i], values[j], firsts[j], seconds[j], jet);
        values[to + k] = jet.value;
        firsts[to + k] = jet.first;
        seconds[to + k] = jet.second;
      }
    };
  }

  function choose(args: readonly [number, number, number], place: number): (count: number) => void {
    const [by, above, below] = args.map(listOf);
    const [to, length] = [place * capacity, lengthOf(place)];
    return (count) => {
      for (let k = length(count) - 1; k >= 0; k--) {
        const u = values[by.at + by.by * k];
        const [i, j] = [above.at + above.by * k, below.at + below.by * k];
        values[to + k] = chosen(u, values[i], values[j]);
        firsts[to + k] = chosen(u, firsts[i], firsts[j]);
        seconds[to + k] = chosen(u, seconds[i], seconds[j]);
      }
    };
  }

  const steps = operations.flatMap((operation, place) => (needed[place] ? [stepOf(operation, place)] : []));
  const wanted = roots.map(listOf);

  return {
    output,
    response,
    value,
    slope,
    bend,
    run(count, given) {
      shared = given;
      for (const step of steps) step(count);
      for (let k = 0; k < wanted.length; k++) {
        const { at, by } = wanted[k];
        for (let n = 0; n < count; n++) {
          value[k * capacity + n] = values[at + by * n];
          slope[k * capacity + n] = firsts[at + by * n];
          bend[k * capacity + n] = seconds[at + by * n];
        }
      }
    },
  };
}

type Writer = (a: number, a1: number, a2: number, b: number, b1: number, b2: number, out: Jet) => void;

/** The one that the sign of u says, both at 0; what is no number has none. */
const chosen = (u: number, above: number, below: number): number =>
  u > 0 ? above : u < 0 ? below : u === 0 ? 0.5 * (above + below) : u;

const set = (out: Jet, value: number, first: number, second: number): void => {
  out.value = value;
  out.first = first;
  out.second = second;
};

const writers: Readonly<Record<Exclude<BinaryName, keyof typeof listSteps>, Writer>> = {
  div(a, a1, a2, b, b1, b2, out) {
    const value = a / b;
    const first = (a1 - moved(value, b1)) / b;
    set(out, value, first, (a2 - 2 * moved(first, b1) - moved(value, b2)) / b);
  },
  pow(a, a1, a2, b, b1, b2, out) {
    const value = power(a, b);
    if (b1 === 0 && b2 === 0) {
      const slope = b === 0 ? 0 : b * power(a, b - 1);
      const bend = b === 0 || b === 1 ? 0 : b * (b - 1) * power(a, b - 2);
      set(out, value, moved(slope, a1), moved(bend, a1 * a1) + moved(slope, a2));
      return;
    }
    // a^b = exp(b log a)
    const log = unaryLog(a);
    const u1 = moved(log, b1) + (b * a1) / a;
    const u2 = moved(log, b2) + (2 * b1 * a1) / a + (b * (a2 - (a1 * a1) / a)) / a;
    set(out, value, value * u1, value * (u2 + u1 * u1));
  },
};

const logJet: Jet = { value: 0, first: 0, second: 0 };
function unaryLog(u: number): number {
  unary.log(u, logJet);
  return logJet.value;
}
