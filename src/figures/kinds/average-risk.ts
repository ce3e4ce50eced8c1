/** Risk of the average of the iterates beside that of the last one. */
import { said, symbol } from '../../text/texts.ts';
import { fieldQuantity } from '../sample.ts';
import { partsFigure } from './parts.ts';

const ofAverage = fieldQuantity('average_risk');
const ofLast = fieldQuantity('risk');

export const averageRisk = partsFigure({
  kind: 'average-risk',
  title: said('figure.average-risk'),
  subtitle: said('subtitle.average-risk'),
  valueName: said('quantity.risk'),
  quantity: symbol('R'),
  scale: 'log',
  applies: ({ experiment }) => experiment.optimizer.average !== null,
  parts: () => [
    { symbol: 'R(X̂)', quantity: ofAverage },
    { symbol: 'R(X)', quantity: ofLast },
  ],
});
