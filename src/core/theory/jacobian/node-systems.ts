/** The linear systems of the nodes at fixed moments, for several outputs: shift + γA_n for x̄_n, shift + γ(A_n · + · A_n) for S_n. */
import { type GaussianMoments } from '../../loss/loss.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { createRotation, eigenbasis } from '../../math/packed-matrices.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';

export interface NodeSystems {
  /** Takes A_n of the moments, and γ. */
  linearise(rate: number, moments: readonly GaussianMoments[]): void;
  factor(shift: number): void;
  /** Overwrites the x̄ and S parts of b by the solutions. */
  solve(b: Float64Array): void;
}

export function createNodeSystems({ priors, ridge, directions }: Problem, shape: StateShape): NodeSystems {
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const { eigenvalues } = directions;
  const pairs = packedSize(outputs);
  const decay = new Float64Array(pairs);
  const hessians = Array.from({ length: priors.length }, () => new Float64Array(pairs));
  const bases = Array.from({ length: nodes }, () => ({
    rates: new Float64Array(outputs),
    vectors: new Float64Array(outputs * outputs),
    mean: new Float64Array(outputs),
    noise: new Float64Array(pairs),
  }));
  const rotation = createRotation(outputs);
  const column = new Float64Array(outputs);
  const matrix = new Float64Array(pairs);
  let rate = 0;

  function solveMean(b: Float64Array, n: number): void {
    const { vectors, mean } = bases[n];
    for (let k = 0; k < outputs; k++) {
      let sum = 0;
      for (let a = 0; a < outputs; a++) sum += vectors[a * outputs + k] * b[a * nodes + n];
      column[k] = sum * mean[k];
    }
    for (let a = 0; a < outputs; a++) {
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += vectors[a * outputs + k] * column[k];
      b[a * nodes + n] = sum;
    }
  }

  function solveNoise(b: Float64Array, n: number): void {
    const { vectors, noise } = bases[n];
    for (let k = 0; k < pairs; k++) matrix[k] = b[noiseAt + k * nodes + n];
    rotation.toBasis(matrix, vectors, matrix);
    for (let k = 0; k < pairs; k++) matrix[k] *= noise[k];
    rotation.fromBasis(matrix, vectors, matrix);
    for (let k = 0; k < pairs; k++) b[noiseAt + k * nodes + n] = matrix[k];
  }

  return {
    linearise(newRate, moments) {
      rate = newRate;
      moments.forEach(({ hessian }, i) => {
        for (let a = 0, k = 0; a < outputs; a++) {
          for (let b = 0; b <= a; b++, k++) hessians[i][k] = priors[i] * hessian[a * outputs + b];
        }
      });
      for (let n = 0; n < nodes; n++) {
        decay.fill(0);
        for (let a = 0; a < outputs; a++) decay[packed(a, a)] = ridge;
        for (let i = 0; i < priors.length; i++) {
          const lambda = eigenvalues[i * nodes + n];
          for (let k = 0; k < pairs; k++) decay[k] += lambda * hessians[i][k];
        }
        const { rates, vectors } = eigenbasis(decay, outputs);
        bases[n].rates.set(rates);
        bases[n].vectors.set(vectors);
      }
    },
    factor(shift) {
      for (const { rates, mean, noise } of bases) {
        for (let a = 0, k = 0; a < outputs; a++) {
          mean[a] = 1 / (shift + rate * rates[a]);
          for (let b = 0; b <= a; b++, k++) noise[k] = 1 / (shift + rate * (rates[a] + rates[b]));
        }
      }
    },
    solve(b) {
      for (let n = 0; n < nodes; n++) {
        solveMean(b, n);
        if (noiseRows > 0) solveNoise(b, n);
      }
    },
  };
}
