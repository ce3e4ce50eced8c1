/** The weights' squared norm and the learning rate. */
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const norm = scalarFigure({
  kind: 'norm',
  title: 'Weight norm',
  valueName: '‖X‖²',
  quantity: '‖X‖²',
  scale: 'log',
  value: () => fieldQuantity('norm'),
  applies: () => true,
});

export const learningRate = scalarFigure({
  kind: 'learning-rate',
  title: 'Learning rate',
  valueName: 'learning rate γ',
  quantity: 'γ',
  scale: 'linear',
  value: () => fieldQuantity('learning_rate'),
  applies: () => true,
});
