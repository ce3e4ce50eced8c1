/** Risk on the finite data that steps are taken on. */
import { said } from '../../text/texts.ts';
import { endpointLines } from '../endpoint-lines.ts';
import { fieldQuantity, hasField } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const trainRisk = scalarFigure({
  kind: 'train-risk',
  title: said('figure.train-risk'),
  valueName: said('quantity.train-risk'),
  quantity: said('column.train-risk'),
  scale: 'log',
  value: () => fieldQuantity('train_risk'),
  applies: ({ frame }) => hasField(frame, 'train_risk'),
  baselines: (inputs, view) => endpointLines(inputs, view, ({ trainRisk: value }) => (value > 0 ? value : null)),
});
