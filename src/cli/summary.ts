/** Results as the JSON object of `run --json`, and as a table for people. */
import { ensemble } from '../figures/ensemble.ts';
import { defaultView } from '../figures/index.ts';
import { extremeSaid, extremesOf, sourceOf, statistics, sweptResults, sweptValues } from '../figures/sweep/index.ts';
import { type Sweep } from '../core/experiment/sweep.ts';
import { commonTheoryName } from '../figures/theory-name.ts';
import { formatDecimals } from '../text/numbers.ts';
import { texts } from '../text/texts.ts';
import { visible } from '../core/description/found.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { isRun } from '../core/experiment/curve-source.ts';
import { observableOf } from '../core/observables/row-layout.ts';
import { endpointsOf } from '../core/theory/analysis/index.ts';
import { findCurveKind } from '../core/theory/curves/curve-kind.ts';
import { endpointColumns } from '../study/endpoint-columns.ts';
import {
  curveField,
  expectedCurve,
  simulationCurves,
  spreadCurve,
  type ExperimentResults,
} from '../study/experiment-results.ts';
import { type ExperimentSeconds } from '../lab/jobs/run-study.ts';

type Numbers = (number | null)[];
type MeanAndDeviation = { mean: Numbers; sd: Numbers };

export interface ExperimentSummary {
  id: string;
  dimension: number;
  t: number[];
  /** Of the runs, whichever engine made them. */
  sgd?: Record<string, MeanAndDeviation>;
  /** End points, in the order given. */
  endpoint?: Record<string, Numbers>;
  seconds: ExperimentSeconds;
}

/** Theory curves by the names of their kinds. */
type TheorySummary = Record<string, Record<string, Numbers>>;

/** JSON has no NaN: grid points that a diverged curve did not reach are null. */
const numbers = (values: ArrayLike<number>): Numbers =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

/** One experiment of `run --json`. */
export function summarize(
  results: ExperimentResults,
  seconds: ExperimentSeconds,
): ExperimentSummary | (ExperimentSummary & TheorySummary) {
  const { experiment, frame } = results;
  const fields = frame.layout.fields.filter(({ shape }) => shape.length === 0);
  const keys = fields.map(({ key }) => key);
  const ofRuns = fields.filter((field) => !observableOf(field)?.ofTheory).map(({ key }) => key);
  const theory: TheorySummary = Object.fromEntries(
    results.curves
      .filter(({ source }) => !isRun(source) && !findCurveKind(source.kind)?.spread)
      .map(({ source, rows }) => [
        source.kind,
        Object.fromEntries(keys.map((key) => [key, numbers(curveField(frame, rows, key))])),
      ]),
  );
  const spread = spreadCurve(results);
  const of = spread && theory[findCurveKind(spread.source.kind)?.spread?.of ?? ''];
  if (of) for (const key of keys) of[`${key}_sd`] = numbers(curveField(frame, spread.rows, key));
  const runs = simulationCurves(results);
  const simulated = (key: string): MeanAndDeviation => {
    const { mean, sd } = ensemble(runs.map((run) => curveField(frame, run.rows, key)));
    return { mean: numbers(mean), sd: numbers(sd) };
  };
  return {
    id: experiment.id,
    dimension: experiment.model.dimension,
    t: [...frame.t],
    ...theory,
    ...endpointSummary(experiment),
    ...(runs.length > 0 && { sgd: Object.fromEntries(ofRuns.map((key) => [key, simulated(key)])) }),
    seconds,
  };
}

function endpointSummary(experiment: Experiment): Pick<ExperimentSummary, 'endpoint'> {
  const columns = endpointColumns(endpointsOf(experiment));
  if (!columns) return {};
  return { endpoint: Object.fromEntries(columns.map(([key, values]) => [key, numbers(values)])) };
}

/** Final risks, theory beside SGD, one line per experiment. */
export function finalRiskTable(results: readonly ExperimentResults[]): string {
  const theory = commonTheoryName(
    texts('en'),
    results.map((result, place) => ({ results: result, place })),
  );
  const header = ['experiment', 't', `risk, ${theory}`, 'risk, SGD mean ± sd', 'runs'];
  const rows = results.map((result) => {
    const last = result.frame.t.length - 1;
    const curve = expectedCurve(result);
    const runs = simulationCurves(result);
    const { mean, sd } = ensemble(runs.map((run) => curveField(result.frame, run.rows, 'risk')));
    return [
      visible(result.experiment.name),
      String(Number(result.frame.t[last].toPrecision(6))),
      curve ? riskText(curveField(result.frame, curve.rows, 'risk')[last]) : '–',
      runs.length > 0 ? `${riskText(mean[last])} ± ${riskText(sd[last])}` : '–',
      String(runs.length),
    ];
  });
  const widths = header.map((cell, k) => Math.max(cell.length, ...rows.map((row) => row[k].length)));
  const line = (cells: string[]) =>
    cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ');
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Where the last risk of a sweep is least and greatest: lines below the table; none without a sweep, or results of it. */
export function sweepExtremes(sweep: Sweep | undefined, results: readonly ExperimentResults[]): string {
  if (!sweep) return '';
  const words = texts('en');
  const swept = sweptResults(
    sweep,
    results.map((result, place) => ({ results: result, place })),
  );
  const [risk] = statistics;
  const values = sweptValues(swept, risk, null, defaultView);
  const source = sourceOf(values);
  const lines = extremesOf(swept, values, source).map(
    (extreme) => `${visible(extremeSaid(words, swept, extreme))}: ${extreme.id}`,
  );
  if (lines.length === 0) return '';
  const name =
    source === 'theory'
      ? commonTheoryName(
          words,
          swept.points.flatMap(({ input }) => input ?? []),
        )
      : 'median of SGD';
  return [`Risk at the end, ${name}:`, ...lines].join('\n');
}

const riskText = (value: number): string => (Number.isFinite(value) ? formatDecimals(value) : 'diverged');
