/**
 * Diagonal networks X = u² − v² under one-pass SGD with steps γ/√d, in the limit of many coordinates: with B = √d X each
 * coordinate (λ, X*) is a process of its own that the common risk drives,
 *
 *   (N3)  B = 2α₀² e^{−λI} sinh η,  I′ = 8γ²R/b,  dη = −4γλ(B − √d X*) dt − √(32γ²λR/b) dW,  η(0) = 0,
 *         R = ½ Σ_ρ λ_ρ E(B_ρ/√d − X*_ρ)² + ½σ².
 *
 * Gradient flow is the same without dW and with I = 0. Heun's rule in η, whose noise does not depend on it.
 */
import { exp } from '../../math/elementary.ts';
import { type Outcome } from '../../experiment/outcome.ts';
import { type Setup } from '../../experiment/setup.ts';
import { rootStream } from '../../math/random.ts';
import { everyDirection } from '../../model/directions.ts';
import { createObserver } from '../../observables/observe.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { type FlowOptions, type TheoryReport } from '../theory.ts';
import { createDealer, particlesFor, sortStretch } from './particles.ts';

/** Step × largest rate of change: of decay, of η itself (counted in part), and of I. */
const SMALL = 0.04;
const PART = 0.3;
/** Risk above which nothing is followed any more. */
const TOO_LARGE = 1e12;

/** B, R and the largest rate of change of particles. */
function createState(setup: Setup, scale: number, count: number) {
  const { mixture, teacher, loss } = setup;
  const { dimension, eigenvalues } = mixture;
  const root = Math.sqrt(dimension);
  const weights = new Float64Array(dimension * count);
  const factor = scale * scale;
  const floor = 0.5 * loss.labels.noise * loss.labels.noise;

  /** Writes B from η and I; returns R and the largest rate of η or of its decay, over 4γ. */
  function update(eta: Float64Array, shrunk: number): { risk: number; stiffness: number } {
    let square = 0;
    let stiffness = 0;
    for (let rho = 0; rho < dimension; rho++) {
      const lambda = eigenvalues[rho];
      const own = factor * exp(-lambda * shrunk);
      const target = root * teacher[rho];
      let sum = 0;
      for (let k = rho * count; k < (rho + 1) * count; k++) {
        const e = exp(eta[k]);
        weights[k] = own * (e - 1 / e);
        const off = weights[k] - target;
        sum += off * off;
        const rate = lambda * Math.max(own * (e + 1 / e), PART * Math.abs(off));
        if (rate > stiffness) stiffness = rate;
      }
      square += lambda * sum;
    }
    return { risk: (0.5 * square) / (count * dimension) + floor, stiffness };
  }

  return { weights, update };
}

