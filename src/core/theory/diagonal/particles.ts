/**
 * Particles of the scalar processes (N3), N for each coordinate: η with B = 2α₀² e^{−λI} sinh η. Their normals are a net of
 * low discrepancy over the particles in the order of η (array-RQMC; P. L'Ecuyer et al., Operations Research 56, 2008): so few
 * of them tell the law of a coordinate.
 */
import { normalQuantile } from '../../math/normal.ts';
import { type Stream } from '../../math/random.ts';

/** Particles in all, about: for few coordinates more of each. */
const TOTAL = 32768;
const FEWEST = 16;
const MOST = 4096;

/** N for d coordinates, a power of two. */
export function particlesFor(dimension: number): number {
  const wanted = Math.min(MOST, Math.max(FEWEST, TOTAL / dimension));
  let count = 1;
  while (2 * count <= wanted) count *= 2;
  return count;
}

/** Normals at the midpoints of N equal shares, of variance 1. */
function stratifiedNormals(count: number): Float64Array {
  const normals = Float64Array.from({ length: count }, (_, k) => normalQuantile((k + 0.5) / count));
  const square = normals.reduce((sum, z) => sum + z * z, 0) / count;
  return square > 0 ? normals.map((z) => z / Math.sqrt(square)) : normals;
}

/** k with its bits in the opposite order, of those that count − 1 has. */
function bitReversed(count: number): Uint32Array {
  let bits = 0;
  while (1 << bits < count) bits++;
  return Uint32Array.from({ length: count }, (_, k) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) if (k & (1 << bit)) value |= 1 << (bits - 1 - bit);
    return value;
  });
}

/** Puts the N values of one coordinate in order; they nearly are. */
export function sortStretch(values: Float64Array, from: number, count: number): void {
  for (let k = from + 1; k < from + count; k++) {
    const value = values[k];
    let at = k - 1;
    for (; at >= from && values[at] > value; at--) values[at + 1] = values[at];
    values[at + 1] = value;
  }
}

/** Deals the normals of one step to the particles of a coordinate, whose η are in order. */
export function createDealer(count: number, stream: Stream): (out: Float64Array) => void {
  const normals = stratifiedNormals(count);
  const reversed = bitReversed(count);
  return (out) => {
    const shift = stream.word() & (count - 1);
    for (let k = 0; k < count; k++) out[k] = normals[reversed[k] ^ shift];
  };
}
