import { type Reason } from '../../refusal/refusal.ts';

/** What became too large to go on with. */
export interface Overflow {
  /** 'norm' for ‖X‖²; 'drift' for the largest rate of change of an entry of the state; 'risk', 'learning rate'. */
  readonly quantity: string;
  /** Its last value; Infinity beyond what a number holds. */
  readonly value: number;
}

/** ‖X‖² above which a run or a solution counts as diverged: far beyond any state that comes back. */
export const DIVERGED_NORM = 1e100;

/** A size that overflowed on the way may be infinite or, as a difference of infinities, no number. */
export const overflowed = (value: number): number => (Number.isNaN(value) ? Infinity : value);

/** How a computation ended. Bad input throws; bad numerics return. */
export type Outcome =
  | { readonly status: 'done' | 'cancelled'; readonly t: number }
  | ({ readonly status: 'diverged'; readonly t: number } & Overflow)
  | { readonly status: 'failed'; readonly t: number; readonly why: Reason };

/** Receives the row of observables (observables/row-layout.ts) of grid point `point`; the row is reused by the caller. */
export type RowSink = (point: number, row: Float64Array) => void;

/** Whether the computation was asked to stop. */
export type ShouldStop = () => boolean;
