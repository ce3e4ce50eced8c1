/** Power-law spectrum: λ_{i,ρ} = s_i (ρ/d)^{α_i}, ρ = 1…d. Small ρ are the clean(er) directions. */
import { z } from 'zod';
import { numberList, strict } from '../../description/strict.ts';
import { texList } from '../../description/tex.ts';
import { alongDirections, onePerClass, type SpectrumKind } from './spectrum.ts';

const schema = strict({
  kind: z.literal('power-law'),
  exponents: numberList({ above: -1, max: 100 }),
  scales: numberList({ min: 0 }).optional(),
});

export const powerLaw = {
  kind: 'power-law',
  label: 'Power law',
  schema,
  template(classes) {
    const ones = new Array<number>(classes).fill(1);
    return { kind: 'power-law', exponents: ones, scales: [...ones] };
  },
  tex: ({ exponents, scales = [] }) =>
    `\\lambda_{i,\\rho} = s_i\\,(\\rho/d)^{\\alpha_i}, \\quad \\alpha = ${texList(exponents)},\\; s = ${texList(scales)}`,
  complete: (spec, classes) => ({ ...spec, scales: spec.scales ?? new Array<number>(classes).fill(1) }),
  check: (spec, classes) => [
    ...onePerClass(spec.exponents, classes, 'exponents'),
    ...onePerClass(spec.scales, classes, 'scales'),
  ],
  ...alongDirections<z.infer<typeof schema>>(({ exponents, scales }) => [
    { end: 1, eigenvalues: exponents.map((exponent, i) => ({ factor: scales?.[i] ?? 1, exponent })) },
  ]),
} satisfies SpectrumKind<z.infer<typeof schema>> & { schema: typeof schema };
