/** One measured figure of `npm run bench`. */
export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Time of each baseline divided by ours, measured in turn in the same run. */
  readonly ratios: Record<string, number>;
  /** What performance asks for, where it asks. */
  readonly target?: string;
}
