/** The second layer c of two layers, one curve per hidden unit. */
import { said, symbol } from '../../text/texts.ts';
import { subscript } from '../../core/description/subscript.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { perRow } from '../sample.ts';
import { partsFigure } from './parts.ts';

export const secondLayer = partsFigure({
  kind: 'second-layer',
  title: said('figure.second-layer'),
  subtitle: symbol('s = Σ cₖ relu(rₖ)'),
  valueName: said('quantity.second-layer'),
  quantity: symbol('c'),
  scale: 'signed',
  applies: ({ frame }) => frame.layout.learned > 0,
  parts: ({ results }) =>
    Array.from({ length: results.frame.layout.learned }, (_, k) => ({
      symbol: `c${subscript(k + 1)}`,
      quantity: perRow(({ frame }) => {
        const at = fieldOf(frame.layout, 'second_layer').offset + k;
        return (rows, start) => rows[start + at];
      }),
    })),
});
