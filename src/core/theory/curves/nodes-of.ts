/** How many nodes a description is solved on, without making them. */
import { type Experiment } from '../../experiment/schema.ts';

/** Nodes that stand for the directions of a smooth spectrum, and with means or a teacher that are not smooth. */
const SMOOTH_NODES = 120;
const ROUGH_NODES = 400;
/** Nodes of what has few distinct eigenvalues. */
const MERGED_NODES = 10;

/** Nodes of a description, about. */
export function nodesOf({ model }: Experiment): number {
  const { spectrum, dimension, means } = model;
  if (spectrum.kind === 'custom') return dimension;
  if (spectrum.kind !== 'power-law') return MERGED_NODES;
  const smooth = means.arrangement.kind === 'opposite' || means.arrangement.kind === 'cosine';
  return Math.min(dimension, smooth ? SMOOTH_NODES : ROUGH_NODES);
}
