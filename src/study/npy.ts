/**
 * Arrays in NumPy's .npy format (versions 1.0 to 3.0): every type of numbers in either byte order, C and Fortran order,
 * headers of Python 2. Written are little-endian numbers in C order. Files are taken as hostile.
 */
export class NpyError extends Error {
  constructor(
    message: string,
    /** What can be done about it. */
    readonly remedy = '',
    /** Of the entry, `[2][16]`; empty for the whole. */
    readonly place = '',
  ) {
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
function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const padding = ALIGNMENT - ((NPY_MAGIC.length + 4 + text.length + 1) % ALIGNMENT);
  const header = `${text}${' '.repeat(padding % ALIGNMENT)}\n`;
  const codes = Array.from(header, (character) => character.charCodeAt(0));
  return Uint8Array.from([...NPY_MAGIC, 1, 0, header.length & 0xff, header.length >> 8, ...codes]);
}

/** Float64 numbers in C order as they are written. */
export function floatArray(shape: readonly number[], values: Float64Array): NpyArray {
  const data = new Uint8Array(values.slice().buffer);
  return { type: '<f8', shape, fortran: false, bytes: BIG_ENDIAN ? swapped(data, 8) : data };
}

/** A list of int64 numbers as it is written. */
export function integerArray(values: readonly bigint[]): NpyArray {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, k) => view.setBigInt64(8 * k, value, true));
  return { type: '<i8', shape: [values.length], fortran: false, bytes };
}

/** Header and data of an array in C order. */
export const npyPieces = ({ type, shape, bytes }: NpyArray): Uint8Array[] => [npyHeader(type, shape), bytes];

/** A whole file of float64 numbers in C order. */
export function npyFile(shape: readonly number[], values: Float64Array): Uint8Array<ArrayBuffer> {
  const [header, data] = npyPieces(floatArray(shape, values));
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

/**
 * Reads a .npy file; its header is matched against the few forms that NumPy writes, never evaluated.
 * @throws NpyError with what was expected.
 */
export function parseNpy(file: Uint8Array): NpyArray {
  if (file.length < 12 || NPY_MAGIC.some((byte, k) => file[k] !== byte)) throw new NpyError('expected a .npy file');
  const [major, minor] = [file[6], file[7]];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new NpyError(`expected .npy version 1.0, 2.0 or 3.0, got ${major}.${minor}`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER || start + length > file.length) throw new NpyError('its header is damaged');
  const header = String.fromCharCode(...file.subarray(start, start + length));
  const { type, shape, fortran } = parseHeader(header);
  const size = shape.reduce((product, extent) => product * extent, typeOf(type).size);
  const bytes = file.subarray(start + length);
  if (bytes.length !== size) throw new NpyError(`expected ${size} bytes of data, got ${bytes.length}`);
  return { type, shape, fortran, bytes };
}

const ITEM =
  /^\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^'"]{1,16}'|"[^'"]{1,16}"|True|False|\([\d, L]{0,200}\))\s*(?:,|$)/;

