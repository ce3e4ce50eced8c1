/** Population risk R, the data term alone. */
import { said } from '../../text/texts.ts';
import { endpointLines } from '../endpoint-lines.ts';
import { fieldQuantity, withQuantiles } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const risk = scalarFigure({
  kind: 'risk',
  title: said('figure.risk'),
  valueName: said('quantity.risk'),
  quantity: said('column.risk'),
  scale: 'log',
  value: () => withQuantiles(fieldQuantity('risk'), 'risk_quantiles'),
  applies: () => true,
  baselines: (inputs, view) => endpointLines(inputs, view, ({ risk: value }) => value),
});
