/** What the curves of an experiment are of. */
import { type CurveKind } from './schema.ts';

/** What a curve is of: a theory curve, or one simulation run. */
export type CurveSource = { readonly kind: CurveKind } | { readonly kind: 'simulation'; readonly run: number };

export const sameSource = (a: CurveSource, b: CurveSource): boolean =>
  a.kind === b.kind && (a.kind !== 'simulation' || b.kind !== 'simulation' || a.run === b.run);

/** Order of the curves of an experiment: theory first, then the runs. */
export function bySource(a: { source: CurveSource }, b: { source: CurveSource }): number {
  const rank = ({ source }: { source: CurveSource }) => {
    if (source.kind === 'simulation') return source.run;
    return source.kind === 'ode' ? -2 : -1;
  };
  return rank(a) - rank(b);
}
