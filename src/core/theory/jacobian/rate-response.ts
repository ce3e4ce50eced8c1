/**
 * What a learning rate that depends on the state adds to the Jacobian: ∂f/∂γ times the rate's slopes, of rank one over
 * everything. What solves with the Jacobian at a fixed rate becomes a Jacobian that solves with all of it.
 */
import { packed } from '../../model/overlaps.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { type Jacobian } from './jacobian.ts';

/** What the solution of a system at a fixed rate changes, of each class: what learning rates depend on. */
export interface Changes {
  /** δR_i. */
  readonly risk: Float64Array;
  /** tr δQ_i. */
  readonly trace: Float64Array;
}

/**
 * @param solveAtRate overwrites all of b but its entry for G by the solution at a fixed rate, and tells what it changes.
 */
export function createRateResponse(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  solveAtRate: (b: Float64Array) => Changes,
): Jacobian {
  const { priors, dimension, batchSize, noise, noisePower, power } = problem;
  const { nodes, outputs, noiseRows, noiseAt, accumulatedAt, size } = shape;
  const classes = priors.length;
  const noiseScale = 1 / (dimension * batchSize);
  const byRate = new Float64Array(size);
  /** (shift − J_0)⁻¹ ∂f/∂γ with J_0 at a fixed rate, and what it changes the rate by. */
  const response = new Float64Array(size);
  let responseRate = 0;
  const riskWeight = new Float64Array(classes);
  const traceWeight = new Float64Array(classes);
  let accumulatedWeight = 0;
  let shift = 1;

  /** ∂f/∂γ from f itself: the first-order terms are f/γ, and the noise term counts twice. */
  function writeRateSlope(rate: number, slope: Float64Array): void {
    byRate.fill(0);
    if (rate <= 0) return;
    for (let n = 0; n < noiseAt; n++) byRate[n] = slope[n] / rate;
    for (let a = 0; a < (noiseRows > 0 ? outputs : 0); a++) {
      for (let b = 0; b <= a; b++) {
        const row = noiseAt + packed(a, b) * nodes;
        for (let n = 0; n < nodes; n++) byRate[row + n] = slope[row + n] / rate;
        if (!noise) continue;
        for (let i = 0; i < classes; i++) {
          const q = rate * noiseScale * priors[i] * coupling.moments[i].gradientSquare[a * outputs + b];
          for (let n = 0; n < nodes; n++) byRate[row + n] += q * noisePower[i * nodes + n];
        }
      }
    }
  }

  /** Solves at a fixed rate, and for G; returns the change of the rate. */
  function solveWithAccumulated(b: Float64Array): number {
    const { risk, trace } = solveAtRate(b);
    let change = 0;
    for (let i = 0; i < classes; i++) change += riskWeight[i] * risk[i] + traceWeight[i] * trace[i];
    if (accumulatedAt < 0) return change;
    let sum = b[accumulatedAt];
    for (let i = 0; i < classes; i++) sum += noiseScale * priors[i] * power[i] * trace[i];
    b[accumulatedAt] = sum / shift;
    return change + accumulatedWeight * b[accumulatedAt];
  }

  const rateDepends = (): boolean =>
    accumulatedWeight !== 0 || riskWeight.some((weight) => weight !== 0) || traceWeight.some((weight) => weight !== 0);

  return {
    byRate,
    linearise({ slope, rate, rateSlopes }) {
      writeRateSlope(rate, slope);
      accumulatedWeight = rateSlopes.byAccumulated;
      for (let i = 0; i < classes; i++) {
        riskWeight[i] = priors[i] * rateSlopes.byRisk;
        traceWeight[i] = priors[i] * noiseScale * power[i] * rateSlopes.byPower;
      }
    },
    factor(newShift) {
      shift = newShift;
      if (!rateDepends()) return;
      response.set(byRate);
      responseRate = solveWithAccumulated(response);
    },
    solve(b) {
      const change = solveWithAccumulated(b);
      if (!rateDepends()) return;
      const factor = change / (1 - responseRate);
      for (let n = 0; n < size; n++) b[n] += factor * response[n];
    },
  };
}
