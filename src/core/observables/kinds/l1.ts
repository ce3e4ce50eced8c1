/** The norm ‖X‖₁/√d of a diagonal network. */
import { writeAsked, type ObservableKind } from '../observable.ts';

export const l1: ObservableKind = {
  key: 'l1',
  axes: [],
  version: 2,
  exists: ({ diagonal }) => diagonal,
  write: (state, out) => writeAsked(state, 'l1', out),
};
