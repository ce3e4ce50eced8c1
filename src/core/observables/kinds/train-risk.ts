/** The mean of the loss over a finite data set, without the ridge term; NaN of a process that has no data. */
import { writeAsked, type ObservableKind } from '../observable.ts';

export const trainRisk: ObservableKind = {
  key: 'train_risk',
  axes: [],
  version: 2,
  range: { least: 'as the loss' },
  exists: ({ finite }) => finite,
  write: (state, out) => writeAsked(state, 'train_risk', out),
};
