/** Heatmaps over spectral group × t, of one experiment: the alignment profile, and where the weight is. */
import { said, symbol, texts, type Said } from '../../text/texts.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { cleanToNoisy, groupLabel, groupShares } from '../clean.ts';
import { curveSet } from '../curve-set.ts';
import { inputLabel, type FigureKind } from '../figure.ts';
import { drawHeatmap } from '../heatmap.ts';
import { perRow, type Quantity } from '../sample.ts';
import { olderNotes } from '../say.ts';
import { groupStyle, themes } from '../theme.ts';
import { shareOf } from './alignment.ts';
import { hasGroups } from './grouped.ts';

/**
 * Σ_i p_i s_i m_{i,G} / Σ_i p_i ‖μ_{i,G}‖². s_i = −1 for the second class of a binary loss, whose label is the lower
 * one, so that opposite means do not cancel.
 */
const profileOf = (g: number): Quantity =>
  perRow(({ experiment, frame }) => {
    const { classes, outputs, groups, teacherOutputs } = frame.layout;
    const binary = classes === 2 && outputs === 1 && teacherOutputs === 0;
    const weights = experiment.model.priors.map((prior, i) => (binary && i === 1 ? -prior : prior));
    const at = fieldOf(frame.layout, 'group_overlap').offset + g * classes;
    let energy = 0;
    experiment.model.priors.forEach((prior, i) => (energy += prior * frame.groups.energy[i * groups + g]));
    return (rows, start) => {
      let sum = 0;
      for (let i = 0; i < classes; i++) sum += weights[i] * rows[start + at + i];
      return energy > 0 ? sum / energy : NaN;
    };
  });

const weightOf =
  (g: number): Quantity =>
  (results, curve) => {
    const directions = groupShares(results).directions[g];
    return shareOf([g])(results, curve).map((share) => (directions > 0 ? share / directions : NaN));
  };

function heatmap(
  kind: string,
  title: Said,
  subtitle: Said,
  valueName: Said,
  quantity: (g: number) => Quantity,
): FigureKind {
  return {
    kind,
    title,
    scope: 'single',
    applies: hasGroups,
    build(inputs, view) {
      const words = texts(view.language);
      const shown = inputs.filter(({ results }) => hasGroups(results)).slice(0, 1);
      const sets = shown.flatMap((input) => {
        const order = cleanToNoisy(input.results);
        return order.map((g, k) =>
          curveSet(input, quantity(g), themes[view.theme], {
            name: groupLabel(words, input.results, g),
            legend: null,
            style: groupStyle(themes[view.theme], k, order.length),
          }),
        );
      });
      const named = shown.map((input) => [subtitle(words), inputLabel(input)].join(words.say('list.comma'))).join('');
      const notes = olderNotes(words, shown, false);
      return drawHeatmap(
        { kind, title: title(words), subtitle: named, valueName: valueName(words), sets, notes },
        view,
      );
    },
  };
}

export const overlapMap = heatmap(
  'overlap-map',
  said('figure.overlap-map'),
  said('subtitle.overlap-map'),
  symbol('m_G / ‖μ_G‖²'),
  profileOf,
);

export const weightMap = heatmap(
  'weight-map',
  said('figure.weight-map'),
  said('subtitle.weight-map'),
  said('quantity.weight-map'),
  weightOf,
);
