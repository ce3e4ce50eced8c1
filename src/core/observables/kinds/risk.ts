/** The risk R = Σ_i p_i E f_i (T2). */
import { type ObservableKind } from '../observable.ts';

export const risk: ObservableKind = {
  key: 'risk',
  axes: [],
  version: 2,
  required: true,
  range: { least: 'as the loss' },
  exists: () => true,
  write({ priors, moments }, out) {
    let sum = 0;
    for (let i = 0; i < priors.length; i++) sum += priors[i] * moments[i].risk;
    out[0] = sum;
  },
};
