/** Concentration: how far each run is from the theory, |R_SGD − R_ODE| over t. */
import { isRun } from '../../core/experiment/curve-source.ts';
import { said, symbol, texts, type Texts } from '../../text/texts.ts';
import { expectedCurve, simulationCurves, type ExperimentResults } from '../../study/experiment-results.ts';
import { quantile } from '../ensemble.ts';
import { type FigureInput } from '../figure.ts';
import { formatValue } from '../../text/numbers.ts';
import { fieldQuantity, spreadOf, type Quantity } from '../sample.ts';
import { commonTheoryName, curveName } from '../theory-name.ts';
import { scalarFigure } from './scalar.ts';

const risk = fieldQuantity('risk');

/** |R_SGD − R_ODE| of a curve over t; NaN everywhere without theory. */
export function riskDeviation(results: ExperimentResults, curve: ExperimentResults['curves'][number]): Float64Array {
  const theory = expectedCurve(results);
  const none = () => new Float64Array(results.frame.t.length).fill(NaN);
  if (!theory || !isRun(curve.source)) return none();
  const expected = risk(results, theory);
  return risk(results, curve).map((value, p) => Math.abs(value - expected[p]));
}

/** Median of the size of a standard normal variable. */
const MEDIAN_SIZE = 0.6744897501960817;

/** Beside the runs' deviations, as the theory's own, the median of what its spread makes of them. */
const deviationOf: Quantity = (results, curve) => {
  if (curve !== expectedCurve(results)) return riskDeviation(results, curve);
  return (spreadOf(results, risk) ?? new Float64Array(results.frame.t.length).fill(NaN)).map(
    (deviation) => MEDIAN_SIZE * deviation,
  );
};

/** Largest standard deviation of the risk over t, by theory; −Infinity where it is not known. */
export const largestSpread = (results: ExperimentResults): number =>
  Math.max(...(spreadOf(results, risk) ?? [NaN]).filter((value) => !Number.isNaN(value)), -Infinity);

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
  value: () => deviationOf,
  applies: (results) => expectedCurve(results) !== undefined && simulationCurves(results).length > 0,
  notes: (inputs, { language }) => {
    const scaled = inputs.flatMap(({ results }) => {
      const median = quantile(riskSuprema(results), 0.5);
      return Number.isFinite(median)
        ? [{ median, rooted: median * Math.sqrt(results.experiment.model.dimension) }]
        : [];
    });
    const byTheory = inputs.some(({ results }) => spreadOf(results, risk))
      ? [texts(language).say('note.deviationLine')]
      : [];
    if (scaled.length === 0) return byTheory;
    const said = (values: number[]) => [...new Set([Math.min(...values), Math.max(...values)].map(short))].join('–');
    const medians = said(scaled.map(({ median }) => median));
    const rooted = said(scaled.map(({ rooted: value }) => value));
    return [texts(language).say('note.suprema', { medians, rooted }), ...byTheory];
  },
});

const short = (value: number): string => formatValue(value, 2);
