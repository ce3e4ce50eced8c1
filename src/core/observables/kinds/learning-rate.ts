/** The learning rate γ of the next step. */
import { type ObservableKind } from '../observable.ts';

export const learningRate: ObservableKind = {
  key: 'learning_rate',
  axes: [],
  version: 2,
  required: true,
  range: { least: 'zero' },
  exists: () => true,
  write({ rate }, out) {
    out[0] = rate;
  },
};
