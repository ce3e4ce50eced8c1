/** The minimum of an empirical risk on a typical data set: the law of X over data sets. */

export interface EndState {
  /** x̄, N. */
  readonly mean: Float64Array;
  /** S, N. */
  readonly variance: Float64Array;
  /** Empirical risk at the minimum, without the ridge term. */
  readonly train: number;
}
