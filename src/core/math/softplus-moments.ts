/**
 * Gaussian moments of softplus(u) = log(1 + e^u) and its derivatives under u ~ N(m, B), for every B >= 0.
 *
 * Gauss–Hermite quadrature alone is not converged for large B (poles of σ at ±iπ), so three rules share the work.
 * - B < 1/8: Gauss–Hermite with 16 nodes.
 * - 1/8 <= B <= 16: the trapezoid rule in u, E h ≈ s Σ_j h(js) φ((js − m)/√B)/√B with tabulated h. Its error is
 *   about exp(−2π²/s + π²/(2B)) (poles) + exp(−2π²B/s²) (weight): below 1e-16 for s = 0.2, and from B = 1/2 for 0.4.
 * - B > 16: softplus = S + (softplus − S) with S(u) = E max(u + z, 0), z standard normal. The moments of S are known,
 *   and what is left decays like e^{−|u|}, so that the trapezoid sum stays short however large B is.
 * All rules agree to rounding where they meet, and all their terms are positive for R, g, H and Q, which keeps small
 * moments relatively accurate.
 */
import { exp, expm1, log1p, squared } from './elementary.ts';
import { gaussHermite } from './gauss-hermite.ts';
import { normalCdf, normalDensity } from './normal.ts';
import { type ScalarMoments } from './scalar-moments.ts';

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** Half-width of a Gaussian window in standard deviations: e^{−8.5²/2} = 2e-16. */
const WINDOW = 8.5;
/** Beyond |u| = 40 the tails of softplus are exponentials to all digits: e^{−40} = 4e-18. */
const TAIL = 40;
const GAUSS_BELOW = 0.125;
const FINE_BELOW = 0.5;
const SPLIT_ABOVE = 16;
/** Distance of tabulated points; the trapezoid rules take every point or every second one. */
const STEP = 0.2;
const COARSE = 2;

/** Columns of `table`: softplus, σ, σ′, σ″, σ‴, σ². */
const COLUMNS = 6;
/** The table covers |u| <= 128: the window's half-width 8.5√16, its shift by up to 16, and the tails' 40, twice. */
const TABLE_RADIUS = 640;
const table = new Float64Array((2 * TABLE_RADIUS + 1) * COLUMNS);
for (let j = -TABLE_RADIUS; j <= TABLE_RADIUS; j++) {
  const u = j * STEP;
  const e = exp(-Math.abs(u));
  const sigma = (u >= 0 ? 1 : e) / (1 + e);
  const first = e / squared(1 + e);
  const second = (u >= 0 ? -1 : 1) * first * (-expm1(-Math.abs(u)) / (1 + e));
  const values = [Math.max(u, 0) + log1p(e), sigma, first, second, first * (1 - 6 * first), sigma * sigma];
  table.set(values, (j + TABLE_RADIUS) * COLUMNS);
}

/** Columns of `remainder` at u = 0, s, …, TAIL in steps s of the coarse rule: softplus − S (even) and σ − Φ (odd). */
const COARSE_STEP = COARSE * STEP;
const REMAINDER_POINTS = Math.round(TAIL / COARSE_STEP);
const remainder = new Float64Array((REMAINDER_POINTS + 1) * 2);
for (let j = 0; j <= REMAINDER_POINTS; j++) {
  const u = -j * COARSE_STEP;
  const e = exp(u);
  remainder[2 * j] = log1p(e) - (u * normalCdf(u) + normalDensity(u));
  remainder[2 * j + 1] = -(e / (1 + e) - normalCdf(u));
}

const { nodes, weights } = gaussHermite(16);

/**
 * Moments of f = softplus under u ~ N(mean, variance).
 * @param variance values below 0 count as 0.
 * @param out overwritten; absolute error below 1e-14 (1 + |m| + √B). For B <= 16 and R, g and Q the relative error
 * stays below 1e-7 however small they are. NaN when an argument is not finite.
 */
export function softplusMoments(mean: number, variance: number, out: ScalarMoments): void {
  if (!Number.isFinite(mean) || !Number.isFinite(variance)) fillNaN(out);
  else if (variance <= 0) atPoint(mean, out);
  else if (variance < GAUSS_BELOW) byGaussHermite(mean, variance, out);
  else if (variance <= SPLIT_ABOVE) byTable(variance < FINE_BELOW ? 1 : COARSE, mean, variance, out);
  else bySplitting(mean, variance, out);
  // σ² = σ − σ′, so the derivatives of E σ² are differences of the moments.
  out.gradientSquareByMean = out.curvature - out.third;
  out.gradientSquareByVariance = 0.5 * (out.third - out.fourth);
}

function write(
  out: ScalarMoments,
  risk: number,
  gradient: number,
  curvature: number,
  third: number,
  fourth: number,
  gradientSquare: number,
): void {
  out.risk = risk;
  out.gradient = gradient;
  out.curvature = curvature;
  out.third = third;
  out.fourth = fourth;
  out.gradientSquare = gradientSquare;
  out.errorEstimate = 0;
}

function fillNaN(out: ScalarMoments): void {
  write(out, NaN, NaN, NaN, NaN, NaN, NaN);
  out.errorEstimate = NaN;
}

function atPoint(u: number, out: ScalarMoments): void {
  const e = exp(-Math.abs(u));
  const inverse = 1 / (1 + e);
  const sigma = u >= 0 ? inverse : e * inverse;
  const first = e * inverse * inverse;
  const skew = (u >= 0 ? 1 : -1) * expm1(-Math.abs(u)) * inverse;
  write(out, Math.max(u, 0) + log1p(e), sigma, first, first * skew, first * (1 - 6 * first), sigma * sigma);
}

