/** Identity spectrum: λ_{i,ρ} = v_i. */
import { z } from 'zod';
import { numberList, strict } from '../../description/strict.ts';
import { texList } from '../../description/tex.ts';
import { constantPower } from '../limit.ts';
import { inBlocks, onePerClass, type SpectrumKind } from './spectrum.ts';

const schema = strict({ kind: z.literal('identity'), variances: numberList({ min: 0 }).optional() });

export const identity = {
  kind: 'identity',
  label: 'Identity',
  schema,
  template: (classes) => ({ kind: 'identity', variances: new Array<number>(classes).fill(1) }),
  tex: ({ variances = [] }) => `\\lambda_{i,\\rho} = v_i, \\quad v = ${texList(variances)}`,
  complete: (spec, classes) => ({ ...spec, variances: spec.variances ?? new Array<number>(classes).fill(1) }),
  check: (spec, classes) => onePerClass(spec.variances, classes, 'variances'),
  ...inBlocks<z.infer<typeof schema>>(({ variances }, classes) => [
    { end: 1, eigenvalues: (variances ?? new Array<number>(classes).fill(1)).map(constantPower) },
  ]),
} satisfies SpectrumKind<z.infer<typeof schema>> & { schema: typeof schema };
