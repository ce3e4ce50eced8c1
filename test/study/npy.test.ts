import { describe, expect, it } from 'vitest';
import { saidBy } from '../refusals.ts';
import { floatArray, integerArray, NpyError, npyPieces, numbersOf, parseNpy } from '../../src/study/npy.ts';

/** A .npy file with a header of one's own. */
function file(header: string, data: Uint8Array = new Uint8Array(8), version = [1, 0]): Buffer {
  const length =
    version[0] === 1 ? [header.length & 0xff, header.length >> 8] : [header.length & 0xff, header.length >> 8, 0, 0];
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, ...version, ...length]),
    Buffer.from(header),
    data,
  ]);
}

describe('.npy', () => {
  it.each([[[]], [[0]], [[1]], [[3]], [[2, 3]], [[2, 0, 3]], [[1, 2, 3, 4]]])('of shape %j reads back', (shape) => {
    const size = shape.reduce((product: number, extent: number) => product * extent, 1);
    const values = Float64Array.from({ length: size }, (_, k) => k / 3);
    const bytes = Buffer.concat(npyPieces(floatArray(shape, values)));
    const array = parseNpy(bytes);
    expect([array.shape, array.type]).toEqual([shape, '<f8']);
    expect(numbersOf(array)).toEqual(values);
    // data is aligned, so that files can be mapped
    expect((bytes.length - 8 * size) % 64).toBe(0);
  });

  it.each([
    ['<f4', Buffer.from(Float32Array.of(0.5, -2).buffer), [0.5, -2]],
    ['<i4', Buffer.from(Int32Array.of(5, -2).buffer), [5, -2]],
    ['<u4', Buffer.from(Uint32Array.of(5, 2 ** 32 - 1).buffer), [5, 2 ** 32 - 1]],
    ['<i8', Buffer.from(BigInt64Array.of(5n, -2n).buffer), [5, -2]],
    ['<u8', Buffer.from(BigUint64Array.of(5n, 2n ** 53n).buffer), [5, 2 ** 53]],
  ])('of type %s is read as numbers', (type, data, expected) => {
    const array = parseNpy(file(`{'descr': '${type}', 'fortran_order': False, 'shape': (2,), }\n`, data));
    expect([...numbersOf(array)]).toEqual(expected);
  });

  it('holds integers up to 2⁵³ exactly', () => {
    const seeds = [0n, 1n, BigInt(Number.MAX_SAFE_INTEGER)];
    expect([...numbersOf(parseNpy(Buffer.concat(npyPieces(integerArray(seeds)))))]).toEqual(seeds.map(Number));
  });

  it('of version 2.0, with keys in another order and other spaces, is read', () => {
    const header = `{'shape':(1,),'descr':'<f8',  'fortran_order':False}   \n`;
    expect(parseNpy(file(header, new Uint8Array(8), [2, 0])).shape).toEqual([1]);
  });

  it.each([
    [`{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n`, /expected a type.*Python objects/],
    [`{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }\n`, /expected a type.*extended precision/],
    [`{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }\n`, /expected a type.*strings/],
    [`{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }\n`, /structured/],
    [`{'descr': ('<f8', (2,)), 'fortran_order': False, 'shape': (1,), }\n`, /structured/],
    [`{'descr': '__proto__', 'fortran_order': False, 'shape': (1,), }\n`, /damaged|type/],
    [`{'descr': 'toString', 'fortran_order': False, 'shape': (1,), }\n`, /expected a type/],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n`, /expected 16 bytes/],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }\n`, /damaged/],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (1e1,), }\n`, /damaged/],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999, 999999999999, 0), }\n`, /impossible/],
    [`{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }\n`, /impossible/],
    [`{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n`, /damaged/],
    [`{'descr': '<f8', 'fortran_order': False}\n`, /damaged/],
    [`{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,), }\n`, /damaged/],
    [`[]`, /damaged/],
    [``, /damaged/],
  ])('with the header %j is refused', (header, message) => {
    expect(saidBy(() => parseNpy(file(header)))).toMatch(message);
  });

  it('with another magic, version, or a header beyond its end is refused', () => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n`;
    expect(() => parseNpy(Buffer.from('PK'))).toThrow(NpyError);
    expect(saidBy(() => parseNpy(file(header, new Uint8Array(8), [4, 0])))).toMatch(/version/);
    expect(saidBy(() => parseNpy(file(header).subarray(0, 30)))).toMatch(/damaged/);
  });
});
