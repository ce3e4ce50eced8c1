/** Linear combinations of stages, the arithmetic that all methods share. */

/** Sum over stages in sparse form. */
export interface Combination {
  readonly index: readonly number[];
  readonly weight: Float64Array;
}

export const sparse = (weights: readonly number[]): Combination => {
  const index = [...weights.keys()].filter((s) => weights[s] !== 0);
  return { index, weight: Float64Array.from(index, (s) => weights[s]) };
};

/** out = base + h Σ w_s k_s, four stages at a time so that `out` is read and written rarely. */
export function combine(
  base: Float64Array | null,
  h: number,
  { index, weight }: Combination,
  k: readonly Float64Array[],
  out: Float64Array,
): void {
  const size = out.length;
  let from = base;
  const zero = k[index[0]];
  for (let s = 0; s < index.length; s += 4) {
    const left = index.length - s;
    const k0 = k[index[s]];
    const k1 = left > 1 ? k[index[s + 1]] : zero;
    const k2 = left > 2 ? k[index[s + 2]] : zero;
    const k3 = left > 3 ? k[index[s + 3]] : zero;
    const w0 = h * weight[s];
    const w1 = left > 1 ? h * weight[s + 1] : 0;
    const w2 = left > 2 ? h * weight[s + 2] : 0;
    const w3 = left > 3 ? h * weight[s + 3] : 0;
    if (from) {
      for (let n = 0; n < size; n++) out[n] = from[n] + (w0 * k0[n] + w1 * k1[n] + (w2 * k2[n] + w3 * k3[n]));
    } else {
      for (let n = 0; n < size; n++) out[n] = w0 * k0[n] + w1 * k1[n] + (w2 * k2[n] + w3 * k3[n]);
    }
    from = out;
  }
}
