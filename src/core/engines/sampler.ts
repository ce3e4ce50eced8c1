/**
 * Random numbers for engines that spend most of their time drawing them: sfc32 words, normals by a ziggurat and exact
 * chi-squares, drawn in buffers. One sampler per stream; the same key gives the same numbers everywhere.
 */
import { exp, log, squared } from '../math/elementary.ts';

/** Numbers drawn at once. */
const BUFFER = 1024;
const LAYERS = 256;
/** Start of the tail, and the area of a layer, for 256 layers (J. A. Doornik, An improved ziggurat method, 2005). */
const TAIL = 3.6541528853610088;
const AREA = 4.92867323399e-3;
const density = (x: number): number => exp(-0.5 * x * x);

/** Right ends of the layers, from the base (widened so that it includes the tail's area) up to 0 at the top. */
const edge = new Float64Array(LAYERS + 1);
edge[0] = AREA / density(TAIL);
edge[1] = TAIL;
for (let k = 2; k < LAYERS; k++) edge[k] = Math.sqrt(-2 * log(AREA / edge[k - 1] + density(edge[k - 1])));
/** Below this fraction of its layer a point lies under the curve without looking. */
const inner = Float64Array.from({ length: LAYERS }, (_, k) => edge[k + 1] / edge[k]);

const UNIT = 1 / 4294967296;
const PLACE_UNIT = 1 / 8388608;

export class Sampler {
  private readonly state: Int32Array;
  private readonly words = new Int32Array(BUFFER);
  private nextWord = BUFFER;
  private readonly normals = new Float64Array(BUFFER);
  private nextNormal = BUFFER;

  /** @param key 128-bit key of a named stream (math/random.ts). */
  constructor(key: Uint32Array) {
    this.state = Int32Array.from(key);
    this.fillWords(new Int32Array(12));
  }

  /** Uniform in (0, 1), 32 bits. */
  uniform(): number {
    if (this.nextWord === BUFFER) {
      this.fillWords(this.words);
      this.nextWord = 0;
    }
    return ((this.words[this.nextWord++] >>> 0) + 0.5) * UNIT;
  }

  /** Standard normal. */
  normal(): number {
    if (this.nextNormal === BUFFER) {
      this.fillNormals(this.normals);
      this.nextNormal = 0;
    }
    return this.normals[this.nextNormal++];
  }

  /** Standard normals into the whole of `out`. */
  fill(out: Float64Array): void {
    for (let start = 0; start < out.length; start += BUFFER) {
      this.fillNormals(out.subarray(start, Math.min(out.length, start + BUFFER)));
    }
  }

  /**
   * Chi-square variable, exact (G. Marsaglia & W. W. Tsang, ACM TOMS 26 (2000) 363).
   * @param degrees whole number >= 0; with 0 degrees it is 0.
   */
  chiSquare(degrees: number): number {
    if (degrees <= 1) return degrees === 0 ? 0 : squared(this.normal());
    const shape = 0.5 * degrees - 1 / 3;
    const slope = 1 / (3 * Math.sqrt(shape));
    for (;;) {
      const x = this.normal();
      const root = 1 + slope * x;
      if (root <= 0) continue;
      const cube = root * root * root;
      const u = this.uniform();
      const square = x * x;
      if (u < 1 - 0.0331 * square * square) return 2 * shape * cube;
      if (log(u) < 0.5 * square + shape * (1 - cube + log(cube))) return 2 * shape * cube;
    }
  }

  /** sfc32 as in math/random.ts, with its state in local variables. */
  private fillWords(out: Int32Array): void {
    const { state } = this;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let counter = state[3];
    for (let k = 0; k < out.length; k++) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      out[k] = sum;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }

  /** One word each: 8 bits for the layer, the 24 others for the place in it. At most BUFFER normals. */
  private fillNormals(out: Float64Array): void {
    const words = out.length === BUFFER ? scratch : scratch.subarray(0, out.length);
    this.fillWords(words);
    for (let k = 0; k < out.length; k++) {
      const word = words[k];
      const layer = word & (LAYERS - 1);
      const place = ((word >> 8) + 0.5) * PLACE_UNIT;
      out[k] = Math.abs(place) < inner[layer] ? place * edge[layer] : this.outside(layer, place);
    }
  }

  /** A point outside the part of its layer that lies under the curve for sure. */
  private outside(layer: number, place: number): number {
    for (;;) {
      if (layer === 0) return this.tail(place < 0);
      const x = place * edge[layer];
      const low = density(edge[layer]);
      const high = density(edge[layer + 1]);
      if (low + this.uniform() * (high - low) < density(x)) return x;
      layer = Math.floor(this.uniform() * LAYERS);
      place = 2 * this.uniform() - 1;
      if (Math.abs(place) < inner[layer]) return place * edge[layer];
    }
  }

  /** Marsaglia's tail beyond TAIL. */
  private tail(negative: boolean): number {
    for (;;) {
      const x = -log(this.uniform()) / TAIL;
      const y = -log(this.uniform());
      if (2 * y > x * x) return negative ? -(TAIL + x) : TAIL + x;
    }
  }
}

/** Words of one call of fillNormals; used up before any other code runs. */
const scratch = new Int32Array(BUFFER);
