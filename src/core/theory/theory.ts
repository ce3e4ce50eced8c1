/** The interface of the theory: solves (T3)–(T5) for an experiment and reports rows on its time grid. */
import { type Setup } from '../experiment/setup.ts';
import { type Outcome, type RowSink, type ShouldStop } from '../experiment/outcome.ts';

/** Accuracy asked of the integrator unless somebody asks for another. */
export const DEFAULT_TOLERANCE = 1e-8;

export interface TheoryOptions {
  /**
   * Accuracy asked of the integrator, in (0, 1): of x̄ in the 2-norm and of S in the 1-norm, relative to the whole and
   * absolute where that is below 1. The risk is about as accurate, or better.
   */
  readonly tolerance: number;
  readonly onRow: RowSink;
  readonly shouldStop: ShouldStop;
}

/** The work that was done, for provenance. */
export interface TheoryReport {
  readonly outcome: Outcome;
  readonly accepted: number;
  readonly rejected: number;
  readonly evaluations: number;
  /** Names of the methods that were used, in order. */
  readonly integrator: string;
  /** N nodes that stood for the d directions, or for all of them as d → ∞. */
  readonly nodes: number;
  /** Largest estimated error of the Gaussian moments met on the way (0 for closed forms). */
  readonly momentError: number;
  /** Largest relative change of what is told by the last extrapolation in step sizes; absent where there was none. */
  readonly accuracy?: number;
}

/** Solves (T4), with (T5) where SGD's noise acts; without it S is 0, or the decaying variance of a random start. */
export type SolveTheory = (setup: Setup, options: FlowOptions) => TheoryReport;

export interface FlowOptions extends TheoryOptions {
  readonly noise: boolean;
  /** x̄ at t = 0 times √w of each node, where it is one of the effective starts of an escape (T11). */
  readonly escape?: { readonly start: Float64Array };
}
