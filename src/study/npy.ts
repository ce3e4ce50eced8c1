/** Arrays in NumPy's .npy format (versions 1.0 and 2.0), little endian. Files are taken as hostile. */
export class NpyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NpyError';
  }
}

export interface NpyArray {
  /** NumPy's type, for instance `<f8`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Column-major order of the data. */
  readonly fortran: boolean;
  readonly bytes: Uint8Array;
}

export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** NumPy starts the data at multiples of this, so that files can be mapped. */
const ALIGNMENT = 64;
const MAX_HEADER = 10_000;
const MAX_RANK = 8;
const BIG_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** Header of an array in C order, magic included. */
export function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const padding = ALIGNMENT - ((NPY_MAGIC.length + 4 + text.length + 1) % ALIGNMENT);
  const header = `${text}${' '.repeat(padding % ALIGNMENT)}\n`;
  const codes = Array.from(header, (character) => character.charCodeAt(0));
  return Uint8Array.from([...NPY_MAGIC, 1, 0, header.length & 0xff, header.length >> 8, ...codes]);
}

/** A whole file of float64 numbers in C order. */
export function npyFile(shape: readonly number[], values: Float64Array): Uint8Array<ArrayBuffer> {
  const header = npyHeader('<f8', shape);
  const file = new Uint8Array(header.length + values.byteLength);
  file.set(header);
  const data = new Uint8Array(values.slice().buffer);
  file.set(BIG_ENDIAN ? swapped(data) : data, header.length);
  return file;
}

/**
 * Reads a .npy file; its header is matched against the few forms that NumPy writes, never evaluated.
 * @throws NpyError with what was expected.
 */
export function parseNpy(file: Uint8Array): NpyArray {
  if (file.length < 12 || NPY_MAGIC.some((byte, k) => file[k] !== byte)) throw new NpyError('expected a .npy file');
  const [major, minor] = [file[6], file[7]];
  if ((major !== 1 && major !== 2) || minor !== 0) {
    throw new NpyError(`expected .npy version 1.0 or 2.0, got ${major}.${minor}`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER || start + length > file.length) throw new NpyError('its header is damaged');
  const header = String.fromCharCode(...file.subarray(start, start + length));
  const { type, shape, fortran } = parseHeader(header);
  const size = shape.reduce((product, extent) => product * extent, itemSize(type));
  const bytes = file.subarray(start + length);
  if (bytes.length !== size) throw new NpyError(`expected ${size} bytes of data, got ${bytes.length}`);
  return { type, shape, fortran, bytes };
}

function parseHeader(header: string): { type: string; shape: number[]; fortran: boolean } {
  const inner = /^\{(.*)\}[ ]*\n?$/.exec(header)?.[1];
  const found = new Map<string, string>();
  let rest = inner ?? '';
  while (rest.trim() !== '') {
    const item = /^\s*'(descr|fortran_order|shape)':\s*('[^']{1,8}'|True|False|\([\d, ]{0,200}\))\s*(?:,|$)/.exec(rest);
    if (!item || found.has(item[1])) throw new NpyError('its header is damaged');
    found.set(item[1], item[2]);
    rest = rest.slice(item[0].length);
  }
  const type = /^'(.*)'$/.exec(found.get('descr') ?? '')?.[1];
  const order = found.get('fortran_order');
  const dimensions = /^\((?:(\d{1,16}(?:, ?\d{1,16})*),?)?\)$/.exec(found.get('shape') ?? '');
  if (type === undefined || (order !== 'True' && order !== 'False') || !dimensions) {
    throw new NpyError('its header is damaged');
  }
  const shape = (dimensions[1] ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map(Number);
  const size = shape.reduce((product, extent) => product * Math.max(1, extent), 1);
  if (shape.length > MAX_RANK || !(size <= Number.MAX_SAFE_INTEGER)) throw new NpyError('its shape is impossible');
  return { type, shape, fortran: order === 'True' };
}

const ITEM_SIZES: Readonly<Record<string, number>> = { '<f8': 8, '<f4': 4, '<i8': 8, '<u8': 8, '<i4': 4, '<u4': 4 };

function itemSize(type: string): number {
  const size = Object.hasOwn(ITEM_SIZES, type) ? ITEM_SIZES[type] : undefined;
  if (size === undefined) {
    throw new NpyError(`expected a type of ${Object.keys(ITEM_SIZES).join(', ')}, got ${JSON.stringify(type)}`);
  }
  return size;
}

/** The numbers of an array as float64 in C order; of `<f8` bit for bit. */
export function numbersOf(array: NpyArray): Float64Array {
  const stored = storedNumbers(array);
  return array.fortran && array.shape.length > 1 ? inRowOrder(stored, array.shape) : stored;
}

function storedNumbers({ type, shape, bytes }: NpyArray): Float64Array {
  if (type === '<f8') {
    // by bytes, not by number: a number that goes through the engine may lose the bits of a NaN
    // a Buffer's slice would share its memory
    const copy = new Uint8Array(bytes);
    return new Float64Array((BIG_ENDIAN ? swapped(copy) : copy).buffer);
  }
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
  const size = itemSize(type);
  return result.map((_, k) => read(k * size));
}

/** From column-major to row-major order. */
function inRowOrder(stored: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(stored.length);
  const index = new Array<number>(shape.length).fill(0);
  for (const value of stored) {
    result[index.reduce((place, k, axis) => place * shape[axis] + k, 0)] = value;
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return result;
}

/** Bytes of float64 numbers in the other order; a copy. */
function swapped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length);
  for (let k = 0; k < bytes.length; k += 8) result.set(bytes.slice(k, k + 8).reverse(), k);
  return result;
}
