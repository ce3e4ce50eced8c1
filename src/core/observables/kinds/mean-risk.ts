/** The mean of the risk over runs by the law of escape (T11), far above the risk of the median. */
import { type ObservableKind } from '../observable.ts';

export const meanRisk: ObservableKind = {
  key: 'mean_risk',
  axes: [],
  version: 2,
  ofTheory: true,
  exists: ({ escapes }) => escapes,
  // the theory has it once all flows are there
  write: (_state, out) => void out.fill(NaN),
};
