/** What an escape from an uninformative start is seen by: cos²(X, X*), since the sign of the overlap is random, and the mean risk. */
import { said, symbol, texts } from '../../text/texts.ts';
import { formatValue } from '../../text/numbers.ts';
import { firstCrossing } from '../../core/theory/analysis/crossing.ts';
import { ESCAPE_LEVELS } from '../../core/observables/observable.ts';
import { expectedCurve, simulationCurves, type ExperimentResults } from '../../study/experiment-results.ts';
import { isRun } from '../../core/experiment/curve-source.ts';
import { inputLabel, type FigureInput } from '../figure.ts';
import { quantile } from '../ensemble.ts';
import { fieldQuantity, hasField, withQuantiles, type Quantity } from '../sample.ts';
import { squaredCosine } from './cosine.ts';
import { scalarFigure } from './scalar.ts';

/** X has left its start where cos² is at this. */
export const ESCAPED = 0.5;

const escapes = ({ frame }: ExperimentResults): boolean => hasField(frame, 'cosine_quantiles');
const cosineWithQuantiles = withQuantiles(squaredCosine, 'cosine_quantiles');

/** When cos² reaches ½, by level, fast runs first; null where there is no such theory, or no run. */
function escapeTimes(results: ExperimentResults): { theory: number[] | null; runs: number[] | null } {
  const { t } = results.frame;
  const solved = escapes(results) ? expectedCurve(results) : undefined;
  const times = simulationCurves(results)
    .map((run) => firstCrossing(t, squaredCosine(results, run), ESCAPED))
    .sort((a, b) => a - b);
  return {
    // the slow runs are those of the low quantiles
    theory: solved
      ? ESCAPE_LEVELS.map((_, level) =>
          firstCrossing(t, fieldQuantity('cosine_quantiles', level)(results, solved), ESCAPED),
        ).reverse()
      : null,
    runs: times.length > 1 ? ESCAPE_LEVELS.map((level) => quantile(times, level)) : null,
  };
}

/** `t = 16.1, 18.1, … for 10, 25, … % of the runs`: of theory, and of the runs. */
function escapeNotes(inputs: readonly FigureInput[], language: Parameters<typeof texts>[0]): string[] {
  const { say } = texts(language);
  const listed = (times: readonly number[]) =>
    times.map((t) => (Number.isFinite(t) ? formatValue(t) : '–')).join(say('list.comma'));
  return inputs.flatMap((input) => {
    const { theory, runs } = escapeTimes(input.results);
    if (!theory) return [];
    const levels = ESCAPE_LEVELS.map((level) => String(100 * level)).join(say('list.comma'));
    const note = [
      say('note.escapeTimes', { levels, times: listed(theory) }),
      ...(runs ? [say('note.escapeTimesRuns', { times: listed(runs) })] : []),
    ].join('');
    return [inputs.length > 1 ? say('list.of', { name: inputLabel(input), said: note }) : note];
  });
}

export const squaredCosineFigure = scalarFigure({
  kind: 'squared-cosine',
  title: said('figure.squared-cosine'),
  subtitle: () => '⟨X, x*⟩² / (‖X‖² ‖x*‖²)',
  valueName: said('quantity.squared-cosine'),
  quantity: symbol('cos²'),
  scale: 'signed',
  bounds: { min: 0, max: 1 },
  value: () => cosineWithQuantiles,
  applies: escapes,
  baselines: (_, { language }) => [{ value: ESCAPED, label: texts(language).say('baseline.escaped'), color: null }],
  notes: (inputs, { language }) => escapeNotes(inputs, language),
});

/** By theory the average over starts, far above the risk of the median: of the runs the risk, whose mean is the same. */
const meanRiskQuantity: Quantity = (results, curve) =>
  fieldQuantity(isRun(curve.source) ? 'risk' : 'mean_risk')(results, curve);

const drawnMean = scalarFigure({
  kind: 'mean-risk',
  title: said('figure.mean-risk'),
  subtitle: (_, { language }) => texts(language).say('subtitle.mean-risk'),
  valueName: said('quantity.mean-risk'),
  quantity: said('column.risk'),
  scale: 'log',
  value: () => meanRiskQuantity,
  applies: escapes,
});

export const meanRisk: typeof drawnMean = {
  ...drawnMean,
  // a median beside a mean would be another number
  build: (inputs, view) =>
    drawnMean.build(inputs, { ...view, band: view.band === 'deviation' || view.band === 'none' ? view.band : 'error' }),
};
