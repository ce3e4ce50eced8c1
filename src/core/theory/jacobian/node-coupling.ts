/**
 * What couples the nodes of several outputs. Changes (δg_i, δH_i, δQ_i) of the moments push:
 *   x̄_n by −γ p_i (μ_{i,n} δg_i + λ_{i,n} δH_i x̄_n),   S_n by −γ p_i λ_{i,n} (δH_i S_n + S_n δH_i) + (γ²/(d b)) p_i c_{i,n} δQ_i.
 * In turn x̄_n, S_n move the laws: m_j by μ_{j,n} δx̄_n and B_j by λ_{j,n} (x̄_n δx̄_nᵀ + δx̄_n x̄_nᵀ + δS_n).
 */
import { packed, packedSize } from '../../model/overlaps.ts';
import { unpack } from '../../math/packed-matrices.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';

export interface NodeCoupling {
  /** Takes γ and the state. */
  linearise(rate: number, y: Float64Array): void;
  /** The change of the laws (m, then B packed) by a change of the state, class by class. */
  observe(change: Float64Array, out: Float64Array): void;
  /** What changes of the moments (g, then H and Q packed), class by class, push the state by. */
  push(moments: Float64Array, out: Float64Array): void;
}

export function createNodeCoupling(problem: Problem, shape: StateShape): NodeCoupling {
  const { priors, dimension, batchSize, noise, noisePower, directions } = problem;
  const { eigenvalues, means } = directions;
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const classes = priors.length;
  const pairs = packedSize(outputs);
  const lawSize = outputs + pairs;
  const momentSize = outputs + 2 * pairs;
  const x = new Float64Array(outputs);
  const s = new Float64Array(pairs);
  const squares = new Float64Array(nodes);
  const combined = new Float64Array(momentSize);
  const hessian = new Float64Array(outputs * outputs);
  const covariance = new Float64Array(outputs * outputs);
  let rate = 0;
  let state = new Float64Array(0);

  function readNode(n: number): void {
    for (let a = 0; a < outputs; a++) x[a] = state[a * nodes + n];
    for (let k = 0; k < noiseRows; k++) s[k] = state[noiseAt + k * nodes + n];
  }

  return {
    linearise(newRate, y) {
      rate = newRate;
      state = y.slice();
    },
    observe(change, out) {
      out.fill(0);
      for (let a = 0; a < outputs; a++) {
        for (let j = 0; j < classes; j++) {
          let sum = 0;
          for (let n = 0; n < nodes; n++) sum += means[j * nodes + n] * change[a * nodes + n];
          out[j * lawSize + a] = sum;
        }
        for (let b = 0; b <= a; b++) {
          const k = packed(a, b);
          for (let n = 0; n < nodes; n++) {
            squares[n] = state[a * nodes + n] * change[b * nodes + n] + state[b * nodes + n] * change[a * nodes + n];
            if (noiseRows > 0) squares[n] += change[noiseAt + k * nodes + n];
          }
          for (let j = 0; j < classes; j++) {
            let sum = 0;
            for (let n = 0; n < nodes; n++) sum += eigenvalues[j * nodes + n] * squares[n];
            out[j * lawSize + outputs + k] = sum;
          }
        }
      }
    },
    push(moments, out) {
      for (let n = 0; n < nodes; n++) {
        readNode(n);
        combined.fill(0);
        for (let i = 0; i < classes; i++) addMoments(moments, i, n);
        pushNode(n, out);
      }
    },
  };

  /** Adds what the moments of a class push a node by to `combined`, x̄ and S taken as 1. */
  function addMoments(moments: Float64Array, i: number, n: number): void {
    const at = i * momentSize;
    const g = -rate * priors[i] * means[i * nodes + n];
    const h = -rate * priors[i] * eigenvalues[i * nodes + n];
    for (let k = 0; k < outputs; k++) combined[k] += g * moments[at + k];
    for (let k = outputs; k < lawSize; k++) combined[k] += h * moments[at + k];
    if (!noise || noiseRows === 0) return;
    const q = (rate * rate * priors[i] * noisePower[i * nodes + n]) / (dimension * batchSize);
    for (let k = lawSize; k < momentSize; k++) combined[k] += q * moments[at + k];
  }

  /** What `combined` does to the node that was read. */
  function pushNode(n: number, out: Float64Array): void {
    unpack(combined.subarray(outputs, lawSize), outputs, hessian);
    for (let a = 0; a < outputs; a++) {
      let sum = combined[a];
      for (let b = 0; b < outputs; b++) sum += hessian[a * outputs + b] * x[b];
      out[a * nodes + n] = sum;
    }
    if (noiseRows === 0) return;
    unpack(s, outputs, covariance);
    for (let a = 0, k = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++, k++) {
        let sum = combined[lawSize + k];
        for (let c = 0; c < outputs; c++) {
          sum += hessian[a * outputs + c] * covariance[b * outputs + c];
          sum += hessian[b * outputs + c] * covariance[a * outputs + c];
        }
        out[noiseAt + k * nodes + n] = sum;
      }
    }
  }
}
