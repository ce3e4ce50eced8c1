/** Probability of classifying a fresh sample wrongly. */
import { fieldQuantity, hasField } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const error = scalarFigure({
  kind: 'error',
  title: 'Classification error',
  valueName: 'error',
  quantity: 'error',
  scale: 'log',
  bounds: { min: 0, max: 1 },
  value: () => fieldQuantity('error'),
  applies: ({ frame }) => hasField(frame, 'error'),
});
