/** A figure with several curves per experiment, one per class, output or group. */
import { texts, type Said, type Texts } from '../../text/texts.ts';
import { curveSet, type Baseline, type CurveSet } from '../curve-set.ts';
import { drawCurves, type ValueScale } from '../curves.ts';
import { inputLabel, type FigureInput, type FigureKind } from '../figure.ts';
import { type Quantity } from '../sample.ts';
import { experimentStyle, groupStyle, themes, type SeriesStyle } from '../theme.ts';
import { type Range } from '../ticks.ts';

export interface Part {
  /** Symbol, drawn at the end of the curve and in the table: `m₁`. */
  readonly symbol: string;
  readonly quantity: Quantity;
}

export interface PartsFigure {
  readonly kind: string;
  readonly title: Said;
  readonly subtitle: Said;
  readonly valueName: Said;
  readonly quantity: Said;
  readonly scale: ValueScale;
  readonly bounds?: Range;
  readonly applies: FigureKind['applies'];
  readonly parts: (input: FigureInput) => readonly Part[];
  readonly baselines?: (texts: Texts) => Baseline[];
}

/** Parts of one experiment have colours of their own; of several, the experiment's colour and their symbols. */
export function partsFigure(spec: PartsFigure): FigureKind {
  const { kind, title, applies } = spec;
  return {
    kind,
    title,
    scope: 'overlay',
    applies,
    build(inputs, view) {
      const words = texts(view.language);
      const theme = themes[view.theme];
      const shown = inputs.filter(({ results }) => applies(results));
      const sets = shown.flatMap((input): CurveSet[] => {
        const parts = spec.parts(input);
        const several = shown.length > 1;
        return parts.map(({ symbol, quantity }, k) => {
          const style: SeriesStyle = several ? experimentStyle(theme, input.place) : groupStyle(theme, k, parts.length);
          const name = several ? `${inputLabel(input)}${words.say('list.comma')}${symbol}` : symbol;
          const legend = several ? (k === 0 ? inputLabel(input) : null) : symbol;
          return curveSet(input, quantity, theme, { name, legend, end: several ? symbol : undefined, style });
        });
      });
      return drawCurves(
        {
          kind,
          title: title(words),
          subtitle: spec.subtitle(words),
          valueName: spec.valueName(words),
          quantity: spec.quantity(words),
          scale: spec.scale,
          bounds: spec.bounds,
          sets,
          baselines: spec.baselines?.(words) ?? [],
          notes: [],
        },
        view,
      );
    },
  };
}
