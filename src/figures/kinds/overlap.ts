/** Mean output m_i of each class (T3); the class's own output where there are several. */
import { said, symbol } from '../../text/texts.ts';
import { subscript } from '../../core/description/subscript.ts';
import { fieldQuantity, outputOfClass } from '../sample.ts';
import { partsFigure } from './parts.ts';

export const overlap = partsFigure({
  kind: 'overlap',
  title: said('figure.overlap'),
  subtitle: symbol('mᵢ = ⟨μᵢ, X⟩'),
  valueName: said('quantity.overlap'),
  quantity: symbol('m'),
  scale: 'signed',
  applies: () => true,
  parts: ({ results }) =>
    Array.from({ length: results.frame.layout.classes }, (_, i) => ({
      symbol: `m${subscript(i + 1)}`,
      quantity: fieldQuantity('overlap', ({ frame }) => i * frame.layout.outputs + outputOfClass(frame, i)),
    })),
});
