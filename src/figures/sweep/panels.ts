/** Curves over t of a sweep: a curve for every value of the first axis, at one value of the second. */
import { texts } from '../../text/texts.ts';
import { curveSet } from '../curve-set.ts';
import { drawCurves } from '../curves.ts';
import { type Figure } from '../figure.ts';
import { formatValue } from '../../text/numbers.ts';
import { fieldQuantity } from '../sample.ts';
import { experimentStyle, themes } from '../theme.ts';
import { type FigureView } from '../view.ts';
import { olderSaid } from './say.ts';
import { pointAt, type Swept } from './swept.ts';

export interface PanelChoice {
  /** The axis whose values are the curves. */
  readonly across: 0 | 1;
  /** Index on the other axis; 0 where there is none. */
  readonly at: number;
}

/** Risk over t. */
export function drawSweepPanel(swept: Swept, { across, at }: PanelChoice, view: FigureView): Figure {
  const theme = themes[view.theme];
  const words = texts(view.language);
  const risk = words.say('figure.risk');
  const several = swept.axes.length > 1;
  const axis = swept.axes[several ? across : 0];
  const other = several ? swept.axes[1 - across] : null;
  const quantity = fieldQuantity('risk');
  const sets = axis.values.flatMap((value, k) => {
    const point = pointAt(swept, several ? (across === 0 ? [k, at] : [at, k]) : [k]);
    const name = `${axis.symbol} = ${formatValue(value)}`;
    // that of the experiment, as in the list and in every other figure
    const counts = other ? [axis.values.length, other.values.length] : [axis.values.length];
    const style = experimentStyle(theme, { index: other ? [k, at] : [k], counts });
    return point.input ? [curveSet(point.input, quantity, theme, { name, legend: name, style })] : [];
  });
  const place = other ? `${other.symbol} = ${formatValue(other.values[at])}` : '';
  return drawCurves(
    {
      kind: 'sweep-panel',
      title: place ? words.say('sweep.overTimeAt', { name: risk, place }) : words.say('sweep.overTime', { name: risk }),
      subtitle: place,
      valueName: words.say('quantity.risk'),
      quantity: words.say('column.risk'),
      scale: 'log',
      sets,
      baselines: [],
      notes: olderSaid(words, swept),
    },
    view,
  );
}
