/** The arrays of one experiment in an archive. */
import { refusal, type Refusal } from '../../refusal/refusal.ts';
import { MemberError } from './errors.ts';
import { NpyError, numbersOf, parseNpy } from '../../study/npy.ts';
import { type Zip } from './zip-reader.ts';

/** Arrays of an experiment by their keys; damage goes to `refusals`. */
export interface Arrays {
  has(key: string): boolean;
  /** Shape and numbers; null if the array is not there or is damaged. `null` extents in `shape` may be anything. */
  read(key: string, shape: readonly (number | null)[]): { shape: readonly number[]; values: Float64Array } | null;
  complain(key: string, message: string): void;
}

export function arraysOf(zip: Zip, id: string, refusals: Refusal[]): Arrays {
  const member = (key: string) => `${id}/${key}.npy`;
  const complain = (key: string, message: string) =>
    void refusals.push(refusal(key === '' ? id : member(key), 'said', { text: message }));
  return {
    has: (key) => zip.has(member(key)),
    complain,
    read(key, shape) {
      if (!zip.has(member(key))) return null;
      try {
        const array = parseNpy(zip.read(member(key)));
        const fits = array.shape.length === shape.length && shape.every((n, k) => n === null || n === array.shape[k]);
        if (!fits) {
          const expected = shape.map((extent) => extent ?? 'any').join(', ');
          throw new MemberError(`expected the shape (${expected}), got (${array.shape.join(', ')})`);
        }
        return { shape: array.shape, values: numbersOf(array) };
      } catch (error) {
        if (!(error instanceof MemberError || error instanceof NpyError || error instanceof RangeError)) throw error;
        complain(key, error.message);
        return null;
      }
    },
  };
}
