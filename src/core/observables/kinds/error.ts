/** Probability that the class of a fresh sample is not predicted. */
import { type ObservableKind } from '../observable.ts';

export const error: ObservableKind = {
  key: 'error',
  axes: [],
  version: 2,
  required: true,
  range: { least: 'zero', most: 1 },
  exists: ({ classifies }) => classifies,
  write({ priors, loss, law }, out) {
    let sum = 0;
    for (let i = 0; i < priors.length; i++) {
      sum += priors[i] * loss.classificationError(i, law.mean[i], law.covariance[i]);
    }
    out[0] = sum;
  },
};
