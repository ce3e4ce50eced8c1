/** Zeros of a function of one variable on an interval, found by sampling and closed in on by bisection and secants. */

const MOST_ITERATIONS = 120;
const GOLDEN = 0.5 * (Math.sqrt(5) - 1);
/** Steps in which a dip between samples is searched for a pair of zeros. */
const DIP_STEPS = 30;

/** Equally spaced places on [from, to], both ends among them. */
export const placesOn = (from: number, to: number, intervals: number): Float64Array =>
  Float64Array.from({ length: intervals + 1 }, (_, k) => from + ((to - from) * k) / intervals);

/**
 * Zeros of `f` on [from, to], ascending: where samples change sign, and pairs of zeros in a dip towards 0 that samples
 * show. Jumps through 0 count as zeros; touching it from one side does not. Values that are no numbers hide zeros.
 * @param intervals between equally spaced samples.
 */
export function rootsOf(f: (x: number) => number, from: number, to: number, intervals: number): number[] {
  const places = placesOn(from, to, intervals);
  return rootsBetween(
    f,
    places,
    places.map((x) => f(x)),
  );
}

/** The same between places whose samples are known; the first of both lists are looked at, as many as there are places. */
export function rootsBetween(f: (x: number) => number, places: Float64Array, samples: Float64Array): number[] {
  const found: number[] = [];
  const last = places.length - 1;
  for (let k = 0; k < last; k++) {
    const [here, next] = [samples[k], samples[k + 1]];
    const before = k > 0 ? samples[k - 1] : here;
    const dips =
      k > 0 && before * here > 0 && here * next > 0 && Math.abs(here) < Math.min(Math.abs(before), Math.abs(next));
    if (dips) {
      const bottom = lowest((x) => Math.sign(here) * f(x), places[k - 1], places[k + 1]);
      const depth = f(bottom);
      if (depth * here < 0) {
        found.push(zeroBetween(f, places[k - 1], bottom, before, depth));
        found.push(zeroBetween(f, bottom, places[k + 1], depth, next));
      }
    }
    if (here === 0) found.push(places[k]);
    else if (here * next < 0) found.push(zeroBetween(f, places[k], places[k + 1], here, next));
  }
  if (samples[last] === 0) found.push(places[last]);
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
