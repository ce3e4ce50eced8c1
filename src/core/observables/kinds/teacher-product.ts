/** Inner products with a teacher’s columns: Σ_ρ x_{ρ,o} x*_{ρ,o'}, what a cosine needs. */
import { OUTPUT, TEACHER_OUTPUT, type ObservableKind } from '../observable.ts';

export const teacherProduct: ObservableKind = {
  key: 'teacher_product',
  axes: [OUTPUT, TEACHER_OUTPUT],
  version: 2,
  exists: ({ teacherOutputs }) => teacherOutputs > 0,
  write: ({ sums }, out) => out.set(sums.teacherProduct),
};
