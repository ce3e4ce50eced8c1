/** The effective scale α of a diagonal network, √d mean |u v| to the power 1/2: α₀ at the start, and less as noise acts. */
import { writeAsked, type ObservableKind } from '../observable.ts';

export const effectiveScale: ObservableKind = {
  key: 'effective_scale',
  axes: [],
  version: 2,
  exists: ({ diagonal }) => diagonal,
  write: (state, out) => writeAsked(state, 'effective_scale', out),
};
