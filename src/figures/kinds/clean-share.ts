/** Share of ‖X‖² in the clean group: where the weight goes, beside the shares it would have without preference. */
import { said, texts } from '../../text/texts.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { cleanGroups, cleanName, cleanPart, groupShares } from '../clean.ts';
import { type Baseline } from '../curve-set.ts';
import { type FigureInput, type FigureKind } from '../figure.ts';
import { formatFraction } from '../../text/numbers.ts';
import { withSpread, type Quantity } from '../sample.ts';
import { experimentStyle, themes } from '../theme.ts';
import { type FigureView } from '../view.ts';
import { shareOf, shareSpread } from './alignment.ts';
import { hasGroups } from './grouped.ts';
import { scalarFigure } from './scalar.ts';

/** Share of weight of the clean groups. */
export const cleanShareOf = (threshold: number | null): Quantity =>
  withSpread(
    (results, curve) => {
      const clean = cleanGroups(results, threshold);
      const shares = shareOf(clean)(results, curve);
      return clean.length > 0 ? shares : shares.fill(NaN);
    },
    (results, curve) => shareSpread(cleanGroups(results, threshold))(results, curve),
  );

/** Experiments without a group below the threshold have no curve: say so. */
export function cleanNotes(inputs: readonly FigureInput[], { threshold, language }: FigureView): string[] {
  const none = inputs.filter(({ results }) => cleanGroups(results, threshold).length === 0).length;
  return none === 0 ? [] : [texts(language).counted('clean.without', none)];
}

export const cleanShare: FigureKind = scalarFigure({
  kind: 'clean-share',
  title: said('figure.clean-share'),
  valueName: said('quantity.clean-share'),
  quantity: said('column.clean-share'),
  scale: 'linear',
  bounds: { min: 0, max: 1 },
  subtitle: (inputs, view) => cleanName(texts(view.language), resultsOf(inputs), view.threshold),
  value: cleanShareOf,
  applies: hasGroups,
  baselines: (inputs, view) => [
    ...shareBaselines(inputs, view, 'directions'),
    ...shareBaselines(inputs, view, 'energy'),
  ],
  notes: cleanNotes,
});

export const resultsOf = (inputs: readonly FigureInput[]): ExperimentResults[] => inputs.map(({ results }) => results);

/** One baseline where the experiments agree, else one in each experiment's colour. */
function shareBaselines(inputs: readonly FigureInput[], view: FigureView, share: 'directions' | 'energy'): Baseline[] {
  const label = (value: number) => texts(view.language).say(`baseline.${share}`, { share: formatFraction(value) });
  const values = inputs.map(({ results }) =>
    cleanPart(groupShares(results)[share], cleanGroups(results, view.threshold)),
  );
  const drawn = values.map((value, k) => ({ value, place: inputs[k].place })).filter(({ value }) => value > 0);
  if (drawn.length === 0) return [];
  if (drawn.every(({ value }) => Math.abs(value - drawn[0].value) < 0.002)) {
    return [
      {
        value: drawn[0].value,
        label: label(drawn[0].value),
        color: null,
        dotted: share === 'energy',
      },
    ];
  }
  if (drawn.length > 3) return [];
  return drawn.map(({ value, place }) => ({
    value,
    label: label(value),
    color: experimentStyle(themes[view.theme], place).color,
    dotted: share === 'energy',
  }));
}
