/**
 * Least squares with a teacher on n samples of one class without a mean, drawn with replacement or all at once: (M1)–(M2)
 * for a typical data set, direction by direction, by the deterministic equivalents (M3). The equation of f is solved by its
 * Laplace transform: f̂ = f̂_gf/(1 − k̂), exact for a constant rate.
 */
import { type Directions } from '../../model/directions.ts';
import { conjugate, multiplied, quotient, type Complex } from './complex.ts';
import { CONTOUR_NODES, createContours, grownWeights, type Contour } from './contours.ts';
import { realKappa, type Spectrum } from './resolvent.ts';

export interface OneClass {
  /** Of one class and one teacher output. */
  readonly directions: Directions;
  /** n. */
  readonly samples: number;
  /** σ². */
  readonly noise: number;
  /** γ. */
  readonly rate: number;
  /** γ/(d b); 0 without the noise of batches. */
  readonly gain: number;
}

export interface OneClassSolution {
  /**
   * The mean x̄ and the variance S of X over data sets and steps at t, N each.
   * @returns f, the train risk.
   */
  stateAt(t: number, mean: Float64Array, variance: Float64Array): number;
}

const ZERO: Complex = { re: 0, im: 0 };
const plus = (a: Complex, b: Complex, factor = 1): Complex => ({ re: a.re + factor * b.re, im: a.im + factor * b.im });
const scaled = (a: Complex, factor: number): Complex => ({ re: factor * a.re, im: factor * a.im });

/** [(K̂+s)⁻¹]_n = κ/(s(λ_n+κ)) at every contour node, two numbers each, node after node of the directions. */
function resolvents({ directions }: OneClass, { points, kappas }: Contour): Float64Array {
  const { nodes, eigenvalues } = directions;
  const out = new Float64Array(2 * CONTOUR_NODES * nodes);
  for (let n = 0; n < nodes; n++) {
    for (let a = 0; a < CONTOUR_NODES; a++) {
      const { re, im } = quotient(kappas[a], multiplied(points[a], plus({ re: eigenvalues[n], im: 0 }, kappas[a])));
      out[2 * (n * CONTOUR_NODES + a)] = re;
      out[2 * (n * CONTOUR_NODES + a) + 1] = im;
    }
  }
  return out;
}

/**
 * The form h ↦ hᵀFh of what the spread of data sets makes of the bias, h the real and imaginary parts of weighted resolvents:
 * x*ᵀ(K̂+s)⁻¹e e ᵀ(K̂+s′)⁻¹x* is that of the means and λ/n times κκ′/((λ+κ)(λ+κ′)ss′) V, with
 * V = Σx*²λ/((λ+κ)(λ+κ′)) / (1 − (1/n)Σλ²/((λ+κ)(λ+κ′))).
 */
function biasForm({ directions, samples }: OneClass, { kappas }: Contour): Float64Array {
  const { nodes, eigenvalues, weight, teacher } = directions;
  const inverses = kappas.map((kappa) =>
    Array.from(eigenvalues, (lambda) => quotient({ re: 1, im: 0 }, plus({ re: lambda, im: 0 }, kappa))),
  );
  const pair = (first: readonly Complex[], second: readonly Complex[], turn: (z: Complex) => Complex): Complex => {
    let bias = ZERO;
    let rest: Complex = { re: 1, im: 0 };
    for (let n = 0; n < nodes; n++) {
      const both = multiplied(first[n], turn(second[n]));
      const lambda = eigenvalues[n];
      bias = plus(bias, both, weight[n] * teacher[n] * teacher[n] * lambda);
      rest = plus(rest, both, (-weight[n] * lambda * lambda) / samples);
    }
    return quotient(bias, rest);
  };
  const size = 2 * CONTOUR_NODES;
  const form = new Float64Array(size * size);
  for (let a = 0; a < CONTOUR_NODES; a++) {
    for (let b = 0; b < CONTOUR_NODES; b++) {
      const straight = pair(inverses[a], inverses[b], (z) => z);
      const crossed = pair(inverses[a], inverses[b], conjugate);
      form[2 * a * size + 2 * b] = 0.5 * (straight.re + crossed.re);
      form[(2 * a + 1) * size + 2 * b + 1] = 0.5 * (crossed.re - straight.re);
      form[2 * a * size + 2 * b + 1] = 0.5 * (crossed.im - straight.im);
      form[(2 * a + 1) * size + 2 * b] = -0.5 * (crossed.im + straight.im);
    }
  }
  return form;
}

/** The exponent at which f grows, in units of −eigenvalues: 0 where the noise of batches dies out. */
function growth({ gain }: OneClass, spectrum: Spectrum, trace: number): number {
  const feedback = (s: number) => 0.5 * gain * (trace - s * spectrum.samples * (1 - s / realKappa(spectrum, s)));
  if (0.5 * gain * trace < 1) return 0;
  let low = 0;
  let high = Math.max(trace / spectrum.samples, 1e-300);
  while (feedback(high) > 1) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = 0.5 * (low + high);
    if (feedback(middle) > 1) low = middle;
    else high = middle;
  }
  return high;
}

