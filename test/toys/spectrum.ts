/** A toy spectrum, as docs/adding-a-spectrum.md says it: λ_{i,ρ} = exp(−a_i ρ/d), which no function of the limit is. */
import { z } from 'zod';
import { numberList, strict } from '../../src/core/description/strict.ts';
import { texList } from '../../src/core/description/tex.ts';
import { onePerClass, type SpectrumKind } from '../../src/core/model/spectrum/spectrum.ts';

const schema = strict({
  kind: z.literal('toy-exponential'),
  decays: numberList({ min: 0 }).meta({ title: 'Decays a' }),
});

export const toySpectrum = {
  kind: 'toy-exponential',
  label: 'Toy exponential',
  schema,
  template: (classes) => ({ kind: 'toy-exponential', decays: new Array<number>(classes).fill(1) }),
  tex: ({ decays }) => `\\lambda_{i,\\rho} = e^{-a_i \\rho/d}, \\quad a = ${texList(decays)}`,
  complete: (spec) => spec,
  check: ({ decays }, classes) => [
    ...onePerClass(decays, classes, 'decays'),
    ...(decays.some((decay) => decay > 9)
      ? [
          {
            path: ['decays'],
            code: 'own',
            allowed: { en: 'expected decays that leave something', ja: '何かが残る減衰が必要です' },
            found: null,
          } as const,
        ]
      : []),
  ],
  limit: () => null,
  blocks: () => null,
  eigenvalues({ decays }, _classes, dimension, out) {
    decays.forEach((decay, i) => {
      for (let k = 0; k < dimension; k++) out[i * dimension + k] = Math.exp((-decay * (k + 1)) / dimension);
    });
  },
} satisfies SpectrumKind<z.infer<typeof schema>> & { schema: typeof schema };
