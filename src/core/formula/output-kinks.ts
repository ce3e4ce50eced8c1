/** Outputs r at which a formula has kinks, for one label and response: zeros of its switches over all r. */
import { exp } from '../math/elementary.ts';
import { rootsOf } from '../math/roots.ts';
import { type Formula } from './formula.ts';

/** r = sinh x up to x = FARTHEST, |r| = 2e6: dense around 0, and as dense as r is large beyond. */
const FARTHEST = 15.2;
const INTERVALS = 1600;
/** Kinks that are looked at, the nearest to 0: those of a periodic function have no end. */
const MOST_KINKS = 200;
/** Places at which a switch is tried for being a straight line. */
const TRIED = [-3.1, 0, 0.7, 5.3];

const sinh = (x: number): number => 0.5 * (exp(x) - exp(-x));

/** The kinks, ascending. @param label y = ±1. */
export function outputKinks(formula: Formula, label: number, response = 0): number[] {
  const found = Array.from({ length: formula.switches }, (_, k) => zerosOf(formula, k, label, response)).flat();
  const nearest = [...new Set(found)].sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, MOST_KINKS);
  return nearest.sort((a, b) => a - b);
}

function zerosOf(formula: Formula, index: number, label: number, response: number): number[] {
  const tape = formula.switchTape(index, 1);
  const shared = { label, noise: 0 };
  tape.response[0] = response;
  const at = (r: number): number => {
    tape.output[0] = r;
    tape.run(1, shared);
    return tape.value[0];
  };
  const tried = TRIED.map((r) => [at(r), tape.slope[0], tape.bend[0]]);
  const [, [origin, slope]] = tried;
  const straight = tried.every(([value, first, second], k) => {
    const there = origin + slope * TRIED[k];
    return second === 0 && first === slope && Math.abs(value - there) <= 1e-14 * (Math.abs(origin) + Math.abs(there));
  });
  if (straight) return slope === 0 ? [] : [origin === 0 ? 0 : -origin / slope];
  return rootsOf((x) => at(sinh(x)), -FARTHEST, FARTHEST, INTERVALS).map((x) => {
    const r = sinh(x);
    const value = at(r);
    // one step of Newton's method takes off the rounding of sinh
    const closer = r - value / tape.slope[0];
    return Math.abs(at(closer)) <= Math.abs(value) ? closer : r;
  });
}
