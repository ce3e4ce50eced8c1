/** The weights' squared norm and the learning rate. */
import { said, symbol } from '../../text/texts.ts';
import { endpointLines } from '../endpoint-lines.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const norm = scalarFigure({
  kind: 'norm',
  title: said('figure.norm'),
  valueName: symbol('‖X‖²'),
  quantity: symbol('‖X‖²'),
  scale: 'log',
  value: () => fieldQuantity('norm'),
  applies: () => true,
  baselines: (inputs, view) => endpointLines(inputs, view, ({ norm: value }) => value),
});

export const learningRate = scalarFigure({
  kind: 'learning-rate',
  title: said('figure.learning-rate'),
  valueName: said('quantity.learning-rate'),
  quantity: symbol('γ'),
  scale: 'linear',
  value: () => fieldQuantity('learning_rate'),
  applies: () => true,
});
