/** The means m_i of the outputs (T3). */
import { CLASS, OUTPUT, type ObservableKind } from '../observable.ts';

export const overlap: ObservableKind = {
  key: 'overlap',
  axes: [CLASS, OUTPUT],
  version: 2,
  required: true,
  exists: () => true,
  write({ sizes: { classes, outputs }, law }, out) {
    for (let i = 0; i < classes; i++) for (let a = 0; a < outputs; a++) out[i * outputs + a] = law.mean[i][a];
  },
};