/** (M1)–(M3) at any time. */
export function solveOneClass(problem: OneClass): OneClassSolution {
  const { directions, samples, noise, rate, gain } = problem;
  const { nodes, eigenvalues, weight, teacher } = directions;
  const spectrum: Spectrum = { eigenvalues, weights: weight, samples };
  const sum = (of: (n: number) => number) => weight.reduce((total, w, n) => total + w * of(n), 0);
  const trace = sum((n) => eigenvalues[n]);
  const dimension = sum(() => 1);
  const signal = sum((n) => teacher[n] * teacher[n] * eigenvalues[n]);

  /** f̂ at the nodes of a contour, of 2γt. */
  const trainOn = ({ points, kappas }: Contour): Complex[] =>
    points.map((s, a) => {
      let bias = ZERO;
      let left = ZERO;
      for (let n = 0; n < nodes; n++) {
        const inverse = quotient({ re: weight[n], im: 0 }, plus({ re: eigenvalues[n], im: 0 }, kappas[a]));
        bias = plus(bias, inverse, teacher[n] * teacher[n] * eigenvalues[n]);
        left = plus(left, inverse);
      }
      const rest = quotient(plus({ re: samples - dimension, im: 0 }, multiplied(kappas[a], left)), s);
      const flow = plus(scaled(bias, 0.5), rest, noise / (2 * samples));
      const shown = multiplied(s, plus({ re: 1, im: 0 }, quotient(s, kappas[a]), -1));
      return quotient(flow, plus({ re: 1 - 0.5 * gain * trace, im: 0 }, shown, 0.5 * gain * samples));
    });
  const flows = createContours(spectrum, 0, (contour) => ({
    resolvent: resolvents(problem, contour),
    form: biasForm(problem, contour),
  }));
  const doubled = createContours(spectrum, 0, (contour) => ({ resolvent: resolvents(problem, contour) }));
  const fed = createContours(spectrum, growth(problem, spectrum, trace), (contour) => ({ train: trainOn(contour) }));
  const weighted = new Float64Array(2 * CONTOUR_NODES);

  /** Adds to the variance what the drawn data make of bias and label noise, and writes the mean, at τ = γt. */
  function addFlow(tau: number, mean: Float64Array, variance: Float64Array): void {
    const contour = flows(tau);
    const { resolvent, form } = contour.prepared;
    const grown = grownWeights(contour, tau);
    const filled = grown.map((weightThere, a) => quotient(weightThere, contour.points[a]));
    const size = weighted.length;
    for (let n = 0; n < nodes; n++) {
      let decayed = 0;
      let integral = 0;
      for (let a = 0; a < CONTOUR_NODES; a++) {
        const re = resolvent[2 * (n * CONTOUR_NODES + a)];
        const im = resolvent[2 * (n * CONTOUR_NODES + a) + 1];
        weighted[2 * a] = grown[a].re * re - grown[a].im * im;
        weighted[2 * a + 1] = grown[a].re * im + grown[a].im * re;
        decayed += weighted[2 * a];
        integral += filled[a].re * re - filled[a].im * im;
      }
      let square = 0;
      for (let a = 0; a < size; a++) {
        let product = 0;
        for (let b = 0; b < size; b++) product += form[a * size + b] * weighted[b];
        square += weighted[a] * product;
      }
      mean[n] = teacher[n] * (1 - decayed);
      variance[n] += (eigenvalues[n] * square + 2 * noise * integral) / samples;
    }
  }

  /** −J(2γt) of (1 − e^{−τx})²/x = 2J(τ) − J(2τ). */
  function addDoubled(tau: number, variance: Float64Array): void {
    const contour = doubled(tau);
    const { resolvent } = contour.prepared;
    const filled = grownWeights(contour, tau).map((grown, a) => quotient(grown, contour.points[a]));
    for (let n = 0; n < nodes; n++) {
      let integral = 0;
      for (let a = 0; a < CONTOUR_NODES; a++) {
        const at = 2 * (n * CONTOUR_NODES + a);
        integral += filled[a].re * resolvent[at] - filled[a].im * resolvent[at + 1];
      }
      variance[n] -= (noise * integral) / samples;
    }
  }

  /** Adds the noise of batches, K̂ e^{−2γ(t−s)K̂} fed by f; returns f. */
  function addBatches(tau: number, variance: Float64Array): number {
    const contour = fed(tau);
    const grown = grownWeights(contour, tau).map((each, a) => multiplied(each, contour.prepared.train[a]));
    for (let n = 0; n < nodes && gain > 0; n++) {
      const lambda = eigenvalues[n];
      let noisy = 0;
      for (let a = 0; a < CONTOUR_NODES; a++) {
        noisy += quotient(grown[a], plus({ re: lambda, im: 0 }, contour.kappas[a])).re;
      }
      variance[n] += gain * lambda * noisy;
    }
    return grown.reduce((total, { re }) => total + re, 0);
  }

  return {
    stateAt(t, mean, variance) {
      mean.fill(0);
      variance.fill(0);
      if (t === 0 || rate === 0) return 0.5 * (signal + noise);
      addFlow(rate * t, mean, variance);
      if (noise > 0) addDoubled(2 * rate * t, variance);
      return addBatches(2 * rate * t, variance);
    },
  };
}
