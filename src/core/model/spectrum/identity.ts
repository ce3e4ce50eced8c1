/** Identity spectrum: λ_{i,ρ} = v_i. */
import { z } from 'zod';
import { numberList, strict } from '../../description/strict.ts';
import { texList } from '../../description/tex.ts';
import { constantPower } from '../limit.ts';
import { fillBlocks, onePerClass, type SpectrumKind } from './spectrum.ts';

const schema = strict({ kind: z.literal('identity'), variances: numberList({ min: 0 }).optional() });

export const identity = {
  kind: 'identity',
  label: 'Identity',
  schema,
  template: (classes) => ({ kind: 'identity', variances: new Array<number>(classes).fill(1) }),
  tex: ({ variances = [] }) => `\\lambda_{i,\\rho} = v_i, \\quad v = ${texList(variances)}`,
  complete: (spec, classes) => ({ ...spec, variances: spec.variances ?? new Array<number>(classes).fill(1) }),
  check: (spec, classes) => onePerClass(spec.variances, classes, 'variances'),
  blocks: (spec, classes, dimension) => [
    { start: 0, end: dimension, eigenvalues: spec.variances ?? new Array<number>(classes).fill(1) },
  ],
  limit: (spec, classes) => [
    { end: 1, eigenvalues: (spec.variances ?? new Array<number>(classes).fill(1)).map(constantPower) },
  ],
  eigenvalues(spec, classes, dimension, out) {
    fillBlocks(identity.blocks(spec, classes, dimension) ?? [], classes, dimension, out);
  },
} satisfies SpectrumKind<z.infer<typeof schema>> & { schema: typeof schema };
