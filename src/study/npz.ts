/**
 * The one array of an .npz file: a ZIP of .npy members, stored or deflated. Small files in memory alone, pure, so that
 * the page reads them too; result files, which are large and many-membered, have lab/archive/zip-reader.ts. Files are
 * taken as hostile: a member is unpacked into the size that it states and its checksum compared.
 */
import { inflateSync } from 'fflate/browser';
import { remedyOf } from './arrays-refusal.ts';
import { NpyError } from './npy.ts';
import { reason, type Reason } from '../refusal/refusal.ts';
import {
  CENTRAL_LENGTH,
  CENTRAL_SIGNATURE,
  DEFLATED,
  ENCRYPTED,
  END_LENGTH,
  END_SIGNATURE,
  LOCAL_LENGTH,
  LOCAL_SIGNATURE,
  MAX_COMMENT,
  STORED,
} from './zip-format.ts';

const MOST_NAMED = 10;

interface Member {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

export const isZip = (file: Uint8Array): boolean =>
  file[0] === 0x50 && file[1] === 0x4b && ((file[2] === 3 && file[3] === 4) || (file[2] === 5 && file[3] === 6));

/**
 * The .npy file within.
 * @param most bytes that it may have.
 * @throws NpyError with what was expected; several arrays are named.
 */
export function onlyMember(file: Uint8Array, most: number): { name: string; bytes: Uint8Array } {
  const members = directory(file);
  const names = members.map(({ name }) => name);
  const other = OTHERS.find(({ has }) => names.some((name) => has.test(name)));
  if (other) throw new NpyError(reason('rows-of-numbers', { is: other.is }), other.remedy);
  const arrays = members.filter(({ name }) => name.endsWith('.npy'));
  if (arrays.length === 0) throw new NpyError(reason('npz-without-arrays', {}));
  if (arrays.length > 1) {
    const listed = arrays.slice(0, MOST_NAMED).map(({ name }) => JSON.stringify(name.replace(/\.npy$/, '')));
    throw new NpyError(
      reason('one-npz-array', { names: listed, more: arrays.length > MOST_NAMED, count: arrays.length }),
      remedyOf('save-one', { code: `np.save('array.npy', np.load('file.npz')[${listed[0]}])` }),
    );
  }
  const [array] = arrays;
  if (array.size > most) throw new NpyError(reason('most-bytes', { most }, String(array.size)));
  return { name: array.name, bytes: unpack(file, array) };
}

/** ZIP files that are no arrays, by the names in them. */
const OTHERS = [
  { has: /^\[Content_Types\]\.xml$/, is: 'excel', remedy: remedyOf('sheet-as-csv', {}) },
  { has: /^META-INF\/manifest\.xml$/, is: 'open-document', remedy: remedyOf('sheet-as-csv', {}) },
  {
    has: /(?:^|\/)data\.pkl$/,
    is: 'pytorch',
    remedy: remedyOf('save-with', { code: "np.save('array.npy', tensor.numpy())" }),
  },
  { has: /^study\.json$/, is: 'results', remedy: remedyOf('import-study', {}) },
] as const;

const damaged = () => new NpyError(reason('zip-directory', {}));

function directory(file: Uint8Array): Member[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const least = Math.max(0, file.length - END_LENGTH - MAX_COMMENT);
  let end = file.length - END_LENGTH;
  while (end >= least && view.getUint32(end) !== END_SIGNATURE) end--;
  if (end < least) throw damaged();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const members: Member[] = [];
  for (let k = 0; k < count; k++) {
    if (at + CENTRAL_LENGTH > end || view.getUint32(at) !== CENTRAL_SIGNATURE) throw damaged();
    const length = view.getUint16(at + 28, true);
    const next = at + CENTRAL_LENGTH + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damaged();
    members.push({
      name: String.fromCharCode(...file.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + Math.min(length, 1000))),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return members;
}

function unpack(file: Uint8Array, { name, flags, method, checksum, packed, size, offset }: Member): Uint8Array {
  const refuse = (why: Reason) => new NpyError(reason('of-file', { file: JSON.stringify(name), why }));
  if ((flags & ENCRYPTED) !== 0) throw refuse(reason('zip-encrypted', {}));
  if (method !== STORED && method !== DEFLATED) throw refuse(reason('zip-method', {}, String(method)));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (offset + LOCAL_LENGTH > file.length || view.getUint32(offset) !== LOCAL_SIGNATURE) throw damaged();
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > file.length) throw damaged();
  const content = file.subarray(start, start + packed);
  let bytes = content;
  try {
    if (method === DEFLATED) bytes = inflateSync(content, { out: new Uint8Array(size) });
  } catch (error) {
    throw refuse(reason('zip-unpack', { said: (error as Error).message }));
  }
  if (bytes.length !== size) throw refuse(reason('bytes', { bytes: size }, String(bytes.length)));
  if (crc32(bytes) !== checksum) throw refuse(reason('zip-checksum', {}));
  return bytes;
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) rest = CRC[(rest ^ byte) & 0xff] ^ (rest >>> 8);
  return ~rest >>> 0;
}
