/** Sobol points, scrambled by a random linear matrix and a digital shift: low-discrepancy points in (0, 1)^n. */
import { type Stream } from './random.ts';
import { directionNumbers } from './sobol-table.ts';

const BITS = 32;

/** Largest dimension of a Sobol point. */
export const MAX_SOBOL_DIMENSION = directionNumbers.length;

/** Directions v_1 … v_32 of one dimension as 32-bit words, most significant bit first (Joe & Kuo's recurrence). */
function directions(dimension: number): Uint32Array {
  const [polynomial, ...initial] = directionNumbers[dimension];
  const v = new Uint32Array(BITS);
  if (dimension === 0) return v.map((_, k) => 1 << (BITS - 1 - k));
  const degree = initial.length;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      v[k] = initial[k] << (BITS - 1 - k);
      continue;
    }
    let word = v[k - degree] ^ (v[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) if ((polynomial >>> (degree - j)) & 1) word ^= v[k - j];
    v[k] = word;
  }
  return v;
}

/** A random lower-triangular matrix with ones on its diagonal, over the bits from the most significant down. */
function randomLowerTriangle(stream: Stream): Uint32Array {
  // Row `bit` keeps the bits above it and its own: bits less significant than it never reach it.
  return Uint32Array.from({ length: BITS }, (_, bit) => {
    const own = 1 << (BITS - 1 - bit);
    const above = bit === 0 ? 0 : -1 << (BITS - bit);
    return (stream.word() & above) | own;
  });
}

function parity(word: number): number {
  let bits = word ^ (word >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  return (0x6996 >>> (bits & 15)) & 1;
}

function multiply(matrix: Uint32Array, word: number): number {
  let result = 0;
  for (let bit = 0; bit < BITS; bit++) result |= parity(matrix[bit] & word) << (BITS - 1 - bit);
  return result;
}

/**
 * The first `count` Sobol points, n×count row-major: all first coordinates, then all second ones.
 * Without a stream they are the plain points, in Gray-code order and with the origin first. With a stream they are
 * scrambled (J. Matoušek, J. Complexity 14 (1998) 527), so that each is uniform in the open cube.
 * @param dimension n, 1 to MAX_SOBOL_DIMENSION.
 * @throws RangeError outside that range.
 */
export function sobolPoints(dimension: number, count: number, stream?: Stream): Float64Array {
  if (!(dimension >= 1 && dimension <= MAX_SOBOL_DIMENSION)) {
    throw new RangeError(`expected 1 to ${MAX_SOBOL_DIMENSION} dimensions, got ${dimension}`);
  }
  const points = new Float64Array(dimension * count);
  for (let coordinate = 0; coordinate < dimension; coordinate++) {
    let v = directions(coordinate);
    let word = 0;
    if (stream) {
      const matrix = randomLowerTriangle(stream);
      v = v.map((direction) => multiply(matrix, direction));
      word = stream.word();
    }
    const center = stream ? 0.5 : 0;
    for (let k = 0; k < count; k++) {
      points[coordinate * count + k] = ((word >>> 0) + center) / 4294967296;
      // The bit that changes from the k-th Gray code to the next is the lowest zero bit of k.
      word ^= v[31 - Math.clz32(~k & (k + 1))];
    }
  }
  return points;
}
