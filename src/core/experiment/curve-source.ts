/** What the curves of an experiment are of. */

/** A theory curve, by the name of its kind (theory/curves/curve-kinds.ts). */
export interface TheorySource {
  readonly kind: string;
  readonly run?: undefined;
}

/** One simulation run; no kind of theory curve has this name. */
export interface RunSource {
  readonly kind: 'simulation';
  readonly run: number;
}

export type CurveSource = TheorySource | RunSource;

export const isRun = (source: CurveSource): source is RunSource => source.kind === 'simulation';

export const sameSource = (a: CurveSource, b: CurveSource): boolean => a.kind === b.kind && a.run === b.run;
