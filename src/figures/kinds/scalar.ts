/** A figure of one number per experiment and time. */
import { texts, type Said } from '../../text/texts.ts';
import { type Baseline, curveSet } from '../curve-set.ts';
import { drawCurves, type ValueScale } from '../curves.ts';
import { type FigureInput, type FigureKind } from '../figure.ts';
import { type Quantity } from '../sample.ts';
import { themes } from '../theme.ts';
import { type Range } from '../ticks.ts';
import { type FigureView } from '../view.ts';

export interface ScalarFigure {
  readonly kind: string;
  readonly title: Said;
  readonly subtitle?: (inputs: readonly FigureInput[], view: FigureView) => string;
  /** Name of the value axis. */
  readonly valueName: Said;
  /** Name of the quantity in the table. */
  readonly quantity: Said;
  /** The axis that suits the quantity. */
  readonly scale: ValueScale;
  readonly bounds?: Range;
  /** @param threshold of the view, which is all of it that the numbers may depend on. */
  readonly value: (threshold: number | null) => Quantity;
  readonly applies: FigureKind['applies'];
  readonly baselines?: (inputs: readonly FigureInput[], view: FigureView) => Baseline[];
  readonly notes?: (inputs: readonly FigureInput[], view: FigureView) => string[];
}

/** The kind of such a figure. */
export function scalarFigure(spec: ScalarFigure): FigureKind {
  const { kind, title, applies } = spec;
  // the same function as long as it is the same quantity: its curves are known then
  let last: { threshold: number | null; quantity: Quantity } | null = null;
  const quantityAt = (threshold: number | null): Quantity => {
    if (last?.threshold !== threshold) last = { threshold, quantity: spec.value(threshold) };
    return last.quantity;
  };
  return {
    kind,
    title,
    scope: 'overlay',
    applies,
    build(inputs, view) {
      const words = texts(view.language);
      const shown = inputs.filter(({ results }) => applies(results));
      const quantity = quantityAt(view.threshold);
      return drawCurves(
        {
          kind,
          title: title(words),
          subtitle: spec.subtitle?.(shown, view) ?? '',
          valueName: spec.valueName(words),
          quantity: spec.quantity(words),
          scale: spec.scale,
          bounds: spec.bounds,
          sets: shown.map((input) => curveSet(input, quantity, themes[view.theme])),
          baselines: spec.baselines?.(shown, view) ?? [],
          notes: spec.notes?.(shown, view) ?? [],
        },
        view,
      );
    },
  };
}
