/** How a computation ended. Bad input throws; bad numerics return. */
export type Outcome =
  | { readonly status: 'done' | 'cancelled'; readonly t: number }
  | { readonly status: 'diverged'; readonly t: number; readonly quantity: string; readonly value: number }
  | { readonly status: 'failed'; readonly t: number; readonly message: string };

/** Receives the row of observables (observables/layout.ts) of grid point `point`; the row is reused by the caller. */
export type RowSink = (point: number, row: Float64Array) => void;

/** Whether the computation was asked to stop. */
export type ShouldStop = () => boolean;
