/**
 * Reads ZIP files that may be hostile. Everything is checked on the directory, before anything is unpacked: number
 * and sizes of members, ratio, names, and that members do not overlap (the trick of the strongest bombs). Each member
 * is then unpacked into at most the size it states, and its CRC compared. Encryption, ZIP64 and methods other than
 * stored and deflated are refused.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { type ByteSource } from './byte-source.ts';
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
    throw new ArchiveError(`expected a file of at most ${limits.archive} bytes, got ${source.size}`);
  }
  const entries = new Map(readDirectory(source, limits).map((entry) => [entry.name, entry]));
  const folders = new Set([...entries.keys()].map((name) => name.slice(0, Math.max(0, name.lastIndexOf('/')))));
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    hasFolder: (path) => folders.has(path),
    read(name, limits) {
      const entry = entries.get(name);
      if (!entry) throw new MemberError('it is missing');
      if (limits) checkMember(entry, limits);
      return unpack(source, entry);
    },
  };
}

function checkMember({ size, packed }: Entry, limits: MemberLimits): void {
  if (size > limits.size) throw new MemberError(`expected at most ${limits.size} bytes, got ${size}`);
  if (size > limits.ratioFrom && size > limits.ratio * packed) {
    throw new MemberError(`expected at most ${limits.ratio} times its size unpacked, got ${size} from ${packed} bytes`);
  }
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const damagedDirectory = () => new ArchiveError('its directory is damaged');

function readDirectory(source: ByteSource, limits: ZipLimits): Entry[] {
  const { count, length, offset } = findEnd(source);
  if (count > limits.members) throw new ArchiveError(`expected at most ${limits.members} members, got ${count}`);
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
    else if (entry.size !== 0) throw new ArchiveError(`${JSON.stringify(name)}: expected an empty folder`);
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
    if (disks !== 0 || tail.readUInt16LE(at + 8) !== end.count) throw new ArchiveError('it has more than one part');
    if (end.length === 0xffff_ffff || end.offset === 0xffff_ffff) {
      throw new ArchiveError('it uses ZIP64: expected an archive of at most 4 GiB');
    }
    if (end.offset + end.length !== source.size - length + at) throw damagedDirectory();
    return end;
  }
  throw new ArchiveError('it is not a ZIP file, or its end is missing');
}

/** @throws ArchiveError if a name could lead out of a folder, or is not plain. */
function checkedName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ArchiveError('a member has a name that is not UTF-8', { cause: error });
  }
  const parts = name.replace(/\/$/, '').split('/');
  // eslint-disable-next-line no-control-regex -- they are what is refused
  const plain = name.length <= MAX_NAME && !/[\u0000-\u001f\u007f\\:]/.test(name);
  if (!plain || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new ArchiveError(`expected plain relative names of members, got ${JSON.stringify(name.slice(0, MAX_NAME))}`);
  }
  return name;
}

function checkEntry({ name, method, size, packed, offset }: Entry, flags: number, limits: ZipLimits): void {
  const refuse = (message: string) => new ArchiveError(`${JSON.stringify(name)}: ${message}`);
  if ((flags & ENCRYPTED) !== 0) throw refuse('expected no encryption');
  if (method !== STORED && method !== DEFLATED)
    throw refuse(`expected a stored or deflated member, got method ${method}`);
  if (method === STORED && size !== packed) throw refuse('its two sizes differ');
  if ([size, packed, offset].includes(0xffff_ffff)) throw refuse('it uses ZIP64: expected an archive of at most 4 GiB');
  if (size > limits.member) throw refuse(`expected at most ${limits.member} bytes, got ${size}`);
}

function checkTogether(entries: readonly Entry[], archive: number, directory: number, limits: ZipLimits): void {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.total) throw new ArchiveError(`expected at most ${limits.total} bytes unpacked, got ${total}`);
  if (total > limits.ratioFrom && total > limits.ratio * archive) {
    throw new ArchiveError(
      `expected at most ${limits.ratio} times its size unpacked, got ${total} from ${archive} bytes`,
    );
  }
  const names = new Set<string>();
  for (const { name } of entries) {
    const folded = name.toLowerCase();
    if (names.has(folded)) throw new ArchiveError(`expected each name once, got ${JSON.stringify(name)} again`);
    names.add(folded);
  }
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  ordered.forEach(({ name, offset, packed }, k) => {
    const next = ordered[k + 1]?.offset ?? directory;
    // the least that header, name and content take
    if (offset + LOCAL_LENGTH + Buffer.byteLength(name) + packed > next) {
      throw new ArchiveError(`${JSON.stringify(name)}: it overlaps what follows it`);
    }
  });
}

function unpack(source: ByteSource, { name, method, checksum, packed, size, offset }: Entry): Uint8Array {
  const header = view(source.read(offset, LOCAL_LENGTH));
  const nameLength = header.readUInt16LE(26);
  const start = offset + LOCAL_LENGTH + nameLength + header.readUInt16LE(28);
  const local = header.readUInt32BE(0) === LOCAL_SIGNATURE && header.readUInt16LE(8) === method;
  if (!local || start + packed > source.size) throw new MemberError('its header is damaged');
  const localName = view(source.read(offset + LOCAL_LENGTH, nameLength)).toString('utf8');
  if (localName !== name) throw new MemberError(`its header has another name, ${JSON.stringify(localName)}`);
  const content = source.read(start, packed);
  const bytes = method === STORED ? content : inflate(content, size);
  if (bytes.length !== size) throw new MemberError(`expected ${size} bytes, got ${bytes.length}`);
  if (crc32(bytes) !== checksum) throw new MemberError('its bytes do not match their checksum');
  return bytes;
}

function inflate(content: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new MemberError(`it cannot be unpacked: ${(error as Error).message}`, { cause: error });
  }
}
