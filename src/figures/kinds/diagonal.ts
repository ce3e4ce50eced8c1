/** What diagonal networks alone have: the effective scale, and how sparse X is. */
import { said, symbol } from '../../text/texts.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const effectiveScale = scalarFigure({
  kind: 'effective-scale',
  title: said('figure.effective-scale'),
  valueName: said('quantity.effective-scale'),
  quantity: symbol('α'),
  scale: 'linear',
  value: () => fieldQuantity('effective_scale'),
  applies: ({ frame }) => frame.layout.diagonal,
});

export const absoluteNorm = scalarFigure({
  kind: 'l1',
  title: said('figure.l1'),
  valueName: symbol('‖X‖₁/√d'),
  quantity: symbol('‖X‖₁/√d'),
  scale: 'linear',
  value: () => fieldQuantity('l1'),
  applies: ({ frame }) => frame.layout.diagonal,
});
