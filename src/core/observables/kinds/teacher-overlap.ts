/** Overlaps with a teacher as the outputs see them: q_i = Σ_ρ λ_{i,ρ} x_{ρ,o} x*_{ρ,o'}, the covariances of r and r* (T8). */
import { CLASS, ifSeveral, OUTPUT, TEACHER_OUTPUT, type ObservableKind } from '../observable.ts';

export const teacherOverlap: ObservableKind = {
  key: 'teacher_overlap',
  axes: [CLASS, ifSeveral(OUTPUT), ifSeveral(TEACHER_OUTPUT)],
  version: 2,
  exists: ({ teacherOutputs }) => teacherOutputs > 0,
  write({ sizes: { classes, outputs, teacherOutputs }, law }, out) {
    const joint = outputs + teacherOutputs;
    for (let i = 0; i < classes; i++) {
      for (let a = 0; a < outputs; a++) {
        for (let s = 0; s < teacherOutputs; s++) {
          out[(i * outputs + a) * teacherOutputs + s] = law.covariance[i][a * joint + outputs + s];
        }
      }
    }
  },
};
