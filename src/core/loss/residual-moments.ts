/**
 * Moments of ½ Δ² with a shaped slope, Δ = r − r* − noise of one output: clipped least squares are Huber's loss, and both
 * are in closed form under Gaussian noise. Heavy-tailed noise is averaged over: with t = √ν sinh u the density of
 * Student's t is cosh(u)^{−ν} but for a constant, and the rule is cut where the shaped slope turns.
 */
import { exp, log, pow, squared } from '../math/elementary.ts';
import { gaussLegendre } from '../math/gauss-legendre.ts';
import { normalCdf, normalDensity } from '../math/normal.ts';
import { type Labels, type Tails } from '../labels/labels.ts';
import { LEAST_VARIANCE, TRANSITION, type MomentsOf } from './labelled-moments.ts';
import { type SlopeShape } from './slope-shape.ts';

/** E f̃′, E ∂f̃′/∂r and E f̃′². */
type Three = [gradient: number, curvature: number, square: number];

const rule = gaussLegendre(24);
/** Of the tails what is below e^{−LEFT} is left out. */
const LEFT = 38;
const WIDEST = 1;

/** Under Δ ~ N(mean, variance), with τ = Infinity for what is not clipped. */
function ofNormal(shape: SlopeShape, bound: number, mean: number, variance: number, out: Three): void {
  const root = Math.sqrt(variance);
  if (shape.kind === 'sign') {
    const z = mean / root;
    // 2Φ(z) − 1 keeps its digits near 0 as Φ(z) − Φ(−z)
    out[0] = normalCdf(z) - normalCdf(-z);
    out[1] = (2 * normalDensity(z)) / root;
    out[2] = 1;
    return;
  }
  if (bound === Infinity) {
    [out[0], out[1], out[2]] = [mean, 1, variance + mean * mean];
    return;
  }
  const [low, high] = [(-bound - mean) / root, (bound - mean) / root];
  const inside = normalCdf(high) - normalCdf(low);
  const [below, above] = [normalCdf(low), normalCdf(-high)];
  const [lowDensity, highDensity] = [normalDensity(low), normalDensity(high)];
  out[0] = bound * (above - below) + mean * inside + root * (lowDensity - highDensity);
  out[1] = inside;
  out[2] =
    bound * bound * (above + below) +
    (mean * mean + variance) * inside +
    root * ((mean - bound) * lowDensity - (mean + bound) * highDensity);
}

/** Averages over noise `scale` · t with Student's t of so many degrees. */
function ofTails(shape: SlopeShape, bound: number, tails: Tails, mean: number, variance: number, out: Three): void {
  const { degrees, scale } = tails;
  const unit = scale * Math.sqrt(degrees);
  const edges = shape.kind === 'sign' ? [0] : bound < Infinity ? [-bound, bound] : [];
  const root = Math.sqrt(variance);
  const cuts = edges.flatMap((edge) =>
    TRANSITION.flatMap((step) => [-step, step].map((sd) => asinh((mean - edge + sd * root) / unit))),
  );
  const end = LEFT / degrees + 1;
  const inside = cuts.filter((cut) => Math.abs(cut) < end);
  const fences = [...new Set([-end, ...inside, 0, end])].sort((a, b) => a - b);
  const own: Three = [0, 0, 0];
  let mass = 0;
  out.fill(0);
  for (let k = 1; k < fences.length; k++) {
    const pieces = Math.ceil((fences[k] - fences[k - 1]) / WIDEST);
    const width = (fences[k] - fences[k - 1]) / pieces;
    for (let piece = 0; piece < pieces; piece++) {
      for (let n = 0; n < rule.nodes.length; n++) {
        const u = fences[k - 1] + width * (piece + rule.nodes[n]);
        const weight = width * rule.weights[n] * density(Math.abs(u), degrees);
        ofNormal(shape, bound, mean - unit * sinh(u), variance, own);
        mass += weight;
        for (let m = 0; m < 3; m++) out[m] += weight * own[m];
      }
    }
  }
  for (let m = 0; m < 3; m++) out[m] /= mass;
}

const sinh = (u: number): number => 0.5 * (exp(u) - exp(-u));
const asinh = (x: number): number => Math.sign(x) * log(Math.abs(x) + Math.sqrt(x * x + 1));
/** cosh(u)^{−ν} = (e^{|u|} (1 + e^{−2|u|})/2)^{−ν}. */
const density = (u: number, degrees: number): number => exp(-degrees * u) * pow(0.5 * (1 + exp(-2 * u)), -degrees);

/** The moments; the risk is that of ½ Δ² with the labels' noise, heavy tails left out. */
export function residualMoments({ noise, tails }: Labels, shape: SlopeShape): MomentsOf {
  const three: Three = [0, 0, 0];
  return (classIndex, law, out) => {
    const mean = law.mean - law.teacherMean;
    const difference = Math.max(0, law.variance - 2 * law.covariance + law.teacherVariance) + noise * noise;
    const variance = Math.max(difference, LEAST_VARIANCE);
    const bound = shape.kind === 'clip' ? shape.bounds[classIndex] : 0;
    if (tails) ofTails(shape, bound, tails, mean, variance, three);
    else ofNormal(shape, bound, mean, variance, three);
    out.risk = 0.5 * (difference + squared(mean));
    out.gradient = three[0];
    out.curvature = three[1];
    out.cross = -three[1];
    out.gradientSquare = three[2];
    out.errorEstimate = 0;
  };
}
