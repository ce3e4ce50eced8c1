/**
 * The moments R, g and Q of softplus under N(m, B) as functions of m for one B: quintic pieces that match two
 * derivatives at their ends, built where they are asked for. Relative error below 1e-8.
 */
import { softplusMoments } from '../math/softplus-moments.ts';
import { createScalarMoments, type ScalarMoments } from '../math/scalar-moments.ts';

const STEP = 0.25;
/** Pieces on |m| < RADIUS · STEP; beyond, moments are computed one by one. */
const RADIUS = 240;
const FUNCTIONS = 3;
const COEFFICIENTS = 6;
const PIECE = FUNCTIONS * COEFFICIENTS;

export interface LogisticTable {
  /** Moments at the last `evaluate`. */
  risk: number;
  gradient: number;
  gradientSquare: number;
  /** Forget the pieces: the table is for this variance from now on. */
  reset(variance: number): void;
  evaluate(mean: number): void;
  /** Numbers of all pieces: per piece of length STEP, the coefficients of R, g and Q in the position within it. */
  readonly pieces: Float64Array;
  /**
   * Makes the pieces for all means in [low, high].
   * @returns where they are in `pieces`: first number, and the one after the last; null if the table does not reach.
   */
  prepare(low: number, high: number): readonly [number, number] | null;
}

/** Numbers in `pieces`. */
export const LOGISTIC_TABLE_SIZE = 2 * RADIUS * PIECE;

/** Value, first and second derivative in m of the three moments. */
function knot(moments: ScalarMoments, out: Float64Array, at: number): void {
  out[at] = moments.risk;
  out[at + 1] = STEP * moments.gradient;
  out[at + 2] = STEP * STEP * moments.curvature;
  out[at + 3] = moments.gradient;
  out[at + 4] = STEP * moments.curvature;
  out[at + 5] = STEP * STEP * moments.third;
  out[at + 6] = moments.gradientSquare;
  out[at + 7] = STEP * moments.gradientSquareByMean;
  out[at + 8] = STEP * STEP * 2 * moments.gradientSquareByVariance;
}

export function createLogisticTable(): LogisticTable {
  const knots = new Float64Array((2 * RADIUS + 1) * 9);
  const pieces = new Float64Array(LOGISTIC_TABLE_SIZE);
  // Which reset a knot or a piece was made after.
  const knotAge = new Int32Array(2 * RADIUS + 1);
  const pieceAge = new Int32Array(2 * RADIUS);
  const buffer = createScalarMoments();
  let age = 0;
  let variance = 0;

  function needKnot(k: number): void {
    if (knotAge[k] === age) return;
    knotAge[k] = age;
    softplusMoments((k - RADIUS) * STEP, variance, buffer);
    knot(buffer, knots, 9 * k);
  }

  function build(piece: number): void {
    needKnot(piece);
    needKnot(piece + 1);
    pieceAge[piece] = age;
    for (let f = 0; f < FUNCTIONS; f++) {
      const left = 9 * piece + 3 * f;
      const right = left + 9;
      const at = PIECE * piece + COEFFICIENTS * f;
      const half = 0.5 * knots[left + 2];
      const value = knots[right] - knots[left] - knots[left + 1] - half;
      const slope = knots[right + 1] - knots[left + 1] - 2 * half;
      const second = 0.5 * (knots[right + 2] - 2 * half);
      pieces[at] = knots[left];
      pieces[at + 1] = knots[left + 1];
      pieces[at + 2] = half;
      pieces[at + 3] = 10 * value - 4 * slope + second;
      pieces[at + 4] = -15 * value + 7 * slope - 2 * second;
      pieces[at + 5] = 6 * value - 3 * slope + second;
    }
  }

  function polynomial(at: number, s: number): number {
    const high = pieces[at + 3] + s * (pieces[at + 4] + s * pieces[at + 5]);
    return pieces[at] + s * (pieces[at + 1] + s * (pieces[at + 2] + s * high));
  }

  const table: LogisticTable = {
    risk: 0,
    gradient: 0,
    gradientSquare: 0,
    pieces,
    prepare(low, high) {
      const [first, last] = [Math.floor(low / STEP + RADIUS), Math.floor(high / STEP + RADIUS)];
      if (!(first >= 0 && last < 2 * RADIUS)) return null;
      for (let piece = first; piece <= last; piece++) if (pieceAge[piece] !== age) build(piece);
      return [first * PIECE, (last + 1) * PIECE];
    },
    reset(newVariance) {
      variance = newVariance;
      age++;
    },
    evaluate(mean) {
      const position = mean / STEP + RADIUS;
      if (!(position >= 0 && position < 2 * RADIUS)) {
        softplusMoments(mean, variance, buffer);
        table.risk = buffer.risk;
        table.gradient = buffer.gradient;
        table.gradientSquare = buffer.gradientSquare;
        return;
      }
      const piece = Math.floor(position);
      const s = position - piece;
      if (pieceAge[piece] !== age) build(piece);
      const at = PIECE * piece;
      table.risk = polynomial(at, s);
      table.gradient = polynomial(at + COEFFICIENTS, s);
      table.gradientSquare = polynomial(at + 2 * COEFFICIENTS, s);
    },
  };
  return table;
}
