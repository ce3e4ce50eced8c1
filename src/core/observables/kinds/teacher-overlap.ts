/** Overlaps with a teacher’s rows: Σ_ρ x_{ρ,o} x*_{ρ,o'}. */
import { OUTPUT, TEACHER_OUTPUT, type ObservableKind } from '../observable.ts';

export const teacherOverlap: ObservableKind = {
  key: 'teacher_overlap',
  axes: [OUTPUT, TEACHER_OUTPUT],
  version: 2,
  exists: ({ teacherOutputs }) => teacherOutputs > 0,
  write: ({ sums }, out) => out.set(sums.teacherOverlap),
};
