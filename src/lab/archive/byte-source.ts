/** Bytes at any place of a file or of memory, so that an archive is read member by member. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { refusal, Refused } from '../../refusal/refusal.ts';

export interface ByteSource {
  readonly size: number;
  /** @throws RangeError beyond the end. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      checkRange(offset, length, bytes.length);
      return bytes.subarray(offset, offset + length);
    },
    close() {},
  };
}

/** @throws the file system's error if the file cannot be opened, Refused if it is not a plain file. */
export function fileSource(path: string): ByteSource {
  // before it is opened: opening a pipe waits for somebody who writes
  if (!statSync(path).isFile()) throw new Refused([refusal('', 'not-a-file', { path })]);
  const handle = openSync(path, 'r');
  const stat = fstatSync(handle);
  return {
    size: stat.size,
    read(offset, length) {
      checkRange(offset, length, stat.size);
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length;) {
        const count = readSync(handle, bytes, filled, length - filled, offset + filled);
        if (count === 0) throw new Refused([refusal('', 'file-shrank', { path })]);
        filled += count;
      }
      return bytes;
    },
    close: () => closeSync(handle),
  };
}

function checkRange(offset: number, length: number, size: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
    throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`);
  }
}
