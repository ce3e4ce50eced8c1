/** Zeros of a function of one variable on an interval, found by sampling and closed in on by bisection and secants. */

const MOST_ITERATIONS = 120;
const GOLDEN = 0.5 * (Math.sqrt(5) - 1);
/** Steps in which a dip between samples is searched for a pair of zeros. */
const DIP_STEPS = 30;

/**
 * Zeros of `f` on [from, to], ascending: where samples change sign, and pairs of zeros in a dip towards 0 that samples
 * show. Jumps through 0 count as zeros; touching it from one side does not. Values that are no numbers hide zeros.
 * @param intervals between equally spaced samples.
 */
export function rootsOf(f: (x: number) => number, from: number, to: number, intervals: number): number[] {
  const found: number[] = [];
  const at = (k: number): number => from + ((to - from) * k) / intervals;
  const between = (a: number, b: number, fa: number, fb: number): void => {
    if (fa === 0) found.push(a);
    else if (fa * fb < 0) found.push(zeroBetween(f, a, b, fa, fb));
  };
  let [before, here] = [f(at(0)), f(at(0))];
  for (let k = 0; k < intervals; k++) {
    const next = f(at(k + 1));
    const dips =
      k > 0 && before * here > 0 && here * next > 0 && Math.abs(here) < Math.min(Math.abs(before), Math.abs(next));
    if (dips) {
      const bottom = lowest((x) => Math.sign(here) * f(x), at(k - 1), at(k + 1));
      const depth = f(bottom);
      if (depth * here < 0) {
        found.push(zeroBetween(f, at(k - 1), bottom, before, depth));
        found.push(zeroBetween(f, bottom, at(k + 1), depth, next));
      }
    }
    between(at(k), at(k + 1), here, next);
    [before, here] = [here, next];
  }
  if (here === 0) found.push(to);
  return found;
}

/** Where a function is least in an interval in which it has one minimum, or a place where it is below 0. */
function lowest(f: (x: number) => number, from: number, to: number): number {
  let [a, b] = [from, to];
  let [x, y] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fx, fy] = [f(x), f(y)];
  for (let k = 0; k < DIP_STEPS && fx > 0 && fy > 0; k++) {
    if (fx < fy) {
      [b, y, fy] = [y, x, fx];
      x = b - GOLDEN * (b - a);
      fx = f(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = a + GOLDEN * (b - a);
      fy = f(y);
    }
  }
  return fx < fy ? x : y;
}

/** The zero between two places where the signs differ: secants that do not stick to one end, every third step a bisection. */
function zeroBetween(f: (x: number) => number, from: number, to: number, atFrom: number, atTo: number): number {
  let [a, b, fa, fb] = [from, to, atFrom, atTo];
  for (let k = 0; k < MOST_ITERATIONS; k++) {
    const secant = b - (fb * (b - a)) / (fb - fa);
    const inside = k % 3 < 2 && secant > a && secant < b;
    const x = inside ? secant : 0.5 * (a + b);
    if (!(x > a && x < b)) break;
    const value = f(x);
    if (value === 0) return x;
    if (value * fa > 0) {
      [a, fa] = [x, value];
      if (inside) fb *= 0.5;
    } else {
      [b, fb] = [x, value];
      if (inside) fa *= 0.5;
    }
  }
  return 0.5 * (a + b);
}
