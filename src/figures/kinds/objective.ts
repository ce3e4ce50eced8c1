/** What SGD descends where there is a ridge: R + (δ/2) ‖X‖². */
import { said } from '../../text/texts.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { perRow } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

export const objective = scalarFigure({
  kind: 'objective',
  title: said('figure.objective'),
  subtitle: () => 'R + (δ/2) ‖X‖²',
  valueName: said('quantity.objective'),
  quantity: said('quantity.objective'),
  scale: 'log',
  value: () =>
    perRow(({ experiment, frame }) => {
      const risk = fieldOf(frame.layout, 'risk').offset;
      const norm = fieldOf(frame.layout, 'norm').offset;
      const half = experiment.optimizer.ridge / 2;
      return (rows, start) => rows[start + risk] + half * rows[start + norm];
    }),
  applies: ({ experiment }) => experiment.optimizer.ridge > 0,
});
