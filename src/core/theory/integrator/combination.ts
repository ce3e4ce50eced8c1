/** Linear combinations of stages, the arithmetic that all methods share. */

/** Weights of the stages that take part in a sum. */
export interface Combination {
  readonly index: readonly number[];
  readonly weight: Float64Array;
}

export const sparse = (weights: readonly number[]): Combination => {
  const index = [...weights.keys()].filter((s) => weights[s] !== 0);
  return { index, weight: Float64Array.from(index, (s) => weights[s]) };
};

/** out = base + h Σ w_s k_s (base null: 0), six stages at a time so that `out` is read and written rarely. */
export function combine(
  base: Float64Array | null,
  h: number,
  { index, weight }: Combination,
  k: readonly Float64Array[],
  out: Float64Array,
): void {
  const count = index.length;
  let from = base;
  if (!from) {
    out.fill(0);
    from = out;
  }
  let s = 0;
  for (; s + 6 <= count; s += 6) {
    add6(
      from,
      out,
      h,
      weight,
      s,
      k[index[s]],
      k[index[s + 1]],
      k[index[s + 2]],
      k[index[s + 3]],
      k[index[s + 4]],
      k[index[s + 5]],
    );
    from = out;
  }
  for (; s + 3 <= count; s += 3) {
    add3(from, out, h, weight, s, k[index[s]], k[index[s + 1]], k[index[s + 2]]);
    from = out;
  }
  for (; s < count; s++) {
    const stage = k[index[s]];
    const w = h * weight[s];
    for (let n = 0; n < out.length; n++) out[n] = from[n] + w * stage[n];
    from = out;
  }
  if (from !== out) out.set(from);
}

function add3(
  from: Float64Array,
  out: Float64Array,
  h: number,
  weight: Float64Array,
  s: number,
  k0: Float64Array,
  k1: Float64Array,
  k2: Float64Array,
): void {
  const w0 = h * weight[s];
  const w1 = h * weight[s + 1];
  const w2 = h * weight[s + 2];
  for (let n = 0; n < out.length; n++) out[n] = from[n] + (w0 * k0[n] + w1 * k1[n] + w2 * k2[n]);
}

function add6(
  from: Float64Array,
  out: Float64Array,
  h: number,
  weight: Float64Array,
  s: number,
  k0: Float64Array,
  k1: Float64Array,
  k2: Float64Array,
  k3: Float64Array,
  k4: Float64Array,
  k5: Float64Array,
): void {
  const w0 = h * weight[s];
  const w1 = h * weight[s + 1];
  const w2 = h * weight[s + 2];
  const w3 = h * weight[s + 3];
  const w4 = h * weight[s + 4];
  const w5 = h * weight[s + 5];
  for (let n = 0; n < out.length; n++) {
    out[n] = from[n] + (w0 * k0[n] + w1 * k1[n] + w2 * k2[n] + (w3 * k3[n] + w4 * k4[n] + w5 * k5[n]));
  }
}
