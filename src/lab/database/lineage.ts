/**
 * What an experiment was run as before an edit: kept by its id, or, for one that a sweep makes, by its place on the axes.
 * A sweep that is changed gives its ids to other values, whose results are then not those of before.
 */
import { isOfSweep, sweepSchema, type Sweep } from '../../core/experiment/sweep.ts';

/** Names the line of an experiment among those of its study. */
export function lineNames(sweep: unknown): (experiment: { readonly id: string; readonly name?: string }) => string {
  const { id } = sweepSchema.shape;
  const found = id.safeParse((sweep as { id?: unknown } | null | undefined)?.id);
  const known: Pick<Sweep, 'id'> | null = sweep && found.success ? { id: found.data } : null;
  return (experiment) =>
    known && isOfSweep(known, experiment.id) ? `${known.id}: ${experiment.name ?? ''}` : experiment.id;
}
