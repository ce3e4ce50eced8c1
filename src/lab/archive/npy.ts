/** Arrays of archives as .npy files (study/npy.ts): C order alone, and refusals that name a member. */
import { npyHeader, NpyError, numbersOf as numbers, parseNpy as parse } from '../../study/npy.ts';
import { MemberError } from './errors.ts';
import { floatBytes } from './little-endian.ts';

export interface NpyArray {
  /** NumPy's type, for instance `<f8`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** C order, little endian. */
  readonly bytes: Uint8Array;
}

/** Header and data of an array. */
export const npyPieces = ({ type, shape, bytes }: NpyArray): Uint8Array[] => [npyHeader(type, shape), bytes];

export function floatArray(shape: readonly number[], values: Float64Array): NpyArray {
  return { type: '<f8', shape, bytes: floatBytes(values) };
}

export function integerArray(values: readonly bigint[]): NpyArray {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, k) => bytes.writeBigInt64LE(value, 8 * k));
  return { type: '<i8', shape: [values.length], bytes };
}

/** @throws MemberError with what was expected. */
export function parseNpy(file: Uint8Array): NpyArray {
  try {
    const array = parse(file);
    if (array.fortran) throw new MemberError('expected an array in C order, got Fortran order');
    return array;
  } catch (error) {
    throw error instanceof NpyError ? new MemberError(error.message) : error;
  }
}

/** The numbers of an array as float64; of `<f8` bit for bit. */
export const numbersOf = (array: NpyArray): Float64Array => numbers({ ...array, fortran: false });
