/** Risk of the average of the iterates, beside which the risk is that of the last one. */
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const averageRisk = scalarFigure({
  kind: 'average-risk',
  title: 'Risk of the average',
  valueName: 'risk of the average',
  quantity: 'average_risk',
  scale: 'log',
  value: () => fieldQuantity('average_risk'),
  applies: ({ experiment }) => experiment.optimizer.average !== null,
});
