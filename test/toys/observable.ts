/** A toy observable, as docs/adding-an-observable.md says it: steps that a process says it has taken; NaN where it says none. */
import { CLASS, writeAsked, type ObservableKind } from '../../src/core/observables/observable.ts';

export const toySteps: ObservableKind = {
  key: 'toy_steps',
  axes: [],
  version: 3,
  exists: () => true,
  write: (state, out) => writeAsked(state, 'toy_steps', out),
};

/** One with an index, from the state that every process has. */
export const toyMeans: ObservableKind = {
  key: 'toy_means',
  axes: [CLASS],
  version: 3,
  exists: ({ classes }) => classes > 1,
  write({ law }, out) {
    law.mean.forEach((mean, i) => (out[i] = 2 * mean[0]));
  },
};
