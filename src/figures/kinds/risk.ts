/** Population risk R, the data term alone. */
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const risk = scalarFigure({
  kind: 'risk',
  title: 'Risk',
  valueName: 'risk R',
  quantity: 'risk',
  scale: 'log',
  value: () => fieldQuantity('risk'),
  applies: () => true,
});