/** @throws RangeError for a setup that is not of a diagonal network. */
export function solveDiagonal(setup: Setup, { noise, onRow, shouldStop }: FlowOptions): TheoryReport {
  const { mixture, teacher, loss, schedule, layout, groups, steps, diagonal, experiment } = setup;
  if (diagonal === null) throw new RangeError('expected a diagonal network');
  const { dimension, eigenvalues } = mixture;
  const { batchSize } = experiment.optimizer;
  const count = noise ? particlesFor(dimension) : 1;
  const state = createState(setup, diagonal, count);
  const root = Math.sqrt(dimension);
  const eta = new Float64Array(dimension * count);
  const trial = new Float64Array(eta.length);
  const slope = new Float64Array(eta.length);
  const kicks = new Float64Array(eta.length);
  const deal = createDealer(count, rootStream(0).child('diagonal'));
  const directions = everyDirection(mixture, teacher, groups.of);
  const parameters = new Float64Array(dimension);
  const variance = new Float64Array(dimension);
  const row = new Float64Array(layout.size);
  let shrunk = 0;
  let evaluations = 0;
  let accepted = 0;

  /** α₀ (mean_ρ e^{−λ_ρ I})^{1/2}. */
  function effectiveScale(): number {
    let sum = 0;
    for (let rho = 0; rho < dimension; rho++) sum += exp(-eigenvalues[rho] * shrunk);
    return (diagonal as number) * Math.sqrt(sum / dimension);
  }

  /** ‖X‖₁/√d. */
  const absolute = (): number => state.weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / (count * dimension);

  const observer = createObserver(layout, loss, mixture.priors, (name) => {
    if (name === 'effective_scale') return [effectiveScale()];
    return name === 'l1' ? [absolute()] : null;
  });

  function record(t: number, point: number): void {
    for (let rho = 0; rho < dimension; rho++) {
      const own = state.weights.subarray(rho * count, (rho + 1) * count);
      let [sum, square] = [0, 0];
      for (const weight of own) sum += weight;
      const mean = sum / count;
      for (const weight of own) square += (weight - mean) * (weight - mean);
      parameters[rho] = mean / root;
      variance[rho] = square / (count * dimension);
    }
    observer.observe(directions, parameters, variance, rateAt(schedule, t), row);
    onRow(point, row);
  }

  function writeSlope(rate: number): void {
    for (let rho = 0; rho < dimension; rho++) {
      const pull = 4 * rate * eigenvalues[rho];
      const target = root * teacher[rho];
      for (let k = rho * count; k < (rho + 1) * count; k++) slope[k] = -pull * (state.weights[k] - target);
    }
  }

  /** One step of Heun's rule; the state's B and R are those after it. */
  function step(t: number, h: number, risk: number): { risk: number; stiffness: number } {
    const next = rateAt(schedule, Math.min(t + h, last) * (1 - Number.EPSILON));
    const rate = rateAt(schedule, t);
    const power = (gamma: number, at: number) => (noise ? (8 * gamma * gamma * at) / batchSize : 0);
    for (let rho = 0; rho < dimension && noise; rho++) {
      // B grows with η: both are in order
      sortStretch(eta, rho * count, count);
      sortStretch(state.weights, rho * count, count);
      deal(kicks.subarray(rho * count, (rho + 1) * count));
    }
    writeSlope(rate);
    const first = power(rate, risk);
    const kick = (rho: number, size: number) => Math.sqrt(4 * eigenvalues[rho] * size * h);
    for (let rho = 0; rho < dimension; rho++) {
      const size = kick(rho, first);
      for (let k = rho * count; k < (rho + 1) * count; k++) {
        trial[k] = eta[k] + h * slope[k] + size * kicks[k];
        eta[k] += 0.5 * h * slope[k];
      }
    }
    const middle = state.update(trial, shrunk + h * first);
    const second = power(next, middle.risk);
    writeSlope(next);
    for (let rho = 0; rho < dimension; rho++) {
      const size = kick(rho, 0.5 * (first + second));
      for (let k = rho * count; k < (rho + 1) * count; k++) eta[k] += 0.5 * h * slope[k] + size * kicks[k];
    }
    shrunk += 0.5 * h * (first + second);
    evaluations += 2;
    accepted++;
    return state.update(eta, shrunk);
  }

  const times = steps.map((each) => each / dimension);
  const last = times[times.length - 1];
  const ends = [...schedule.breakpoints.filter((time) => time < last)];
  let t = 0;
  let now = state.update(eta, shrunk);
  let outcome: Outcome = { status: 'done', t: last };
  for (let point = 0; point < times.length && outcome.status === 'done'; point++) {
    while (t < times[point]) {
      const until = ends.find((end) => end > t && end < times[point]) ?? times[point];
      const rate = Math.max(rateAt(schedule, t), rateAt(schedule, until * (1 - Number.EPSILON)));
      const change = Math.max(4 * rate * now.stiffness, noise ? 8 * rate * rate * now.risk : 0);
      const longest = change > 0 ? SMALL / change : Infinity;
      const h = longest >= until - t ? until - t : (until - t) / Math.ceil((until - t) / longest);
      now = step(t, h, now.risk);
      t = until - t - h <= 1e-12 * until ? until : t + h;
      if (!(now.risk < TOO_LARGE)) {
        outcome = { status: 'diverged', t, quantity: 'risk', value: Number.isFinite(now.risk) ? now.risk : Infinity };
        break;
      }
      if (shouldStop()) {
        outcome = { status: 'cancelled', t };
        break;
      }
    }
    if (outcome.status === 'done') record(times[point], point);
  }
  return {
    outcome,
    accepted,
    rejected: 0,
    evaluations,
    integrator: 'heun',
    nodes: dimension * count,
    momentError: 0,
  };
}
