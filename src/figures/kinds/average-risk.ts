/** Risk of the average of the iterates, beside which the risk is that of the last one. */
import { said } from '../../text/texts.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const averageRisk = scalarFigure({
  kind: 'average-risk',
  title: said('figure.average-risk'),
  valueName: said('quantity.average-risk'),
  quantity: said('column.average-risk'),
  scale: 'log',
  value: () => fieldQuantity('average_risk'),
  applies: ({ experiment }) => experiment.optimizer.average !== null,
});
