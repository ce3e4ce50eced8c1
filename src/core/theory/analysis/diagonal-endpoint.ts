/**
 * Where gradient flow of a diagonal network ends on n < d samples of isotropic noise: of all X that fit them the one of least
 * Σ q(X_ρ/α²) (N1), whose typical law is that of one coordinate at a time (N2). With X = B/√d, α = α₀ d^{−1/4}, X* = T/√d,
 *
 *   τ² = (d/n)(E(B − T)² + σ²),   B + θ asinh(B/(2α₀²)) = T + τz,   E dB/dh = n/d fixes θ.
 *
 * Coordinates with their share of the normal z each are a net: the coordinates in the order of T, some strata of z each.
 */
import { exp, log, log1p, squared } from '../../math/elementary.ts';
import { normalQuantile } from '../../math/normal.ts';
import { type EndState } from './endpoint-state.ts';

/** Points in all, about, and the fewest strata of z for each coordinate. */
const POINTS = 6000;
const FEWEST = 8;
/** Iterations at most, and the relative change of τ² at which they end. */
const MOST = 2000;
const ENOUGH = 1e-9;
/** Iterations in which θ is found for τ; later ones move both together. */
const APART = 3;
/** Golden ratio less one: offsets that fill the strata evenly. */
const GOLDEN = 0.6180339887498949;

const asinh = (x: number): number => Math.sign(x) * log1p(Math.abs(x) + squared(x) / (1 + Math.sqrt(1 + squared(x))));

interface Net {
  /** T and z of every point. */
  readonly target: Float64Array;
  readonly normal: Float64Array;
  /** Strata of one coordinate; its points are next to each other, in the order of `order`. */
  readonly strata: number;
  readonly order: readonly number[];
}

function netOf(targets: Float64Array): Net {
  const strata = Math.max(FEWEST, Math.round(POINTS / targets.length));
  const order = Array.from(targets.keys()).sort((a, b) => targets[a] - targets[b]);
  const target = new Float64Array(targets.length * strata);
  const normal = new Float64Array(target.length);
  order.forEach((rho, place) => {
    const offset = (0.5 + place * GOLDEN) % 1;
    for (let k = 0; k < strata; k++) {
      target[place * strata + k] = targets[rho];
      normal[place * strata + k] = normalQuantile((k + offset) / strata);
    }
  });
  const square = normal.reduce((sum, z) => sum + z * z, 0) / normal.length;
  return { target, normal: normal.map((z) => z / Math.sqrt(square)), strata, order };
}

/** η with 2α² sinh η + θη = h, by Newton's method on what is convex on either side of 0. */
function solveFor(h: number, scale: number, theta: number): number {
  const size = Math.abs(h);
  // above the root, from which Newton's method on a convex function goes down to it
  let eta = Math.min(asinh(size / (2 * scale)), theta > 0 ? size / theta : Infinity);
  for (let k = 0; k < 60; k++) {
    const e = exp(eta);
    const step = (scale * (e - 1 / e) + theta * eta - size) / (scale * (e + 1 / e) + theta);
    eta -= step;
    if (Math.abs(step) <= 1e-13 * (1 + eta)) break;
  }
  return h < 0 ? -eta : eta;
}

/**
 * @param teacher x*, d; @param variance v of K = vI; @param scale α₀; @param noise σ².
 * @returns null where it was not found.
 */
export function diagonalEndpoint(
  teacher: Float64Array,
  variance: number,
  samples: number,
  scale: number,
  noise: number,
): EndState | null {
  const dimension = teacher.length;
  const share = samples / dimension;
  // in units where the noise of the data has variance 1
  const unit = Math.sqrt(variance);
  const squareScale = unit * scale * scale;
  const net = netOf(teacher.map((x) => unit * Math.sqrt(dimension) * x));
  const count = net.target.length;
  const weights = new Float64Array(count);

  /** E dB/dh at θ and τ; writes B. */
  function slopeAt(theta: number, tau: number): number {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const eta = solveFor(net.target[k] + tau * net.normal[k], squareScale, theta);
      const e = exp(eta);
      weights[k] = squareScale * (e - 1 / e);
      const steep = squareScale * (e + 1 / e);
      sum += steep / (steep + theta);
    }
    return sum / count;
  }

  const errorOf = (): number => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += squared(weights[k] - net.target[k]);
    return sum / count;
  };

  let theta = 2 * squareScale * (1 / share - 1);
  let square = (net.target.reduce((sum, t) => sum + t * t, 0) / count + noise) / share;
  let found = false;
  for (let k = 0; k < MOST && !found; k++) {
    const tau = Math.sqrt(square);
    // steps of Newton's method for log θ, by differences
    for (let inner = 0; inner < (k < APART ? 3 : 1); inner++) {
      const here = slopeAt(theta, tau);
      const there = slopeAt(theta * (1 + 1e-5), tau);
      const change = (here - share) / Math.min(-1e-12, (there - here) / 1e-5);
      theta = exp(log(theta) - Math.max(-1, Math.min(1, change)));
      if (Math.abs(change) < 1e-11) break;
    }
    slopeAt(theta, tau);
    const next = (errorOf() + noise) / share;
    found = Math.abs(next - square) <= ENOUGH * next;
    square = next;
  }
  if (!found) return null;
  return { ...momentsOf(net, weights, unit * Math.sqrt(dimension)), train: 0 };
}

/** Mean and variance of X_ρ from the points. */
function momentsOf({ strata, order }: Net, weights: Float64Array, size: number): Pick<EndState, 'mean' | 'variance'> {
  const mean = new Float64Array(order.length);
  const variance = new Float64Array(order.length);
  order.forEach((rho, place) => {
    const own = weights.subarray(place * strata, (place + 1) * strata);
    let sum = 0;
    for (const weight of own) sum += weight;
    mean[rho] = sum / (strata * size);
    let square = 0;
    for (const weight of own) square += squared(weight / size - mean[rho]);
    variance[rho] = square / strata;
  });
  return { mean, variance };
}
