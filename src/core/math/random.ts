/**
 * Named random streams. A stream is a 128-bit key; `child` derives a new key from the parent's key and a name, so
 * that every use of randomness (`root.child('means')`, `root.child('run', 3).child('samples')`) has its own stream. It
 * depends neither on the order in which streams are drawn from nor on the number of workers.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { log } from './elementary.ts';

export interface Stream {
  /** 128-bit key of the stream, four 32-bit words: the seed of a generator elsewhere (for instance in a kernel). */
  readonly key: Uint32Array;
  /** The stream of a named purpose, or of the `index`-th thing with that name. */
  child(name: string, index?: number): Stream;
  /** Uniform 32-bit word. */
  word(): number;
  /** Uniform in (0, 1), 53 bits, never 0. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method; exact up to rounding). */
  normal(): number;
}

/** Four words of SHA-256 of a text. */
function keyOf(text: string): Uint32Array {
  const digest = sha256(utf8ToBytes(text));
  const view = new DataView(digest.buffer, digest.byteOffset, 16);
  return Uint32Array.from({ length: 4 }, (_, word) => view.getUint32(4 * word, true));
}

/** sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, period above 2^32 from every seed. */
class Sfc32Stream implements Stream {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;
  private spare = Number.NaN;

  constructor(readonly key: Uint32Array) {
    this.a = key[0] | 0;
    this.b = key[1] | 0;
    this.c = key[2] | 0;
    this.counter = key[3] | 0;
    for (let warmUp = 0; warmUp < 12; warmUp++) this.word();
  }

  child(name: string, index?: number): Stream {
    return new Sfc32Stream(keyOf(`${this.key.join(',')}/${name}${index === undefined ? '' : `#${index}`}`));
  }

  word(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  uniform(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 67108864 + low + 0.5) / 9007199254740992;
  }

  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * log(square)) / square);
      this.spare = v * factor;
      return u * factor;
    }
  }
}

/**
 * The root stream of a seed.
 * @param seed any non-negative safe integer.
 */
export function rootStream(seed: number): Stream {
  return new Sfc32Stream(keyOf(`sgdlab:${seed}`));
}

/** The stream of a key, as another stream's `key` gave it. */
export function streamOf(key: Uint32Array): Stream {
  return new Sfc32Stream(key);
}
