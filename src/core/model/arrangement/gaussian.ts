/** Gaussian arrangement: A_{i,ρ} iid N(0, 1) from the experiment's own seed, one named stream per class. */
import { z } from 'zod';
import { rootStream } from '../../math/random.ts';
import { seed, strict } from '../../description/strict.ts';
import { type ArrangementKind } from './arrangement.ts';

const schema = strict({ kind: z.literal('gaussian'), seed: seed() });

export const gaussian = {
  kind: 'gaussian',
  label: 'Gaussian',
  schema,
  template: () => ({ kind: 'gaussian', seed: 1 }),
  tex: '\\mathcal{N}(0,1)',
  profiled: true,
  constant: null,
  coefficient: null,
  // the law of large numbers: rows of independent entries are orthogonal over every part of the directions
  limit: { correlation: (i, j) => (i === j ? 1 : 0), frequency: () => 0 },
  check: () => [],
  coefficients(spec, classes, dimension, out) {
    for (let i = 0; i < classes; i++) {
      const stream = rootStream(spec.seed).child('means', i);
      for (let rho = 0; rho < dimension; rho++) out[i * dimension + rho] = stream.normal();
    }
  },
} satisfies ArrangementKind<z.infer<typeof schema>> & { schema: typeof schema };
