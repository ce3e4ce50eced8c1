/** Enrichment of the clean group: its share of ‖X‖² over its share of the means' energy. */
import { said, texts } from '../../text/texts.ts';
import { cleanGroups, cleanName, cleanPart, groupShares } from '../clean.ts';
import { cleanNotes, cleanShareOf, resultsOf } from './clean-share.ts';
import { hasGroups } from './grouped.ts';
import { scalarFigure } from './scalar.ts';

export const enrichment = scalarFigure({
  kind: 'enrichment',
  title: said('figure.enrichment'),
  valueName: said('quantity.enrichment'),
  quantity: said('column.enrichment'),
  scale: 'linear',
  subtitle: (inputs, view) => cleanName(texts(view.language), resultsOf(inputs), view.threshold),
  value: (threshold) => (results, curve) => {
    const energy = cleanPart(groupShares(results).energy, cleanGroups(results, threshold));
    return cleanShareOf(threshold)(results, curve).map((share) => (energy > 0 ? share / energy : NaN));
  },
  applies: hasGroups,
  baselines: (_, { language }) => [{ value: 1, label: texts(language).say('baseline.none'), color: null }],
  notes: (inputs, view) => {
    const without = inputs.filter(({ results }) => {
      const clean = cleanGroups(results, view.threshold);
      return clean.length > 0 && !(cleanPart(groupShares(results).energy, clean) > 0);
    }).length;
    return [
      ...cleanNotes(inputs, view),
      ...(without > 0 ? [texts(view.language).counted('clean.noEnergy', without)] : []),
    ];
  },
});
