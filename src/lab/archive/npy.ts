/** Arrays in NumPy's .npy format (versions 1.0 and 2.0): little endian, C order. */
import { MemberError } from './errors.ts';
import { floatBytes, floatsOf } from './little-endian.ts';

export interface NpyArray {
  /** NumPy's type, for instance `<f8`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** C order, little endian. */
  readonly bytes: Uint8Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy starts the data at multiples of this, so that files can be mapped. */
const ALIGNMENT = 64;
const MAX_HEADER = 10_000;
const MAX_RANK = 8;

/** Header and data of an array. */
export function npyPieces({ type, shape, bytes }: NpyArray): Uint8Array[] {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const padding = ALIGNMENT - ((MAGIC.length + 4 + text.length + 1) % ALIGNMENT);
  const header = Buffer.from(`${text}${' '.repeat(padding % ALIGNMENT)}\n`, 'latin1');
  const start = Buffer.from([...MAGIC, 1, 0, header.length & 0xff, header.length >> 8]);
  return [Buffer.concat([start, header]), bytes];
}

export function floatArray(shape: readonly number[], values: Float64Array): NpyArray {
  return { type: '<f8', shape, bytes: floatBytes(values) };
}

export function integerArray(values: readonly bigint[]): NpyArray {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, k) => bytes.writeBigInt64LE(value, 8 * k));
  return { type: '<i8', shape: [values.length], bytes };
}

/**
 * Reads a .npy file; its header is matched against the few forms that NumPy writes, never evaluated.
 * @throws MemberError with what was expected.
 */
export function parseNpy(file: Uint8Array): NpyArray {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || MAGIC.some((byte, k) => bytes[k] !== byte)) throw new MemberError('expected a .npy file');
  const [major, minor] = [bytes[6], bytes[7]];
  if ((major !== 1 && major !== 2) || minor !== 0) {
    throw new MemberError(`expected .npy version 1.0 or 2.0, got ${major}.${minor}`);
  }
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  if (length > MAX_HEADER || start + length > bytes.length) throw new MemberError('its header is damaged');
  const { type, shape } = parseHeader(bytes.toString('latin1', start, start + length));
  const size = shape.reduce((product, extent) => product * extent, itemSize(type));
  const data = bytes.subarray(start + length);
  if (data.length !== size) throw new MemberError(`expected ${size} bytes of data, got ${data.length}`);
  return { type, shape, bytes: data };
}

function parseHeader(header: string): { type: string; shape: number[] } {
  const inner = /^\{(.*)\}[ ]*\n?$/.exec(header)?.[1];
  const found = new Map<string, string>();
  let rest = inner ?? '';
  while (rest.trim() !== '') {
    const item = /^\s*'(descr|fortran_order|shape)':\s*('[^']{1,8}'|True|False|\([\d, ]{0,200}\))\s*(?:,|$)/.exec(rest);
    if (!item || found.has(item[1])) throw new MemberError('its header is damaged');
    found.set(item[1], item[2]);
    rest = rest.slice(item[0].length);
  }
  const type = /^'(.*)'$/.exec(found.get('descr') ?? '')?.[1];
  const order = found.get('fortran_order');
  const dimensions = /^\((?:(\d{1,16}(?:, ?\d{1,16})*),?)?\)$/.exec(found.get('shape') ?? '');
  if (type === undefined || order === undefined || !dimensions) throw new MemberError('its header is damaged');
  if (order !== 'False') throw new MemberError('expected an array in C order, got Fortran order');
  const shape = (dimensions[1] ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map(Number);
  const size = shape.reduce((product, extent) => product * Math.max(1, extent), 1);
  if (shape.length > MAX_RANK || !(size <= Number.MAX_SAFE_INTEGER)) throw new MemberError('its shape is impossible');
  return { type, shape };
}

const ITEM_SIZES: Readonly<Record<string, number>> = { '<f8': 8, '<f4': 4, '<i8': 8, '<u8': 8, '<i4': 4, '<u4': 4 };

function itemSize(type: string): number {
  const size = Object.hasOwn(ITEM_SIZES, type) ? ITEM_SIZES[type] : undefined;
  if (size === undefined) {
    throw new MemberError(`expected a type of ${Object.keys(ITEM_SIZES).join(', ')}, got ${JSON.stringify(type)}`);
  }
  return size;
}

/** The numbers of an array as float64; of `<f8` bit for bit. */
export function numbersOf({ type, shape, bytes }: NpyArray): Float64Array {
  // by bytes, not by number: a number that goes through the engine may lose the bits of a NaN
  if (type === '<f8') return floatsOf(bytes);
  const result = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readers: Readonly<Record<string, (offset: number) => number>> = {
    '<f4': (offset) => view.getFloat32(offset, true),
    '<i8': (offset) => Number(view.getBigInt64(offset, true)),
    '<u8': (offset) => Number(view.getBigUint64(offset, true)),
    '<i4': (offset) => view.getInt32(offset, true),
    '<u4': (offset) => view.getUint32(offset, true),
  };
  const read = readers[type];
  return result.map((_, k) => read(k * itemSize(type)));
}
