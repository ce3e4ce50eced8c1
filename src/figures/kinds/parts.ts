/** A figure with several curves per experiment, one per class, output or group. */
import { curveSet, type Baseline, type CurveSet } from '../curve-set.ts';
import { drawCurves, type ValueScale } from '../curves.ts';
import { inputLabel, type FigureInput, type FigureKind } from '../figure.ts';
import { type Quantity } from '../sample.ts';
import { experimentStyle, groupStyle, themes, type SeriesStyle } from '../theme.ts';
import { type Range } from '../ticks.ts';
import { type FigureView } from '../view.ts';

export interface Part {
  /** Symbol, drawn at the end of the curve and in the table: `m₁`. */
  readonly symbol: string;
  readonly quantity: Quantity;
}

export interface PartsFigure {
  readonly kind: string;
  readonly title: string;
  readonly subtitle: string;
  readonly valueName: string;
  readonly quantity: string;
  readonly scale: ValueScale;
  readonly bounds?: Range;
  readonly applies: FigureKind['applies'];
  readonly parts: (input: FigureInput) => readonly Part[];
  readonly baselines?: (inputs: readonly FigureInput[], view: FigureView) => Baseline[];
  readonly notes?: (inputs: readonly FigureInput[], view: FigureView) => string[];
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
      const theme = themes[view.theme];
      const shown = inputs.filter(({ results }) => applies(results));
      const sets = shown.flatMap((input): CurveSet[] => {
        const parts = spec.parts(input);
        const several = shown.length > 1;
        return parts.map(({ symbol, quantity }, k) => {
          const style: SeriesStyle = several ? experimentStyle(theme, input.place) : groupStyle(theme, k, parts.length);
          const name = several ? `${inputLabel(input)}, ${symbol}` : symbol;
          const legend = several ? (k === 0 ? inputLabel(input) : null) : symbol;
          return curveSet(input, quantity, theme, { name, legend, end: several ? symbol : undefined, style });
        });
      });
      return drawCurves(
        {
          kind,
          title,
          subtitle: spec.subtitle,
          valueName: spec.valueName,
          quantity: spec.quantity,
          scale: spec.scale,
          bounds: spec.bounds,
          sets,
          baselines: spec.baselines?.(shown, view) ?? [],
          notes: spec.notes?.(shown, view) ?? [],
        },
        view,
      );
    },
  };
}
