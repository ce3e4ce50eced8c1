/** Gauss–Hermite quadrature for expectations over a standard normal variable. */
import { squared } from './elementary.ts';

export interface QuadratureRule {
  /** Ascending. */
  readonly nodes: Float64Array;
  /** Sum 1. */
  readonly weights: Float64Array;
}

/**
 * The n-point rule E h(z) ≈ Σ_k weights[k] h(nodes[k]) for z ~ N(0, 1), exact for polynomials of degree 2n − 1.
 * Newton's method on the orthonormal Hermite polynomials, from the interlacing of their zeros: the zeros of degree k
 * separate those of degree k + 1, so every zero is found inside a known bracket.
 * @param n 1 to 64.
 * @throws RangeError outside that range.
 */
export function gaussHermite(n: number): QuadratureRule {
  if (!Number.isInteger(n) || n < 1 || n > 64) throw new RangeError(`expected 1 to 64 nodes, got ${n}`);
  let zeros = [0];
  for (let degree = 2; degree <= n; degree++) {
    const bound = Math.sqrt(4 * degree + 2);
    const fences = [-bound, ...zeros, bound];
    zeros = Array.from({ length: degree }, (_, k) => zeroBetween(degree, fences[k], fences[k + 1]));
  }
  const symmetric = zeros.map((zero, k) => 0.5 * (zero - zeros[n - 1 - k]));
  const weights = symmetric.map((zero) => 1 / (n * squared(hermitePair(n, zero)[1])));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { nodes: Float64Array.from(symmetric), weights: Float64Array.from(weights, (weight) => weight / sum) };
}

/** Orthonormal (with respect to N(0, 1)) Hermite polynomials of degree n and n − 1 at x. */
function hermitePair(n: number, x: number): [number, number] {
  let previous = 0;
  let current = 1;
  for (let k = 0; k < n; k++) {
    const next = (x * current - Math.sqrt(k) * previous) / Math.sqrt(k + 1);
    previous = current;
    current = next;
  }
  return [current, previous];
}

/** The zero of the degree-n polynomial in (low, high): Newton steps, bisection where they leave the bracket. */
function zeroBetween(n: number, low: number, high: number): number {
  const sign = Math.sign(hermitePair(n, low)[0]);
  let x = 0.5 * (low + high);
  for (let iteration = 0; iteration < 100; iteration++) {
    const [value, lower] = hermitePair(n, x);
    if (value === 0) return x;
    if (Math.sign(value) === sign) low = x;
    else high = x;
    const newton = x - value / (Math.sqrt(n) * lower);
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - x) <= 2e-16 * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}
