/** Text of bytes: UTF-8, or UTF-16 where a byte-order mark says so. What is neither is refused, never replaced. */
import { refuse, refuseWhole, remedyOf, type ArrayRefusal } from './arrays-refusal.ts';
import { type ArrayPlace } from '../refusal/codes/arrays.ts';
import { reason } from '../refusal/refusal.ts';

export type Decoded = { readonly ok: true; readonly text: string } | ArrayRefusal;

const PIECE = 8192;
const TO_UTF8 = remedyOf('utf8', {});

/** The text, without its mark. */
export function decodeText(bytes: Uint8Array): Decoded {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return refuseWhole('utf32', {}, TO_UTF8);
  if (a === 0xff && b === 0xfe) return fromUtf16(bytes, 0);
  if (a === 0xfe && b === 0xff) return fromUtf16(bytes, 1);
  return fromUtf8(bytes, a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0);
}

/** Code units in pieces, because there can be more of them than a call takes arguments. */
class Units {
  private readonly pieces: string[] = [];
  private readonly piece = new Uint16Array(PIECE);
  private count = 0;

  add(unit: number): void {
    if (this.count === PIECE) this.flush();
    this.piece[this.count++] = unit;
  }

  /** ASCII of bytes. */
  addAll(bytes: Uint8Array): void {
    this.flush();
    for (let at = 0; at < bytes.length; at += PIECE)
      this.pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }

  text(): string {
    this.flush();
    return this.pieces.join('');
  }

  private flush(): void {
    if (this.count === 0) return;
    this.pieces.push(String.fromCharCode(...this.piece.subarray(0, this.count)));
    this.count = 0;
  }
}

/** Least code points of sequences of 2, 3 and 4 bytes: shorter ones must be used below. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

function fromUtf8(bytes: Uint8Array, start: number): Decoded {
  const units = new Units();
  for (let at = start; at < bytes.length;) {
    const lead = bytes[at];
    if (lead === 0) return binary(bytes, at);
    if (lead < 0x80) {
      let end = at + 1;
      while (end < bytes.length && bytes[end] > 0 && bytes[end] < 0x80) end++;
      units.addAll(bytes.subarray(at, end));
      at = end;
      continue;
    }
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
    let code = lead & (0xff >> (length + 1));
    for (let k = 1; k < length; k++) {
      const next = bytes[at + k];
      code = (next & 0xc0) === 0x80 ? (code << 6) | (next & 0x3f) : NaN;
    }
    const valid = length > 0 && lead < 0xf5 && code >= LEAST[length] && code <= 0x10ffff;
    if (!valid || (code >= 0xd800 && code < 0xe000)) {
      const hex = lead.toString(16).toUpperCase().padStart(2, '0');
      return refuse(placeOf(bytes, at), reason('utf8-byte', { hex }), TO_UTF8);
    }
    if (code < 0x10000) units.add(code);
    else {
      units.add(0xd800 + ((code - 0x10000) >> 10));
      units.add(0xdc00 + ((code - 0x10000) & 0x3ff));
    }
    at += length;
  }
  return { ok: true, text: units.text() };
}

/** @param low index of the low byte within each pair. */
function fromUtf16(bytes: Uint8Array, low: 0 | 1): Decoded {
  if (bytes.length % 2 === 1) {
    return refuse({ of: 'byte', at: bytes.length }, reason('utf16-half', {}), TO_UTF8);
  }
  const units = new Units();
  let open = false;
  for (let at = 2; at <= bytes.length; at += 2) {
    const unit = at < bytes.length ? bytes[at + low] | (bytes[at + 1 - low] << 8) : 0;
    const trails = unit >= 0xdc00 && unit < 0xe000;
    if (open !== trails) {
      return refuse({ of: 'byte', at: at + 1 }, reason('utf16-half', {}), TO_UTF8);
    }
    open = unit >= 0xd800 && unit < 0xdc00;
    if (at < bytes.length) units.add(unit);
  }
  return { ok: true, text: units.text() };
}

function binary(bytes: Uint8Array, at: number): ArrayRefusal {
  return refuse(placeOf(bytes, at), reason('zero-byte', {}), remedyOf('utf8-text', {}));
}

/** Bytes and lines are counted from 1. */
function placeOf(bytes: Uint8Array, at: number): ArrayPlace {
  let line = 1;
  for (let k = 0; k < at; k++) if (bytes[k] === 0x0a) line++;
  return { of: 'byte', at: at + 1, line };
}
