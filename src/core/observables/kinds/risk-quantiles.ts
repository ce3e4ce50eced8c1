/** Quantiles of the risk over runs by the law of escape (T11), by level. */
import { LEVEL, type ObservableKind } from '../observable.ts';

export const riskQuantiles: ObservableKind = {
  key: 'risk_quantiles',
  axes: [LEVEL],
  version: 2,
  ofTheory: true,
  exists: ({ escapes }) => escapes,
  // the theory has it once all flows are there
  write: (_state, out) => void out.fill(NaN),
};
