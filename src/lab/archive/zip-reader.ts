/**
 * Reads ZIP files that may be hostile. Everything is checked on the directory, before anything is unpacked: number
 * and sizes of members, ratio, names, and that members do not overlap (the trick of the strongest bombs). Each member
 * is then unpacked into at most the size it states, and its CRC compared. Encryption, ZIP64 and methods other than
 * stored and deflated are refused.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { type ByteSource } from './byte-source.ts';
import { reason, type Reason } from '../../refusal/refusal.ts';
import { ArchiveError, MemberError } from './errors.ts';
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
} from '../../study/zip-format.ts';

export interface ZipLimits {
  readonly archive: number;
  readonly members: number;
  readonly member: number;
  /** Of all members, unpacked. */
  readonly total: number;
  /** Unpacked over packed size of the whole, from `ratioFrom` bytes on. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const MIB = 1024 * 1024;
export const ZIP_LIMITS: ZipLimits = {
  archive: 4096 * MIB,
  members: 0xffff,
  member: 2048 * MIB,
  total: 8192 * MIB,
  ratio: 100,
  ratioFrom: 64 * MIB,
};
/** What a reader takes of one member; the rest is refused before it is unpacked. */
export interface MemberLimits {
  readonly size: number;
  /** Unpacked over packed size, from `ratioFrom` bytes on. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const MAX_NAME = 256;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

export interface Zip {
  /** In the order of the directory. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Whether there are members in a folder. */
  hasFolder(path: string): boolean;
  /** @throws MemberError if the member is not there, is damaged, or is larger than `limits` allow. */
  read(name: string, limits?: MemberLimits): Uint8Array;
}

/** @throws ArchiveError if the file is not a ZIP within the limits. */
export function openZip(source: ByteSource, limits: ZipLimits = ZIP_LIMITS): Zip {
  if (source.size > limits.archive) {
    throw new ArchiveError(reason('archive-bytes', { most: limits.archive }, String(source.size)));
  }
  const entries = new Map(readDirectory(source, limits).map((entry) => [entry.name, entry]));
  const folders = new Set([...entries.keys()].map((name) => name.slice(0, Math.max(0, name.lastIndexOf('/')))));
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    hasFolder: (path) => folders.has(path),
    read(name, limits) {
      const entry = entries.get(name);
      if (!entry) throw new MemberError(reason('zip-missing', {}));
      if (limits) checkMember(entry, limits);
      return unpack(source, entry);
    },
  };
}

function checkMember({ size, packed }: Entry, limits: MemberLimits): void {
  if (size > limits.size) throw new MemberError(reason('most-bytes', { most: limits.size }, String(size)));
  if (size > limits.ratioFrom && size > limits.ratio * packed) {
    throw new MemberError(reason('zip-ratio', { times: limits.ratio, size, packed }));
  }
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const ofMember = (name: string, why: Reason): ArchiveError =>
  new ArchiveError(reason('of-file', { file: JSON.stringify(name), why }));

const damagedDirectory = () => new ArchiveError(reason('archive-directory', {}));

function readDirectory(source: ByteSource, limits: ZipLimits): Entry[] {
  const { count, length, offset } = findEnd(source);
  if (count > limits.members) throw new ArchiveError(reason('zip-members', { most: limits.members }, String(count)));
  const bytes = view(source.read(offset, length));
  const entries: Entry[] = [];
  let at = 0;
  for (let k = 0; k < count; k++) {
    if (at + CENTRAL_LENGTH > length || bytes.readUInt32BE(at) !== CENTRAL_SIGNATURE) throw damagedDirectory();
    const nameLength = bytes.readUInt16LE(at + 28);
    const end = at + CENTRAL_LENGTH + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (end > length) throw damagedDirectory();
    const name = checkedName(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength));
    const entry: Entry = {
      name,
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    checkEntry(entry, bytes.readUInt16LE(at + 8), limits);
    // folders of their own, as some programs write them, hold nothing
    if (!name.endsWith('/')) entries.push(entry);
    else if (entry.size !== 0) throw ofMember(name, reason('zip-folder', {}));
    at = end;
  }
  checkTogether(entries, source.size, offset, limits);
  return entries;
}

/** The record at the end of the file; a comment may follow it. */
function findEnd(source: ByteSource): { count: number; length: number; offset: number } {
  const length = Math.min(source.size, END_LENGTH + MAX_COMMENT);
  const tail = view(source.read(source.size - length, length));
  for (let at = length - END_LENGTH; at >= 0; at--) {
    if (tail.readUInt32BE(at) !== END_SIGNATURE || at + END_LENGTH + tail.readUInt16LE(at + 20) !== length) continue;
    const end = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
    const disks = tail.readUInt16LE(at + 4) + tail.readUInt16LE(at + 6);
    if (disks !== 0 || tail.readUInt16LE(at + 8) !== end.count) throw new ArchiveError(reason('zip-parts', {}));
    if (end.length === 0xffff_ffff || end.offset === 0xffff_ffff) {
      throw new ArchiveError(reason('zip64', {}));
    }
    if (end.offset + end.length !== source.size - length + at) throw damagedDirectory();
    return end;
  }
  throw new ArchiveError(reason('zip-end', {}));
}

/** @throws ArchiveError if a name could lead out of a folder, or is not plain. */
function checkedName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ArchiveError(reason('zip-name-encoding', {}), { cause: error });
  }
  const parts = name.replace(/\/$/, '').split('/');
  // eslint-disable-next-line no-control-regex -- they are what is refused
  const plain = name.length <= MAX_NAME && !/[\u0000-\u001f\u007f\\:]/.test(name);
  if (!plain || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new ArchiveError(reason('zip-name', {}, JSON.stringify(name.slice(0, MAX_NAME))));
  }
  return name;
}

