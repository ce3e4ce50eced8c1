/** The covariances B_i of the outputs (T3), without those of a teacher. */
import { CLASS, OTHER_OUTPUT, OUTPUT, type ObservableKind } from '../observable.ts';

export const variance: ObservableKind = {
  key: 'variance',
  axes: [CLASS, OUTPUT, OTHER_OUTPUT],
  version: 2,
  required: true,
  exists: () => true,
  write({ sizes: { classes, outputs, teacherOutputs }, law }, out) {
    const joint = outputs + teacherOutputs;
    for (let i = 0; i < classes; i++) {
      for (let a = 0; a < outputs; a++) {
        for (let b = 0; b < outputs; b++) out[(i * outputs + a) * outputs + b] = law.covariance[i][a * joint + b];
      }
    }
  },
};
