/** Local decay exponent −d log R / d log t: a least-squares slope within a factor of t, the same for theory and runs. */
import { said, texts } from '../../text/texts.ts';
import { decayExponents } from '../../core/theory/analysis/exponent.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const decay = scalarFigure({
  kind: 'decay',
  title: said('figure.decay'),
  subtitle: (_, { language }) => texts(language).say('subtitle.decay'),
  valueName: said('quantity.decay'),
  quantity: said('column.decay'),
  scale: 'signed',
  value: () => (results, curve) => decayExponents(results.frame.t, fieldQuantity('risk')(results, curve)),
  applies: () => true,
});
