/** The risk of the average of the iterates (`optimizer.average`); NaN while there is none. */
import { writeAsked, type ObservableKind } from '../observable.ts';

export const averageRisk: ObservableKind = {
  key: 'average_risk',
  axes: [],
  version: 2,
  range: { least: 'as the loss' },
  exists: ({ averages }) => averages,
  write: (state, out) => writeAsked(state, 'average_risk', out),
};
