/** Local decay exponent −d log R / d log t: a least-squares slope within a factor of t, the same for theory and runs. */
import { decayExponents } from '../../core/theory/analysis/exponent.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const decay = scalarFigure({
  kind: 'decay',
  title: 'Local decay exponent',
  subtitle: () => '−d log R / d log t, slope within a factor 1.26 of t',
  valueName: 'decay exponent of R',
  quantity: 'exponent',
  scale: 'signed',
  value: () => (results, curve) => decayExponents(results.frame.t, fieldQuantity('risk')(results, curve)),
  applies: () => true,
});
