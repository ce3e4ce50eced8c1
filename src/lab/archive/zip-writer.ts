/**
 * ZIP files of stored members (PKWARE APPNOTE 6.3), without times or anything else that differs between two writings
 * of the same content. Stored and not deflated: float64 results hardly shrink, and the bytes of a deflated member
 * depend on the version of the compressor.
 */
import { crc32 } from 'node:zlib';
import { refusal, Refused } from '../../refusal/refusal.ts';
import { END_LENGTH, END_SIGNATURE } from '../../study/zip-format.ts';

export interface ZipMember {
  /** ASCII path with forward slashes. */
  readonly name: string;
  /** Content, in pieces that follow each other. */
  readonly pieces: readonly Uint8Array[];
}

/** Without the ZIP64 extension sizes and offsets have 32 bits and counts 16, all ones reserved. */
const MAX_ARCHIVE = 0xffff_fffe;
const MAX_MEMBERS = 0xfffe;
/** 1980-01-01 00:00, the first time that a ZIP can say. */
const DATE = 0x21;
const VERSION = 20;
const UNIX = 3;
const READABLE_FILE = 0o100644;

/**
 * The bytes of an archive, member by member.
 * @throws Refused if it would need more than 4 GiB, or 65534 members.
 */
export function* zipPieces(members: Iterable<ZipMember>): Generator<Uint8Array> {
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, pieces } of members) {
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const header = new Header(
      name,
      size,
      pieces.reduce((sum, piece) => crc32(piece, sum), 0),
    );
    if (offset + size > MAX_ARCHIVE) throw tooLarge();
    directory.push(header.central(offset));
    const local = header.local();
    yield local;
    yield* pieces;
    offset += local.length + size;
  }
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  if (offset + length > MAX_ARCHIVE) throw tooLarge();
  if (directory.length > MAX_MEMBERS) {
    throw new Refused([refusal('', 'archive-arrays', { most: MAX_MEMBERS }, String(directory.length))]);
  }
  yield* directory;
  yield endOfDirectory(directory.length, length, offset);
}

const tooLarge = () => new Refused([refusal('', 'archive-too-large', {})]);

class Header {
  private readonly name: Buffer;

  constructor(
    name: string,
    private readonly size: number,
    private readonly checksum: number,
  ) {
    this.name = Buffer.from(name, 'ascii');
  }

  /** What local and central header share, from the version on. */
  private common(): Buffer {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(VERSION, 0);
    fields.writeUInt16LE(DATE, 8);
    fields.writeUInt32LE(this.checksum, 10);
    fields.writeUInt32LE(this.size, 14);
    fields.writeUInt32LE(this.size, 18);
    fields.writeUInt16LE(this.name.length, 22);
    return fields;
  }

  local(): Buffer {
    return Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), this.common(), this.name]);
  }

  central(offset: number): Buffer {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(READABLE_FILE * 0x1_0000, 6);
    rest.writeUInt32LE(offset, 10);
    return Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, VERSION, UNIX]), this.common(), rest, this.name]);
  }
}

function endOfDirectory(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(END_LENGTH);
  end.writeUInt32BE(END_SIGNATURE, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
