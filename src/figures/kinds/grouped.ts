/** A figure with one curve per spectral group, of one experiment. */
import { texts, type Said, type Texts } from '../../text/texts.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { drawnGroups, mergedNote, type DrawnGroup } from '../clean.ts';
import { curveSet, type Baseline } from '../curve-set.ts';
import { drawCurves, type ValueScale } from '../curves.ts';
import { inputLabel, type FigureKind } from '../figure.ts';
import { type Quantity } from '../sample.ts';
import { groupStyle, themes, type Theme } from '../theme.ts';
import { type Range } from '../ticks.ts';

export const hasGroups = ({ frame }: ExperimentResults): boolean => frame.layout.groups > 1;

export interface GroupedFigure {
  readonly kind: string;
  readonly title: Said;
  readonly subtitle: (texts: Texts, results: ExperimentResults) => string;
  readonly valueName: Said;
  readonly quantity: Said;
  readonly scale: ValueScale;
  readonly bounds: Range;
  /** Of the groups in `members` together. */
  readonly value: (members: readonly number[]) => Quantity;
  readonly baselines: (
    texts: Texts,
    results: ExperimentResults,
    groups: readonly DrawnGroup[],
    theme: Theme,
  ) => Baseline[];
}

export function groupedFigure(spec: GroupedFigure): FigureKind {
  const { kind, title } = spec;
  return {
    kind,
    title,
    scope: 'single',
    applies: hasGroups,
    build(inputs, view) {
      const words = texts(view.language);
      const theme = themes[view.theme];
      const input = inputs.find(({ results }) => hasGroups(results));
      const groups = input ? drawnGroups(words, input.results) : [];
      const sets = groups.flatMap(({ label, members }, k) =>
        input
          ? [
              curveSet(input, spec.value(members), theme, {
                name: label,
                legend: label,
                style: groupStyle(theme, k, groups.length),
              }),
            ]
          : [],
      );
      return drawCurves(
        {
          kind,
          title: title(words),
          subtitle: input
            ? words.say('list.of', { name: inputLabel(input), said: spec.subtitle(words, input.results) })
            : '',
          valueName: spec.valueName(words),
          quantity: spec.quantity(words),
          scale: spec.scale,
          bounds: spec.bounds,
          sets,
          baselines: input ? spec.baselines(words, input.results, groups, theme) : [],
          notes: input ? mergedNote(words, input.results) : [],
        },
        view,
      );
    },
  };
}
