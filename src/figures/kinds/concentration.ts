/** Concentration: sup_t |R_SGD − R_ODE| of every run against d, with its fitted slope. Theory: −1/2 up to logs. */
import { said, texts } from '../../text/texts.ts';
import { spreadKindFor } from '../../core/theory/curves/curve-kind.ts';
import { pow } from '../../core/math/elementary.ts';
import { fitPowerLaw } from '../../core/math/line-fit.ts';
import { type CurveSet } from '../curve-set.ts';
import { drawCurves } from '../curves.ts';
import { ensemble } from '../ensemble.ts';
import { type FigureInput, type FigureKind } from '../figure.ts';
import { formatValue } from '../../text/numbers.ts';
import { countSaid } from '../say.ts';
import { experimentStyle, themes } from '../theme.ts';
import { centreOf, type FigureView } from '../view.ts';
import { deviation, largestSpread, ofLimit, riskSuprema } from './deviation.ts';

/** Suprema by dimension: the runs of all experiments of one dimension together. */
function byDimension(inputs: readonly FigureInput[]): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const { results } of inputs) {
    const { dimension } = results.experiment.model;
    result.set(dimension, [...(result.get(dimension) ?? []), ...riskSuprema(results)]);
  }
  return new Map([...result].filter(([, values]) => values.length > 0).sort(([a], [b]) => a - b));
}

export const concentration: FigureKind = {
  kind: 'concentration',
  title: said('figure.concentration'),
  scope: 'overlay',
  applies: deviation.applies,
  build(inputs, view) {
    const shown = inputs.filter(({ results }) => deviation.applies(results));
    const words = texts(view.language);
    const { say } = words;
    const suprema = byDimension(shown);
    const amplitudes = amplitudesByDimension(shown);
    const set = suprema.size > 1 ? supremaOverDimension(shown[0], suprema, amplitudes, view) : null;
    return drawCurves(
      {
        kind: 'concentration',
        title: say('figure.concentration'),
        subtitle: ofLimit(words, shown, say('subtitle.concentration')),
        valueName: 'sup |R_SGD − R_ODE|',
        quantity: 'sup |R_SGD − R_ODE|',
        scale: 'log',
        sets: set ? [set.curves] : [],
        baselines: [],
        notes: set ? [say('note.slope', { slope: formatValue(set.slope, 3) })] : [say('note.twoDimensions')],
        abscissa: {
          symbol: 'd',
          name: said('axis.dimension'),
          line: 'fit',
          styles: set ? styles(suprema, amplitudes.size > 0, view) : '',
        },
      },
      view,
    );
  },
};

/** Theory's amplitude by dimension: the largest standard deviation of the risk over t, of the experiments that have it. */
function amplitudesByDimension(inputs: readonly FigureInput[]): Map<number, number> {
  const result = new Map<number, number>();
  for (const { results } of inputs) {
    const { dimension } = results.experiment.model;
    const value = Math.max(result.get(dimension) ?? -Infinity, largestSpread(results));
    if (Number.isFinite(value)) result.set(dimension, value);
  }
  return result;
}

function supremaOverDimension(
  input: FigureInput,
  suprema: Map<number, number[]>,
  amplitudes: Map<number, number>,
  view: FigureView,
) {
  const dimensions = Float64Array.from(suprema.keys());
  const most = Math.max(...[...suprema.values()].map((values) => values.length));
  const runs = Array.from({ length: most }, (_, k) =>
    Float64Array.from(suprema.values(), (values) => values[k] ?? NaN),
  );
  const statistics = ensemble(runs);
  const fit = fitPowerLaw(Array.from(dimensions, (d, k) => [d, statistics.median[k]] as const));
  const amplitude = dimensions.map((d) => amplitudes.get(d) ?? NaN);
  const kind = spreadKindFor(input.results.experiment.simulation.engine).kind;
  const curves: CurveSet = {
    name: texts(view.language).say('curve.allRuns'),
    legend: null,
    end: null,
    style: experimentStyle(themes[view.theme], 0),
    t: dimensions,
    theory: fit ? dimensions.map((d) => fit.factor * pow(d, fit.slope)) : null,
    others: amplitude.some(Number.isFinite) ? [{ kind, values: amplitude }] : [],
    runs,
    statistics,
    input,
  };
  return { curves, slope: fit?.slope ?? NaN };
}

function styles(suprema: Map<number, number[]>, amplitude: boolean, view: FigureView): string {
  const { say } = texts(view.language);
  const centre = say(`curve.${centreOf(view.band)}`);
  return [
    say('styles.fitted'),
    ...(amplitude ? [say('styles.amplitude')] : []),
    say('styles.centreOf', { centre }),
    say(`band.${view.band}`),
    countSaid([...suprema.values()].map((values) => values.length)),
  ].join(say('list.comma'));
}
