/** A study at a glance, for its row in the library: what its experiments are, and its theory's risk as small curves. */
import { type Glance, type StudyId } from '../api/types.ts';
import { fieldOf } from '../core/observables/row-layout.ts';
import { type Library } from '../lab/database/library.ts';

/** Most experiments that are drawn, and most points of each: the drawing is some 80 pixels wide. */
const MOST_CURVES = 4;
const MOST_POINTS = 24;

/** @returns null for a study that cannot be read. */
export function glanceAt(library: Library, id: StudyId): Glance | null {
  const opened = library.openStudy(id);
  if (!opened.ok) return null;
  const { status, draft } = opened.value;
  const states: Record<string, number> = {};
  for (const { state, troubles } of status) {
    const troubled = troubles.some(({ outcome }) => outcome.status === 'diverged' || outcome.status === 'failed');
    const word = state === 'complete' && troubled ? 'diverged' : state;
    states[word] = (states[word] ?? 0) + 1;
  }
  const curves: Glance['curves'][number][] = [];
  for (const experiment of draft.experiments) {
    if (curves.length === MOST_CURVES) break;
    const found = status.find(({ experimentId }) => experimentId === experiment.id);
    if (found?.state !== 'complete' && found?.state !== 'partial') continue;
    const { results } = library.results(id, experiment);
    const curve = results?.curves.find(({ points }) => points > 1);
    if (!results || !curve) continue;
    const { frame } = results;
    const at = fieldOf(frame.layout, 'risk').offset;
    const stride = Math.max(1, Math.ceil(curve.points / MOST_POINTS));
    const points = Array.from({ length: Math.ceil(curve.points / stride) }, (_, k) => k * stride);
    curves.push(points.map((k) => [frame.t[k], curve.rows[k * frame.layout.size + at]] as const));
  }
  return { states, curves };
}
