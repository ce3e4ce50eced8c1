/**
 * A loss f(r, s) of one output that sees a response, at lists of places: quadrature asks for whole rows of nodes, which a
 * formula computes together (tape.ts).
 */

/** Most places that are asked for at once. */
export const MOST_PLACES = 128;

/** What defines a loss of one output that sees a response, at single places. */
export interface ResponseFunction {
  /** f. */
  value(response: number, output: number): number;
  /** ∂f/∂r; at a jump the mean of both sides. */
  slope(response: number, output: number): number;
  /** ∂²f/∂r² between kinks. */
  curvature(response: number, output: number): number;
  /** Functions of s and r whose zeros are where f or f′ has a kink or a jump; absent where there are none. */
  switches?: readonly ((response: number, output: number) => number)[];
  /** The same at lists of places, where that is cheaper. */
  readonly rows?: ResponseRows;
}

/** s and r of places, MOST_PLACES each. */
export interface Places {
  readonly response: Float64Array;
  readonly output: Float64Array;
}

/** f, ∂f/∂r, (∂f/∂r)² or its mean over what f is averaged over, and ∂²f/∂r² at places, MOST_PLACES each. */
export type Rows = readonly [value: Float64Array, slope: Float64Array, square: Float64Array, curvature: Float64Array];

/** Writes values at the first `count` places. */
export type WriteRow = (places: Places, count: number, out: Float64Array) => void;

/** The loss at lists of places. */
export interface ResponseRows {
  /** Writes its values at the first `count` places. */
  write(places: Places, count: number, out: Rows): void;
  /** Its switches; none where it is smooth. */
  readonly switches: readonly WriteRow[];
}

const list = (): Float64Array => new Float64Array(MOST_PLACES);
/** Buffers for places. */
export const createPlaces = (): Places => ({ response: list(), output: list() });
/** Buffers for values. */
export const createRows = (): Rows => [list(), list(), list(), list()];

/** A loss at lists of places, if need be place by place. */
export function rowsOf(loss: ResponseFunction): ResponseRows {
  return (
    loss.rows ?? {
      write({ response, output }, count, [value, slope, square, curvature]) {
        for (let k = 0; k < count; k++) {
          const [s, r] = [response[k], output[k]];
          value[k] = loss.value(s, r);
          slope[k] = loss.slope(s, r);
          square[k] = slope[k] * slope[k];
          curvature[k] = loss.curvature(s, r);
        }
      },
      switches: (loss.switches ?? []).map(rowOf),
    }
  );
}

/** A function that is known place by place. */
export const rowOf =
  (of: (response: number, output: number) => number): WriteRow =>
  ({ response, output }, count, out) => {
    for (let k = 0; k < count; k++) out[k] = of(response[k], output[k]);
  };
