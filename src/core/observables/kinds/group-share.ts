/** The share of ‖X‖² in each spectral group; 0 where X = 0. */
import { GROUP, type ObservableKind } from '../observable.ts';

export const groupShare: ObservableKind = {
  key: 'group_share',
  axes: [GROUP],
  version: 2,
  required: true,
  range: { least: 'zero', most: 1 },
  exists: () => true,
  write({ sizes: { groups, outputs }, sums: { norm } }, out) {
    const total = norm.reduce((sum, value) => sum + value, 0);
    for (let g = 0; g < groups; g++) {
      let groupNorm = 0;
      for (let o = 0; o < outputs; o++) groupNorm += norm[g * outputs + o];
      out[g] = total > 0 ? groupNorm / total : 0;
    }
  },
};
