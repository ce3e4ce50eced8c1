/**
 * Least squares on n samples of one class without a mean, drawn with replacement: (M1)–(M2) for a typical data set by the
 * deterministic equivalents (M3). Functions of time are inverse Laplace transforms on parabolas, one per octave of time.
 */
import { exp } from '../../math/elementary.ts';
import { kappasAlong, type Complex, type Spectrum } from './resolvent.ts';

/** Nodes of the upper half of a contour: with times within a factor 2, errors of some 1e-10. */
const NODES = 16;

export interface LeastSquaresProblem extends Spectrum {
  /** Σ of x*² of each eigenvalue. */
  readonly teacher: Float64Array;
  /** σ². */
  readonly noise: number;
}

/** A contour for τ in (longest/2, longest]: what is needed of κ there. */
interface Contour {
  readonly points: readonly Complex[];
  readonly kappas: readonly Complex[];
  /** ds/du, times the step of the rule and 1/π. */
  readonly weights: readonly Complex[];
  /** x*ᵀ(K̂+s)⁻¹K(K̂+s′)⁻¹x* for each pair, the second conjugated or not. */
  readonly pairs: readonly (readonly [Complex, Complex])[][];
}

const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const over = (a: Complex, b: Complex): Complex => {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
};
const conjugate = ({ re, im }: Complex): Complex => ({ re, im: -im });
const grow = ({ re, im }: Complex, t: number): Complex => {
  const size = exp(re * t);
  return { re: size * Math.cos(im * t), im: size * Math.sin(im * t) };
};

function contourOf(problem: LeastSquaresProblem, longest: number): Contour {
  const root = Math.sqrt(17);
  const step = root / NODES;
  const mu = (Math.PI / (4 * root)) * (NODES / longest);
  const at = Array.from({ length: NODES }, (_, k) => (k + 0.5) * step);
  const points = at.map((u) => ({ re: mu * (1 - u * u), im: 2 * mu * u }));
  const kappas = kappasAlong(problem, mu, points);
  // (1/2πi) ∫ e^{sτ} F ds over both halves is Re of (1/πi)(ds/du) h e^{sτ} F over the upper one; ds/du = 2μ(i − u)
  const weights = at.map((u) => ({ re: (2 * mu * step) / Math.PI, im: (2 * mu * step * u) / Math.PI }));
  const pairs = points.map((s, a) =>
    points.map((other, b): [Complex, Complex] => [
      sandwich(problem, s, kappas[a], other, kappas[b]),
      sandwich(problem, s, kappas[a], conjugate(other), conjugate(kappas[b])),
    ]),
  );
  return { points, kappas, weights, pairs };
}

/** (M3), its last line. */
function sandwich(p: LeastSquaresProblem, s: Complex, kappa: Complex, s2: Complex, kappa2: Complex): Complex {
  let bias: Complex = { re: 0, im: 0 };
  let rest: Complex = { re: 1, im: 0 };
  for (let k = 0; k < p.eigenvalues.length; k++) {
    const lambda = p.eigenvalues[k];
    const both = times({ re: lambda + kappa.re, im: kappa.im }, { re: lambda + kappa2.re, im: kappa2.im });
    const inverse = over({ re: lambda, im: 0 }, both);
    bias = { re: bias.re + p.teacher[k] * inverse.re, im: bias.im + p.teacher[k] * inverse.im };
    const share = (p.weights[k] * lambda) / p.samples;
    rest = { re: rest.re - share * inverse.re, im: rest.im - share * inverse.im };
  }
  return over(times(times(kappa, kappa2), bias), times(times(s, s2), rest));
}

export interface TypicalFunctions {
  /** tr K̂² e^{−τK̂}. */
  square(tau: number): number;
  /** tr K K̂ e^{−τK̂}. */
  mixed(tau: number): number;
  /** f along gradient flow at τ = γ t. */
  trainFlow(tau: number): number;
  /** R along gradient flow at τ = γ t. */
  riskFlow(tau: number): number;
}

