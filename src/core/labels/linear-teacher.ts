/** Linear teachers X*: the description that all labels of a teacher share, and the arrays that it stands for. */
import { z } from 'zod';
import { rootStream, type Stream } from '../math/random.ts';
import { coded } from '../description/issues.ts';
import { finite, numberRows, oneOfKinds, seed, strict, whole } from '../description/strict.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

/** Most teacher outputs ℓ*. */
export const MAX_TEACHER_OUTPUTS = 32;

const scale = () => finite({ min: 0 }).default(1);
/** Fraction of the entries that are not 0; all without. */
const sparsity = () => finite({ above: 0, max: 1 }).optional();

/** A custom teacher gives X* by columns: one vector of d numbers per output. */
function customTeacher(most: number) {
  return strict({
    kind: z.literal('custom'),
    vectors: numberRows()
      .refine((rows) => rows.length >= 1 && rows.length <= most, coded('vector-count', { most }))
      .meta({ widget: { kind: 'rows', rows: 'any', numbers: 'any' } }),
  });
}

/** A teacher of up to MAX_TEACHER_OUTPUTS responses. */
export const teacherSchema = oneOfKinds([
  strict({
    kind: z.literal('gaussian'),
    seed: seed(),
    scale: scale(),
    sparsity: sparsity(),
    outputs: whole(1, MAX_TEACHER_OUTPUTS).default(1),
  }),
  customTeacher(MAX_TEACHER_OUTPUTS),
]);

/** A teacher of one response. */
export const singleTeacherSchema = oneOfKinds([
  strict({ kind: z.literal('gaussian'), seed: seed(), scale: scale(), sparsity: sparsity() }),
  customTeacher(1),
]);

/** The schema of a teacher as the editor asks for it. */
export const asTeacher = <Schema extends z.ZodType>(schema: Schema) => schema.meta({ widget: { kind: 'teacher' } });

export type TeacherSpec = z.infer<typeof teacherSchema> | z.infer<typeof singleTeacherSchema>;

/** ℓ*. */
export function teacherOutputs(teacher: TeacherSpec): number {
  if (teacher.kind === 'custom') return teacher.vectors.length;
  return 'outputs' in teacher ? teacher.outputs : 1;
}

/** Custom vectors that have not one entry per direction; the path is relative to a description with the key `teacher`. */
function checkTeacher({ teacher }: { teacher: TeacherSpec }, dimension: number): RelativeRefusal[] {
  if (teacher.kind !== 'custom') return [];
  return teacher.vectors.flatMap((vector, o) =>
    vector.length === dimension
      ? []
      : [
          {
            path: ['teacher', 'vectors', o],
            code: 'entry-per-direction' as const,
            allowed: { dimension },
            found: String(vector.length),
          },
        ],
  );
}

/**
 * X*, ℓ*×d row-major: given, or iid N(0, scale²/d) entries from the teacher's own seed. A sparse one keeps some of them, in
 * places of another stream, scaled to the norm of all.
 */
function teacherArray(teacher: TeacherSpec, dimension: number): Float64Array {
  if (teacher.kind === 'custom') return Float64Array.from(teacher.vectors.flat());
  const outputs = teacherOutputs(teacher);
  const result = new Float64Array(outputs * dimension);
  const deviation = teacher.scale / Math.sqrt(dimension);
  for (let o = 0; o < outputs; o++) {
    const stream = rootStream(teacher.seed).child('teacher', o);
    for (let rho = 0; rho < dimension; rho++) result[o * dimension + rho] = deviation * stream.normal();
    if (teacher.sparsity !== undefined && teacher.sparsity < 1) {
      thin(result.subarray(o * dimension, (o + 1) * dimension), teacher.sparsity, stream.child('support'));
    }
  }
  return result;
}

/** Keeps a random fraction of the entries, one at least, and the norm of all. */
function thin(entries: Float64Array, fraction: number, stream: Stream): void {
  const square = () => entries.reduce((sum, entry) => sum + entry * entry, 0);
  const before = square();
  let kept = Math.max(1, Math.round(fraction * entries.length));
  for (let left = entries.length; left > 0; left--) {
    // of `left` entries that are left, `kept` are to be kept, each set alike
    if (stream.uniform() * left < kept) kept--;
    else entries[left - 1] = 0;
  }
  const after = square();
  const factor = after > 0 ? Math.sqrt(before / after) : 0;
  entries.forEach((entry, rho) => (entries[rho] = factor * entry));
}

/** The members of a kind of labels that follow from its teacher alone. */
export const ofTeacher = {
  check: checkTeacher,
  teacher: ({ teacher }: { teacher: TeacherSpec }, dimension: number): Float64Array => teacherArray(teacher, dimension),
  teacherVariance: ({ teacher }: { teacher: TeacherSpec }): number | null =>
    teacher.kind === 'custom' ? null : teacher.scale * teacher.scale,
};
