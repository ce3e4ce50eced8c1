/** The weights of a diagonal network, X = u² − v², entry by entry. */
export interface DiagonalPair {
  /** u ← u − (γ/√d) 2 u G and v ← v + (γ/√d) 2 v G for the gradient G at X, which is written anew. */
  move(parameters: Float64Array, gradient: Float64Array, rate: number): void;
  /** √d mean |u v|, to the power 1/2: the effective α, α₀ at the start. */
  effectiveScale(): number;
}

/**
 * u = v = α₀ d^{−1/4}.
 * @param entries of X, ℓ·d.
 */
export function createDiagonalPair(scale: number, dimension: number, entries: number): DiagonalPair {
  const start = scale / Math.sqrt(Math.sqrt(dimension));
  const u = new Float64Array(entries).fill(start);
  const v = new Float64Array(entries).fill(start);
  return {
    move(parameters, gradient, rate) {
      const step = (2 * rate) / Math.sqrt(dimension);
      for (let k = 0; k < entries; k++) {
        u[k] -= step * gradient[k] * u[k];
        v[k] += step * gradient[k] * v[k];
        parameters[k] = u[k] * u[k] - v[k] * v[k];
      }
    },
    effectiveScale() {
      let sum = 0;
      for (let k = 0; k < entries; k++) sum += Math.abs(u[k] * v[k]);
      return Math.sqrt((Math.sqrt(dimension) * sum) / entries);
    },
  };
}
