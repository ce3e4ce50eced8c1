/** Functions of one variable with their first two derivatives, stable for every argument; at a kink the mean of both sides. */
import { cosPi, exp, expm1, log, log1p } from '../math/elementary.ts';
import { erfc } from '../math/normal.ts';

/** A value with its derivatives. */
export interface Jet {
  value: number;
  first: number;
  second: number;
}

type Unary = (u: number, out: Jet) => void;

const LN2 = log(2);
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** σ(u), without overflow. */
function sigmoid(u: number): number {
  const small = exp(-Math.abs(u));
  return (u >= 0 ? 1 : small) / (1 + small);
}

const set = (out: Jet, value: number, first: number, second: number): void => {
  out.value = value;
  out.first = first;
  out.second = second;
};

export const unary = {
  exp(u, out) {
    const value = exp(u);
    set(out, value, value, value);
  },
  log: (u, out) => set(out, log(u), 1 / u, -1 / (u * u)),
  log1p: (u, out) => set(out, log1p(u), 1 / (1 + u), -1 / ((1 + u) * (1 + u))),
  expm1(u, out) {
    const slope = exp(u);
    set(out, expm1(u), slope, slope);
  },
  sqrt(u, out) {
    const value = Math.sqrt(u);
    set(out, value, 0.5 / value, -0.25 / (value * u));
  },
  abs: (u, out) => set(out, Math.abs(u), Math.sign(u), 0),
  sign: (u, out) => set(out, Math.sign(u), 0, 0),
  step: (u, out) => set(out, u > 0 ? 1 : u < 0 ? 0 : u === 0 ? 0.5 : u, 0, 0),
  square: (u, out) => set(out, u * u, 2 * u, 2),
  tanh(u, out) {
    const small = exp(-2 * Math.abs(u));
    const value = -Math.sign(u) * (expm1(-2 * Math.abs(u)) / (1 + small));
    const slope = (4 * small) / ((1 + small) * (1 + small));
    set(out, value, slope, -2 * value * slope);
  },
  sigmoid(u, out) {
    const value = sigmoid(u);
    const slope = value * sigmoid(-u);
    set(out, value, slope, slope * (1 - 2 * value));
  },
  softplus(u, out) {
    const slope = sigmoid(u);
    set(out, Math.max(u, 0) + log1p(exp(-Math.abs(u))), slope, slope * sigmoid(-u));
  },
  erf(u, out) {
    const slope = TWO_OVER_SQRT_PI * exp(-u * u);
    set(out, u < 0 ? erfc(-u) - 1 : 1 - erfc(u), slope, -2 * u * slope);
  },
  sin(u, out) {
    const value = cosPi(u / Math.PI - 0.5);
    set(out, value, cosPi(u / Math.PI), -value);
  },
  cos(u, out) {
    const value = cosPi(u / Math.PI);
    set(out, value, -cosPi(u / Math.PI - 0.5), -value);
  },
  logcosh(u, out) {
    const size = Math.abs(u);
    const small = exp(-2 * size);
    const slope = -Math.sign(u) * (expm1(-2 * size) / (1 + small));
    set(out, size + (log1p(small) - LN2), slope, (4 * small) / ((1 + small) * (1 + small)));
  },
} as const satisfies Readonly<Record<string, Unary>>;

export type UnaryName = keyof typeof unary;
