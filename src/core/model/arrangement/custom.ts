/** Custom means, given whole (times the model's `scale`). */
import { z } from 'zod';
import { numberRows, strict } from '../../description/strict.ts';
import { checkRows, rowsToReplace } from '../spectrum/custom.ts';
import { type ArrangementKind } from './arrangement.ts';

const schema = strict({
  kind: z.literal('custom'),
  means: numberRows().meta({ widget: { kind: 'rows', rows: 'classes', numbers: 'any' } }),
});

export const customMeans = {
  kind: 'custom',
  label: 'Custom',
  schema,
  template: (classes, dimension) => ({
    kind: 'custom',
    means: rowsToReplace(classes, dimension, (i, rho) => (rho === i ? 1 : 0)),
  }),
  tex: '',
  profiled: false,
  constant: null,
  coefficient: null,
  limit: null,
  check: (spec, classes, dimension) => checkRows(spec.means, 'means', classes, dimension),
  coefficients: (spec, _classes, dimension, out) => spec.means.forEach((row, i) => out.set(row, i * dimension)),
} satisfies ArrangementKind<z.infer<typeof schema>> & { schema: typeof schema };