function byGaussHermite(mean: number, variance: number, out: ScalarMoments): void {
  const deviation = Math.sqrt(variance);
  let risk = 0;
  let gradient = 0;
  let curvature = 0;
  let third = 0;
  let fourth = 0;
  let square = 0;
  for (let k = 0; k < nodes.length; k++) {
    const u = mean + deviation * nodes[k];
    const w = weights[k];
    const e = exp(u >= 0 ? -u : u);
    const inverse = 1 / (1 + e);
    const small = e * inverse;
    const sigma = u >= 0 ? inverse : small;
    const first = w * small * inverse;
    risk += w * ((u >= 0 ? u : 0) + log1p(e));
    gradient += w * sigma;
    curvature += first;
    third += first * (1 - 2 * sigma);
    fourth += first * (1 - 6 * small * inverse);
    square += w * sigma * sigma;
  }
  write(out, risk, gradient, curvature, third, fourth, square);
}

/** Where the whole window lies beyond the tail, the moments of e^u and e^{−u} are exact. */
function inTail(mean: number, variance: number, out: ScalarMoments): boolean {
  const reach = WINDOW * Math.sqrt(variance) + TAIL;
  if (mean + variance < -reach) {
    const e = exp(mean + 0.5 * variance);
    write(out, e, e, e, e, e, exp(2 * (mean + variance)));
    return true;
  }
  if (mean - variance > reach) {
    const e = exp(0.5 * variance - mean);
    write(out, mean + e, 1 - e, e, -e, e, 1 - 2 * e);
    return true;
  }
  return false;
}

function byTable(stride: number, mean: number, variance: number, out: ScalarMoments): void {
  if (inTail(mean, variance, out)) return;
  const step = stride * STEP;
  const advance = stride * COLUMNS;
  const middle = TABLE_RADIUS * COLUMNS;
  const halfWidth = (WINDOW / step) * Math.sqrt(variance);
  const start = Math.round(mean / step);
  const offset = start * step - mean;
  const decay = exp((-step * step) / variance);
  // Left of 0 the moments are those of e^u, whose weight sits around mean + B: the window reaches there too.
  const right = Math.min(
    TABLE_RADIUS / stride,
    Math.ceil(start + halfWidth + Math.max(0, Math.min(variance, -mean)) / step),
  );
  const left = Math.max(-TABLE_RADIUS / stride, Math.floor(start - halfWidth));
  const first = exp((-0.5 * offset * offset) / variance);
  let risk = 0;
  let gradient = 0;
  let curvature = 0;
  let third = 0;
  let fourth = 0;
  let square = 0;
  // The Gaussian weights by a two-term recurrence, away from the mean so that its rounding meets small weights only.
  let weight = first;
  let ratio = exp((-step * (offset + 0.5 * step)) / variance);
  for (let at = middle + start * advance, end = middle + right * advance; at <= end; at += advance) {
    risk += weight * table[at];
    gradient += weight * table[at + 1];
    curvature += weight * table[at + 2];
    third += weight * table[at + 3];
    fourth += weight * table[at + 4];
    square += weight * table[at + 5];
    weight *= ratio;
    ratio *= decay;
  }
  ratio = exp((step * (offset - 0.5 * step)) / variance);
  weight = first * ratio;
  ratio *= decay;
  for (let at = middle + (start - 1) * advance, end = middle + left * advance; at >= end; at -= advance) {
    risk += weight * table[at];
    gradient += weight * table[at + 1];
    curvature += weight * table[at + 2];
    third += weight * table[at + 3];
    fourth += weight * table[at + 4];
    square += weight * table[at + 5];
    weight *= ratio;
    ratio *= decay;
  }
  const norm = step / (SQRT_2PI * Math.sqrt(variance));
  write(out, risk * norm, gradient * norm, curvature * norm, third * norm, fourth * norm, square * norm);
}

function bySplitting(mean: number, variance: number, out: ScalarMoments): void {
  if (inTail(mean, variance, out)) return;
  const deviation = Math.sqrt(variance);
  let risk = 0;
  let gradient = 0;
  let curvature = 0;
  let third = 0;
  let fourth = 0;
  // Further away the weights are below 2e-16 everywhere in the range of the sum, and could underflow.
  if (Math.abs(mean) < TAIL + WINDOW * deviation) {
    const center = exp((-0.5 * mean * mean) / variance);
    const decay = exp((-COARSE_STEP * COARSE_STEP) / variance);
    const tilt = (COARSE_STEP * mean) / variance;
    const shrink = exp((-0.5 * COARSE_STEP * COARSE_STEP) / variance);
    let right = center;
    let left = center;
    let rightRatio = shrink * exp(tilt);
    let leftRatio = shrink * exp(-tilt);
    const middle = TABLE_RADIUS * COLUMNS;
    risk = center * remainder[0];
    curvature = center * table[middle + 2];
    fourth = center * table[middle + 4];
    for (let j = 1, at = middle + COARSE * COLUMNS; j <= REMAINDER_POINTS; j++, at += COARSE * COLUMNS) {
      right *= rightRatio;
      left *= leftRatio;
      rightRatio *= decay;
      leftRatio *= decay;
      const even = right + left;
      const odd = right - left;
      risk += even * remainder[2 * j];
      gradient += odd * remainder[2 * j + 1];
      curvature += even * table[at + 2];
      third += odd * table[at + 3];
      fourth += even * table[at + 4];
    }
    const norm = COARSE_STEP / (SQRT_2PI * deviation);
    risk *= norm;
    gradient *= norm;
    curvature *= norm;
    third *= norm;
    fourth *= norm;
  }
  const total = Math.sqrt(variance + 1);
  const phi = normalCdf(mean / total);
  risk += mean * phi + total * normalDensity(mean / total);
  gradient += phi;
  write(out, risk, gradient, curvature, third, fourth, Math.max(0, gradient - curvature));
}
