/** Numbers as little-endian bytes, the order of result files and of the library, and back; copies, never views. */
import { endianness } from 'node:os';

const SWAP = endianness() === 'BE';

/** Bytes of float64 numbers. */
export function floatBytes(values: Float64Array): Uint8Array {
  const bytes = Buffer.from(values.slice().buffer);
  return SWAP ? bytes.swap64() : bytes;
}

/**
 * Float64 numbers of bytes, bit for bit.
 * @throws RangeError if the length is not a multiple of 8.
 */
export function floatsOf(bytes: Uint8Array): Float64Array {
  if (bytes.length % 8 !== 0) throw new RangeError(`expected a multiple of 8 bytes, got ${bytes.length}`);
  const copy = Buffer.from(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  if (SWAP) copy.swap64();
  return new Float64Array(copy.buffer);
}
