/** A toy figure, as docs/adding-a-figure.md says it: the toy observable over t. */
import { scalarFigure } from '../../src/figures/kinds/scalar.ts';
import { fieldQuantity, hasField } from '../../src/figures/sample.ts';
import { symbol } from '../../src/text/texts.ts';

export const toyFigure = scalarFigure({
  kind: 'toy-steps',
  title: symbol('Toy steps'),
  valueName: symbol('steps'),
  quantity: symbol('steps'),
  scale: 'linear',
  value: () => fieldQuantity('toy_steps'),
  applies: ({ frame }) => hasField(frame, 'toy_steps'),
});
