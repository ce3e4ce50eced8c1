/** Gauss quadrature for sums over consecutive integers: Σ_{k=0}^{n−1} h(k) ≈ Σ_j weights[j] h(nodes[j]). */

export interface DiscreteRule {
  /** Ascending, in (0, n − 1), in general no integers. */
  readonly nodes: Float64Array;
  /** Positive, sum n. */
  readonly weights: Float64Array;
}

const known = new Map<string, DiscreteRule>();

/**
 * The m-point rule for n integers, exact for polynomials of degree 2m − 1. Its nodes are the zeros of the discrete
 * Chebyshev (Gram) polynomial, whose monic recurrence is p_{k+1} = x p_k − β_k p_{k−1} about the centre with β_k =
 * k²(n² − k²)/(4(4k² − 1)). The zeros of degree k separate those of degree k + 1.
 * @param points n >= 1.
 * @param nodes m, 1 to min(n, 64).
 * @throws RangeError outside that range.
 */
export function gaussDiscrete(points: number, nodes: number): DiscreteRule {
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > Math.min(points, 64)) {
    throw new RangeError(`expected 1 to ${Math.min(points, 64)} nodes for ${points} points, got ${nodes}`);
  }
  const key = `${points} ${nodes}`;
  const rule = known.get(key) ?? compute(points, nodes);
  // few (n, m) occur, and the same ones again and again
  if (known.size < 4096) known.set(key, rule);
  return rule;
}

function compute(points: number, count: number): DiscreteRule {
  // x = half-length · u keeps the polynomials of u in [−1, 1] of moderate size
  const half = 0.5 * points;
  const root = (k: number) => Math.sqrt((k * k * (points * points - k * k)) / (4 * (4 * k * k - 1))) / half;
  const { zeros, weights } = gaussRule(root, count);
  return {
    nodes: Float64Array.from(zeros, (u) => half * u + half - 0.5),
    weights: Float64Array.from(weights, (weight) => points * weight),
  };
}

/**
 * Gauss rule of a symmetric weight function on [−1, 1].
 * @param root √β_k of the monic recurrence p_{k+1} = u p_k − β_k p_{k−1}.
 * @returns zeros, ascending, and weights with sum 1.
 */
export function gaussRule(root: (k: number) => number, count: number): { zeros: number[]; weights: number[] } {
  const roots = Float64Array.from({ length: count + 1 }, (_, k) => (k > 0 ? root(k) : 0));
  let zeros = [0];
  for (let degree = 2; degree <= count; degree++) {
    const fences = [-1, ...zeros, 1];
    zeros = Array.from({ length: degree }, (_, k) => zeroBetween(roots, degree, fences[k], fences[k + 1]));
  }
  const symmetric = zeros.map((zero, k) => 0.5 * (zero - zeros[count - 1 - k]));
  // weights are 1 over the sum of squares of the orthonormal polynomials
  return { zeros: symmetric, weights: symmetric.map((zero) => 1 / squareSum(roots, count, zero)) };
}

/** Orthonormal polynomial (up to the normalisation of degree 0) of `degree` at u, and its derivative. */
function evaluate(roots: Float64Array, degree: number, u: number): [number, number] {
  let [previous, current] = [0, 1];
  let [previousSlope, slope] = [0, 0];
  for (let k = 0; k < degree; k++) {
    // the last one needs no normalisation, and its root may be 0 (degree = n)
    const scale = k + 1 < degree ? 1 / roots[k + 1] : 1;
    const next = (u * current - roots[k] * previous) * scale;
    const nextSlope = (current + u * slope - roots[k] * previousSlope) * scale;
    [previous, current] = [current, next];
    [previousSlope, slope] = [slope, nextSlope];
  }
  return [current, slope];
}

function squareSum(roots: Float64Array, count: number, u: number): number {
  let [previous, current] = [0, 1];
  let sum = 1;
  for (let k = 0; k + 1 < count; k++) {
    [previous, current] = [current, (u * current - roots[k] * previous) / roots[k + 1]];
    sum += current * current;
  }
  return sum;
}

/** The zero of the degree's polynomial in (low, high): Newton steps, bisection where they leave the bracket. */
function zeroBetween(roots: Float64Array, degree: number, low: number, high: number): number {
  const sign = Math.sign(evaluate(roots, degree, low)[0]);
  let x = 0.5 * (low + high);
  for (let iteration = 0; iteration < 100; iteration++) {
    const [value, slope] = evaluate(roots, degree, x);
    if (value === 0) return x;
    if (Math.sign(value) === sign) low = x;
    else high = x;
    const newton = x - value / slope;
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - x) <= 2e-16) return next;
    x = next;
  }
  return x;
}
