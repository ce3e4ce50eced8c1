/** Population risk R, the data term alone. */
import { said } from '../../text/texts.ts';
import { endpointLines } from '../endpoint-lines.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const risk = scalarFigure({
  kind: 'risk',
  title: said('figure.risk'),
  valueName: said('quantity.risk'),
  quantity: said('column.risk'),
  scale: 'log',
  value: () => fieldQuantity('risk'),
  applies: () => true,
  baselines: (inputs, view) => endpointLines(inputs, view, ({ risk: value }) => value),
});
