/** Rows that a running job reports, merged into curves: pure functions over results. */
import { keysOf, requireIdentity } from '../../core/experiment/identity.ts';
import { sameSource } from '../../core/experiment/curve-source.ts';
import { bySource, experimentFrame, type Curve, type ExperimentResults } from '../../study/experiment-results.ts';
import { needsArrays, prepare } from '../../core/experiment/setup.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type LiveRows } from '../../api/types.ts';

/** Above this many directions the page does not build the arrays of a model by itself, where it has any. */
export const MAX_LOCAL_DIMENSION = 100_000;

/** Results without curves, from the description; null where the arrays would be too large for the page. */
export function emptyResults(experiment: Experiment): ExperimentResults | null {
  if (experiment.model.dimension > MAX_LOCAL_DIMENSION && needsArrays(experiment)) return null;
  return { experiment, frame: experimentFrame(prepare(experiment)), curves: [] };
}

/**
 * Results with the rows put in their places. A curve's buffer is kept and written into, so that a batch costs its own
 * length; the results object is new, so that readers notice.
 * @throws IdentityError if rows are of other work.
 */
export function mergeRows(results: ExperimentResults, batches: readonly LiveRows[]): ExperimentResults {
  const { size } = results.frame.layout;
  const points = results.frame.t.length;
  const keys = keysOf(results.experiment);
  const curves = [...results.curves];
  for (const { source, key, first, rows } of batches) {
    requireIdentity({ source, key }, keys, results.experiment.id);
    const count = rows.length / size;
    if (!Number.isInteger(count) || first < 0 || first + count > points) continue;
    const at = curves.findIndex((curve) => sameSource(curve.source, source));
    const curve = at >= 0 ? curves[at] : newCurve({ source, key }, points * size);
    if (curve.outcome.status === 'done' && curve.points === points && at >= 0) continue;
    curve.rows.set(rows, first * size);
    const reached = Math.max(curve.points, first + count);
    const merged = {
      ...curve,
      points: reached,
      outcome: { status: 'cancelled', t: results.frame.t[reached - 1] } as const,
    };
    if (at >= 0) curves[at] = merged;
    else curves.push(merged);
  }
  return { ...results, curves: curves.sort(bySource) };
}

/** Stored curves, with those live ones beside them that are not stored yet. */
export function withLive(stored: ExperimentResults, live: ExperimentResults | null): ExperimentResults {
  if (!live || live.frame.layout.size !== stored.frame.layout.size || live.frame.t.length !== stored.frame.t.length) {
    return stored;
  }
  const missing = live.curves.filter(({ source }) => !stored.curves.some((curve) => sameSource(curve.source, source)));
  return missing.length === 0 ? stored : { ...stored, curves: [...stored.curves, ...missing].sort(bySource) };
}

function newCurve(of: Pick<Curve, 'source' | 'key'>, length: number): Curve {
  return {
    ...of,
    rows: new Float64Array(length).fill(NaN),
    points: 0,
    outcome: { status: 'cancelled', t: 0 },
    report: { origin: null, seconds: 0, details: {} },
  };
}
