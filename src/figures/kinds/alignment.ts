/** Share of ‖X‖² by spectral group, of one experiment, beside what the shares would be without preference. */
import { said, type Texts } from '../../text/texts.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { cleanPart, groupShares, type DrawnGroup } from '../clean.ts';
import { type Baseline } from '../curve-set.ts';
import { formatFraction } from '../../text/numbers.ts';
import { perRow, withSpread, type Quantity } from '../sample.ts';
import { groupStyle, type Theme } from '../theme.ts';
import { groupedFigure } from './grouped.ts';

/** Share of ‖X‖² of some groups together; not there while X = 0. */
export const shareOf = (members: readonly number[]): Quantity => withSpread(sharesOf(members), shareSpread(members));

const sharesOf = (members: readonly number[]): Quantity =>
  perRow(({ frame }) => {
    const share = fieldOf(frame.layout, 'group_share').offset;
    const norm = fieldOf(frame.layout, 'norm').offset;
    return (rows, start) => {
      if (!(rows[start + norm] > 0)) return NaN;
      let sum = 0;
      for (const g of members) sum += rows[start + share + g];
      return sum;
    };
  });

/** Shares add up to 1: those of all groups but one vary as that one does. Of other sums the groups' covariance is not kept. */
export const shareSpread = (members: readonly number[]): Quantity =>
  perRow(({ frame }) => {
    const { groups } = frame.layout;
    const share = fieldOf(frame.layout, 'group_share').offset;
    const others = Array.from({ length: groups }, (_, g) => g).filter((g) => !members.includes(g));
    const one = [members, others].find(({ length }) => length === 1);
    return (rows, start) => (one ? rows[start + share + one[0]] : NaN);
  });

export const alignment = groupedFigure({
  kind: 'alignment',
  title: said('figure.alignment'),
  subtitle: ({ say }, results) => say(energyApart(results) ? 'subtitle.alignmentEnergy' : 'subtitle.alignment'),
  valueName: said('quantity.alignment'),
  quantity: said('column.alignment'),
  scale: 'linear',
  bounds: { min: 0, max: 1 },
  value: shareOf,
  baselines: groupBaselines,
});

const equal = (values: readonly number[]): boolean => values.every((value) => Math.abs(value - values[0]) < 0.005);

/** Whether the shares of mean energy are there and say something else than the shares of directions. */
function energyApart(results: ExperimentResults): boolean {
  const { directions, energy } = groupShares(results);
  return energy.some((value, g) => Math.abs(value - directions[g]) >= 0.005);
}

function groupBaselines(
  { say }: Texts,
  results: ExperimentResults,
  groups: readonly DrawnGroup[],
  theme: Theme,
): Baseline[] {
  const shares = groupShares(results);
  const directions = groups.map(({ members }) => cleanPart(shares.directions, members));
  const energy = groups.map(({ members }) => cleanPart(shares.energy, members));
  const apart = energyApart(results);
  const name = apart || !energy.every(Number.isFinite) ? 'baseline.directions' : 'baseline.both';
  return [
    ...(equal(directions)
      ? [{ value: directions[0], label: say(name, { share: formatFraction(directions[0]) }), color: null }]
      : []),
    ...(apart
      ? energy.map((value, k) => ({ value, label: '', color: groupStyle(theme, k, groups.length).color, dotted: true }))
      : []),
  ];
}
