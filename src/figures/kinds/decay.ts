/** Local decay exponents −d log R / d log t, of the risk and of the error: a least-squares slope within a factor of t, the same for theory and runs. */
import { said, texts } from '../../text/texts.ts';
import { decayExponents } from '../../core/theory/analysis/exponent.ts';
import { fieldQuantity, hasField } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const errorDecay = scalarFigure({
  kind: 'error-decay',
  title: said('figure.error-decay'),
  subtitle: (_, { language }) => texts(language).say('subtitle.error-decay'),
  valueName: said('quantity.error-decay'),
  quantity: said('column.decay'),
  scale: 'signed',
  value: () => (results, curve) => decayExponents(results.frame.t, fieldQuantity('error')(results, curve)),
  applies: ({ frame }) => hasField(frame, 'error'),
});

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
