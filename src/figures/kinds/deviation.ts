/** Concentration: how far each run is from the theory, |R_SGD − R_ODE| over t. */
import { isRun } from '../../core/experiment/curve-source.ts';
import { said, symbol, texts, type Texts } from '../../text/texts.ts';
import { expectedCurve, simulationCurves, type ExperimentResults } from '../../study/experiment-results.ts';
import { quantile } from '../ensemble.ts';
import { type FigureInput } from '../figure.ts';
import { formatValue } from '../../text/numbers.ts';
import { fieldQuantity } from '../sample.ts';
import { commonTheoryName, curveName } from '../theory-name.ts';
import { scalarFigure } from './scalar.ts';

/** |R_SGD − R_ODE| of a curve over t; NaN everywhere without theory. */
export function riskDeviation(results: ExperimentResults, curve: ExperimentResults['curves'][number]): Float64Array {
  const theory = expectedCurve(results);
  const none = () => new Float64Array(results.frame.t.length).fill(NaN);
  if (!theory || !isRun(curve.source)) return none();
  const expected = fieldQuantity('risk')(results, theory);
  return fieldQuantity('risk')(results, curve).map((value, p) => Math.abs(value - expected[p]));
}

/** sup_t |R_SGD − R_ODE| of every run, ascending. */
export function riskSuprema(results: ExperimentResults): number[] {
  return simulationCurves(results)
    .map((curve) => riskDeviation(results, curve).reduce((most, value) => (value > most ? value : most), -1))
    .filter((value) => value >= 0)
    .sort((a, b) => a - b);
}

/** What is drawn, with whether R_ODE is that of d → ∞. */
export function ofLimit(words: Texts, inputs: readonly FigureInput[], drawn: string): string {
  const curve = commonTheoryName(words, inputs);
  const limit = curve === curveName(words) ? [] : [words.say('subtitle.ofLimit', { curve })];
  return [drawn, ...limit].join(words.say('list.comma'));
}

export const deviation = scalarFigure({
  kind: 'deviation',
  title: said('figure.deviation'),
  subtitle: (inputs, { language }) => {
    const words = texts(language);
    return ofLimit(words, inputs, words.say('subtitle.deviation'));
  },
  valueName: symbol('|R_SGD − R_ODE|'),
  quantity: symbol('|R_SGD − R_ODE|'),
  scale: 'log',
  value: () => riskDeviation,
  applies: (results) => expectedCurve(results) !== undefined && simulationCurves(results).length > 0,
  notes: (inputs, { language }) => {
    const scaled = inputs.flatMap(({ results }) => {
      const median = quantile(riskSuprema(results), 0.5);
      return Number.isFinite(median)
        ? [{ median, rooted: median * Math.sqrt(results.experiment.model.dimension) }]
        : [];
    });
    if (scaled.length === 0) return [];
    const said = (values: number[]) => [...new Set([Math.min(...values), Math.max(...values)].map(short))].join('–');
    const medians = said(scaled.map(({ median }) => median));
    const rooted = said(scaled.map(({ rooted: value }) => value));
    return [texts(language).say('note.suprema', { medians, rooted })];
  },
});

const short = (value: number): string => formatValue(value, 2);
