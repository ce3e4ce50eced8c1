/** Cosine of the weights with the first class's mean within each spectral group, of one experiment. */
import { said } from '../../text/texts.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { outputOfClass, perRow, type Quantity } from '../sample.ts';
import { groupedFigure } from './grouped.ts';

const cosineOf = (members: readonly number[]): Quantity =>
  perRow(({ frame }) => {
    const { layout, groups } = frame;
    const norm = fieldOf(layout, 'group_norm').offset + outputOfClass(frame, 0);
    const overlap = fieldOf(layout, 'group_overlap').offset;
    const energy = members.reduce((sum, g) => sum + groups.energy[g], 0);
    return (rows, start) => {
      let square = 0;
      let product = 0;
      for (const g of members) {
        square += rows[start + norm + g * layout.outputs];
        product += rows[start + overlap + g * layout.classes];
      }
      return square > 0 && energy > 0 ? product / Math.sqrt(square * energy) : NaN;
    };
  });

export const groupCosine = groupedFigure({
  kind: 'group-cosine',
  title: said('figure.group-cosine'),
  subtitle: ({ say }) => say('subtitle.group-cosine'),
  valueName: said('quantity.cosine'),
  quantity: said('quantity.cosine'),
  scale: 'signed',
  bounds: { min: -1, max: 1 },
  value: cosineOf,
  baselines: () => [{ value: 0, label: '', color: null }],
});