function parseHeader(header: string): { type: string; shape: number[]; fortran: boolean } {
  const inner = /^\{(.*)\}\s*$/s.exec(header)?.[1];
  if (/^\s*['"]descr['"]\s*:\s*[[(]/.test(inner ?? '')) {
    throw new NpyError(
      'expected a type of numbers, got a structured array',
      'save its fields as the rows of one array: np.stack([a[name] for name in a.dtype.names])',
    );
  }
  const found = new Map<string, string>();
  let rest = inner ?? '';
  while (rest.trim() !== '') {
    const item = ITEM.exec(rest);
    if (!item || found.has(item[2])) throw new NpyError('its header is damaged');
    found.set(item[2], item[3]);
    rest = rest.slice(item[0].length);
  }
  const type = /^['"](.*)['"]$/.exec(found.get('descr') ?? '')?.[1];
  const order = found.get('fortran_order');
  // Python 2 wrote 2L
  const dimensions = /^\(\s*(?:(\d{1,16}L?(?:,\s*\d{1,16}L?)*)\s*,?)?\s*\)$/.exec(found.get('shape') ?? '');
  if (type === undefined || (order !== 'True' && order !== 'False') || !dimensions) {
    throw new NpyError('its header is damaged');
  }
  const shape = (dimensions[1] ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => Number(part.replace('L', '')));
  const size = shape.reduce((product, extent) => product * Math.max(1, extent), 1);
  if (shape.length > MAX_RANK || !(size <= Number.MAX_SAFE_INTEGER)) throw new NpyError('its shape is impossible');
  return { type, shape, fortran: order === 'True' };
}

type Read = (view: DataView, offset: number, little: boolean) => number;

const READERS: Readonly<Record<string, Read>> = {
  f2: (view, offset, little) => halfFloat(view.getUint16(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
  i1: (view, offset) => view.getInt8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  u1: (view, offset) => view.getUint8(offset),
  u2: (view, offset, little) => view.getUint16(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  b1: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1),
};

/** Names of NumPy's types that are no numbers, or none that there are here, by their letter. */
const OTHERS: Readonly<Record<string, string>> = {
  O: 'Python objects',
  S: 'byte strings',
  a: 'byte strings',
  U: 'strings',
  M: 'dates',
  m: 'time spans',
  V: 'raw bytes',
  f: 'numbers of extended precision',
  c: 'complex numbers of extended precision',
};

interface NumberType {
  /** Bytes of an entry. */
  readonly size: number;
  readonly little: boolean;
  readonly complex: boolean;
  /** Bytes of a number: half of an entry where it is complex. */
  readonly width: number;
  readonly read: Read;
}

/** @throws NpyError for what is no type of numbers. */
function typeOf(type: string): NumberType {
  const [, order, kind, bytes] = /^([<>=|]?)([A-Za-z])(\d{0,4})$/.exec(type) ?? [];
  const complex = kind === 'c';
  const width = complex ? Number(bytes) / 2 : Number(bytes);
  const name = `${complex ? 'f' : kind}${width}`;
  if (kind === undefined || (complex && width < 4) || !Object.hasOwn(READERS, name)) {
    const what = kind !== undefined && Object.hasOwn(OTHERS, kind) ? `, ${OTHERS[kind]}` : '';
    throw new NpyError(
      `expected a type of numbers (f2, f4, f8, i1 to i8, u1 to u8, b1, c8, c16), got ${JSON.stringify(type)}${what}`,
      'save the numbers as float64: a.astype(float)',
    );
  }
  return { size: Number(bytes), little: order !== '>', complex, width, read: READERS[name] };
}

/** Whether the numbers have at most single precision. */
export const isSingle = ({ type }: NpyArray): boolean => /(?:f[24]|c8)$/.test(type);
export const isComplex = ({ type }: NpyArray): boolean => typeOf(type).complex;

/** The value of a float16. */
function halfFloat(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * HALF_LEAST;
  // powers of two are exact
  return sign * (1024 + fraction) * HALF_LEAST * (1 << (exponent - 1));
}
/** 2⁻²⁴ */
const HALF_LEAST = 1 / 16_777_216;

/**
 * The numbers of an array as float64 in C order; of `f8` bit for bit, of complex ones the real parts.
 * @throws NpyError if an imaginary part is not 0.
 */
export function numbersOf(array: NpyArray): Float64Array {
  const stored = storedNumbers(array);
  return array.fortran && array.shape.length > 1 ? inRowOrder(stored, array.shape) : stored;
}

function storedNumbers(array: NpyArray): Float64Array {
  const { type, shape, bytes } = array;
  const { size, little, complex, width, read } = typeOf(type);
  if (width === 8 && !complex && /f8$/.test(type)) {
    // by bytes, not by number: a number that goes through the engine may lose the bits of a NaN
    // a Buffer's slice would share its memory
    const copy = new Uint8Array(bytes);
    return new Float64Array((little === BIG_ENDIAN ? swapped(copy, 8) : copy).buffer);
  }
  const result = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let k = 0; k < result.length; k++) {
    result[k] = read(view, k * size, little);
    const imaginary = complex ? read(view, k * size + width, little) : 0;
    if (imaginary !== 0) throw notReal(imaginary, placeOf(k, array));
  }
  return result;
}

/** @param place of the first entry that is not real. */
const notReal = (imaginary: number, place: string): NpyError =>
  new NpyError(NOT_REAL(imaginary), NOT_REAL_REMEDY, place);

/** What is said of complex numbers, whatever the format. */
export const NOT_REAL = (imaginary: number): string => `expected real numbers, got the imaginary part ${imaginary}`;
export const NOT_REAL_REMEDY = 'the eigenvalues of a covariance are real: take np.linalg.eigvalsh, or the real part';

/** Indices of entry k of the stored order. */
function placeOf(k: number, { shape, fortran }: NpyArray): string {
  const axes = [...shape.keys()];
  const indices = new Array<number>(shape.length);
  let rest = k;
  for (const axis of fortran ? axes : axes.reverse()) {
    indices[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return indices.map((index) => `[${index}]`).join('');
}

/** From column-major to row-major order. */
function inRowOrder(stored: Float64Array, shape: readonly number[]): Float64Array {
  const bits = new BigUint64Array(stored.buffer);
  const result = new BigUint64Array(stored.length);
  const index = new Array<number>(shape.length).fill(0);
  for (const value of bits) {
    let place = 0;
    for (let axis = 0; axis < shape.length; axis++) place = place * shape[axis] + index[axis];
    result[place] = value;
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return new Float64Array(result.buffer);
}

/** Bytes of numbers in the other order; a copy. */
function swapped(bytes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length);
  for (let k = 0; k < bytes.length; k += width) result.set(bytes.slice(k, k + width).reverse(), k);
  return result;
}
