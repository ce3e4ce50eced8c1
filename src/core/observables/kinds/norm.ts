/** The squared norm E ‖X‖². */
import { type ObservableKind } from '../observable.ts';

export const norm: ObservableKind = {
  key: 'norm',
  axes: [],
  version: 2,
  required: true,
  range: { least: 'zero' },
  exists: () => true,
  write({ sums }, out) {
    out[0] = sums.norm.reduce((sum, value) => sum + value, 0);
  },
};