function checkEntry({ name, method, size, packed, offset }: Entry, flags: number, limits: ZipLimits): void {
  const refuse = (why: Reason) => ofMember(name, why);
  if ((flags & ENCRYPTED) !== 0) throw refuse(reason('zip-encrypted', {}));
  if (method !== STORED && method !== DEFLATED) throw refuse(reason('zip-method', {}, String(method)));
  if (method === STORED && size !== packed) throw refuse(reason('zip-sizes', {}));
  if ([size, packed, offset].includes(0xffff_ffff)) throw refuse(reason('zip64', {}));
  if (size > limits.member) throw refuse(reason('most-bytes', { most: limits.member }, String(size)));
}

function checkTogether(entries: readonly Entry[], archive: number, directory: number, limits: ZipLimits): void {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.total) throw new ArchiveError(reason('zip-unpacked', { most: limits.total }, String(total)));
  if (total > limits.ratioFrom && total > limits.ratio * archive) {
    throw new ArchiveError(reason('zip-ratio', { times: limits.ratio, size: total, packed: archive }));
  }
  const names = new Set<string>();
  for (const { name } of entries) {
    const folded = name.toLowerCase();
    if (names.has(folded)) throw new ArchiveError(reason('zip-name-once', { name }));
    names.add(folded);
  }
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  ordered.forEach(({ name, offset, packed }, k) => {
    const next = ordered[k + 1]?.offset ?? directory;
    // the least that header, name and content take
    if (offset + LOCAL_LENGTH + Buffer.byteLength(name) + packed > next) {
      throw ofMember(name, reason('zip-overlap', {}));
    }
  });
}

function unpack(source: ByteSource, { name, method, checksum, packed, size, offset }: Entry): Uint8Array {
  const header = view(source.read(offset, LOCAL_LENGTH));
  const nameLength = header.readUInt16LE(26);
  const start = offset + LOCAL_LENGTH + nameLength + header.readUInt16LE(28);
  const local = header.readUInt32BE(0) === LOCAL_SIGNATURE && header.readUInt16LE(8) === method;
  if (!local || start + packed > source.size) throw new MemberError(reason('zip-header', {}));
  const localName = view(source.read(offset + LOCAL_LENGTH, nameLength)).toString('utf8');
  if (localName !== name) throw new MemberError(reason('zip-header-name', { name: localName }));
  const content = source.read(start, packed);
  const bytes = method === STORED ? content : inflate(content, size);
  if (bytes.length !== size) throw new MemberError(reason('bytes', { bytes: size }, String(bytes.length)));
  if (crc32(bytes) !== checksum) throw new MemberError(reason('zip-checksum', {}));
  return bytes;
}

function inflate(content: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new MemberError(reason('zip-unpack', { said: (error as Error).message }), { cause: error });
  }
}
