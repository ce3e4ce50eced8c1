/** How the model X is made of what is learned: X itself, or a diagonal network u² − v² (N). */
import { z } from 'zod';
import { finite, oneOfKinds, strict } from '../description/strict.ts';
import { type Condition } from '../../refusal/codes/description.ts';

const linearSchema = strict({ kind: z.literal('linear') });
const diagonalSchema = strict({ kind: z.literal('diagonal'), scale: finite({ above: 0 }) });

export const parameterizationSchema = oneOfKinds([linearSchema, diagonalSchema]);
export type ParameterizationSpec = z.infer<typeof parameterizationSchema>;

export const LINEAR = { kind: 'linear' } as const satisfies ParameterizationSpec;

/** The kinds, with a description to start from. */
export const parameterizationKinds = [
  { kind: 'linear', label: 'Linear', schema: linearSchema, template: (): ParameterizationSpec => LINEAR },
  {
    kind: 'diagonal',
    label: 'Diagonal network',
    schema: diagonalSchema,
    template: (): ParameterizationSpec => ({ kind: 'diagonal', scale: 0.3 }),
  },
] as const;

/** α₀ of a diagonal network, u = v = α₀ d^{−1/4} at the start; null of a linear model. */
export const diagonalScale = (spec: ParameterizationSpec): number | null =>
  spec.kind === 'diagonal' ? spec.scale : null;

/** What moves X itself is not for a diagonal network; null for a linear model. */
export const linearAlone = ({ kind }: ParameterizationSpec): Condition | null =>
  kind === 'linear' ? null : { code: 'diagonal-engine', allowed: {} };