/** The functions of time of (M1)–(M2). */
export function typicalFunctions(p: LeastSquaresProblem): TypicalFunctions {
  const { eigenvalues, weights, teacher, samples, noise } = p;
  const sum = (of: (lambda: number, k: number) => number) => eigenvalues.reduce((total, l, k) => total + of(l, k), 0);
  const dimension = sum((_, k) => weights[k]);
  const trace = sum((l, k) => weights[k] * l);
  const trace2 = sum((l, k) => weights[k] * l * l);
  const signal = sum((l, k) => teacher[k] * l);
  const contours = new Map<number, Contour>();
  const contourAt = (tau: number): Contour => {
    const octave = Math.ceil(Math.log2(tau));
    let found = contours.get(octave);
    if (!found) contours.set(octave, (found = contourOf(p, 2 ** octave)));
    return found;
  };
  /** Inverse Laplace transform at τ > 0. */
  const inverse = (tau: number, of: (s: Complex, kappa: Complex) => Complex): number => {
    const { points, kappas, weights: w } = contourAt(tau);
    return points.reduce((total, s, k) => total + times(times(w[k], grow(s, tau)), of(s, kappas[k])).re, 0);
  };
  const single = (of: (lambda: number, k: number) => number) => (s: Complex, kappa: Complex) => {
    let total: Complex = { re: 0, im: 0 };
    for (let k = 0; k < eigenvalues.length; k++) {
      const part = over({ re: of(eigenvalues[k], k), im: 0 }, { re: eigenvalues[k] + kappa.re, im: kappa.im });
      total = { re: total.re + part.re, im: total.im + part.im };
    }
    return total;
  };
  const trained = single((l, k) => teacher[k] * l);
  const traced = single((_, k) => weights[k]);
  /** J(τ) = tr K (1 − e^{−τK̂}) K̂⁺ K̂ … of (M3): tr K K̂⁺… by the resolvent over s. */
  const filled = (tau: number) =>
    inverse(tau, (s, kappa) => {
      const resolvent = over({ re: samples * (kappa.re - s.re), im: samples * (kappa.im - s.im) }, s);
      return over(resolvent, s);
    });
  const bias = (tau: number): number => {
    const { points, weights: w, pairs } = contourAt(tau);
    const grown = points.map((s, k) => times(w[k], grow(s, tau)));
    let total = 0;
    for (let a = 0; a < points.length; a++) {
      for (let b = 0; b < points.length; b++) {
        const [straight, crossed] = pairs[a][b];
        total += 0.5 * times(times(grown[a], grown[b]), straight).re;
        total += 0.5 * times(times(grown[a], conjugate(grown[b])), crossed).re;
      }
    }
    return total;
  };
  return {
    square: (tau) =>
      tau === 0
        ? trace2 + (trace * trace) / samples
        : inverse(tau, (s, kappa) => {
            const part = over(times(s, s), kappa);
            return { re: samples * (part.re - s.re), im: samples * (part.im - s.im) };
          }),
    mixed: (tau) =>
      tau === 0
        ? trace2
        : inverse(tau, (s, kappa) => ({ re: -samples * (kappa.re - s.re), im: -samples * (kappa.im - s.im) })) * -1 * -1,
    trainFlow(tau) {
      if (tau === 0) return 0.5 * (signal + noise);
      const left = inverse(2 * tau, (s, kappa) => over(times(kappa, traced(s, kappa)), s));
      return 0.5 * inverse(2 * tau, trained) + (noise / (2 * samples)) * (samples - dimension + left);
    },
    riskFlow(tau) {
      if (tau === 0) return 0.5 * (signal + noise);
      return 0.5 * bias(tau) + (noise / (2 * samples)) * (2 * filled(tau) - filled(2 * tau)) + 0.5 * noise;
    },
  };
}
