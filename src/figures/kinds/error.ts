/** Probability of classifying a fresh sample wrongly. */
import { said } from '../../text/texts.ts';
import { endpointLines } from '../endpoint-lines.ts';
import { fieldQuantity, hasField } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const error = scalarFigure({
  kind: 'error',
  title: said('figure.error'),
  valueName: said('quantity.error'),
  quantity: said('column.error'),
  scale: 'log',
  bounds: { min: 0, max: 1 },
  value: () => fieldQuantity('error'),
  applies: ({ frame }) => hasField(frame, 'error'),
  baselines: (inputs, view) => endpointLines(inputs, view, ({ error: value }) => value),
});
