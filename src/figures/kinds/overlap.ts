/** Mean output m_i of each class (T3); the class's own output where there are several. */
import { subscript } from '../../core/description/subscript.ts';
import { fieldOf } from '../../core/observables/layout.ts';
import { outputOfClass, perRow } from '../sample.ts';
import { partsFigure } from './parts.ts';

export const overlap = partsFigure({
  kind: 'overlap',
  title: 'Overlap',
  subtitle: 'mᵢ = ⟨μᵢ, X⟩',
  valueName: 'overlap mᵢ',
  quantity: 'm',
  scale: 'signed',
  applies: () => true,
  parts: ({ results }) =>
    Array.from({ length: results.frame.layout.classes }, (_, i) => ({
      symbol: `m${subscript(i + 1)}`,
      quantity: perRow(({ frame }) => {
        const at = fieldOf(frame.layout, 'overlap').offset + i * frame.layout.outputs + outputOfClass(frame, i);
        return (rows, start) => rows[start + at];
      }),
    })),
});
