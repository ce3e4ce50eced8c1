/**
 * The law of escape (T11) of an even loss from a random start: for each quantile z_p of the normal law the flow (T4)–(T5) from
 * x̄(0) = z_p times the effective start. The rows are those of the median, |z| = 0.674; with them go quantiles over runs.
 */
import { squared } from '../../math/elementary.ts';
import { gaussLegendre } from '../../math/gauss-legendre.ts';
import { normalQuantile } from '../../math/normal.ts';
import { ESCAPE_LEVELS } from '../../observables/observable.ts';
import { fieldOf, type Field, type RowLayout } from '../../observables/row-layout.ts';
import { type Setup } from '../../experiment/setup.ts';
import { solveTheory } from '../solve.ts';
import { type TheoryOptions, type TheoryReport } from '../theory.ts';
import { startOfEscape } from './start-of-escape.ts';

/**
 * Nodes of the average over z. Late the mean is that of the few starts of the smallest |z|, which have not left: nodes are
 * those of the fourth root of the probability of |z|, in which what is averaged turns smoothly.
 */
const NODES = 24;

type Solved = { readonly rows: readonly Float64Array[]; readonly report: TheoryReport };

/** Solves a theory from what it is to know of the start. */
export const solveStarted = (setup: Setup, options: TheoryOptions & { readonly noise: boolean }): TheoryReport =>
  setup.experiment.theory.start === 'escape' ? solveEscape(setup, options) : solveTheory(setup, options);

function solveEscape(setup: Setup, options: TheoryOptions & { readonly noise: boolean }): TheoryReport {
  const { layout } = setup;
  const unit = startOfEscape(setup, options);
  const teacherNorm = setup.teacher.reduce((sum, entry) => sum + entry * entry, 0);
  const solve = (probability: number): Solved => {
    const rows: Float64Array[] = [];
    const z = normalQuantile(0.5 + 0.5 * probability);
    const escape = { start: unit.map((entry) => z * entry) };
    const onRow = (_point: number, row: Float64Array) => void rows.push(row.slice());
    return { rows, report: solveTheory(setup, { ...options, onRow, escape }) };
  };
  const { nodes, weights } = gaussLegendre(NODES);
  const levels = ESCAPE_LEVELS.map(solve);
  const average = Array.from(nodes, (root) => solve(squared(squared(root))));
  const shares = weights.map((weight, k) => 4 * weight * nodes[k] * squared(nodes[k]));
  const median = levels[ESCAPE_LEVELS.indexOf(0.5)];
  const all = [...levels, ...average];
  const reached = Math.min(...all.map(({ rows }) => rows.length));
  const risk = fieldOf(layout, 'risk').offset;
  for (let point = 0; point < reached; point++) {
    const row = median.rows[point];
    put(layout, row, 'risk_quantiles', ascending(levels.map(({ rows }) => rows[point][risk])));
    put(
      layout,
      row,
      'cosine_quantiles',
      ascending(levels.map(({ rows }) => squaredCosine(layout, rows[point]) / teacherNorm)),
    );
    put(layout, row, 'mean_risk', [average.reduce((sum, { rows }, k) => sum + shares[k] * rows[point][risk], 0)]);
    options.onRow(point, row);
  }
  const worst = all.find(({ report }) => report.outcome.status !== 'done') ?? median;
  const total = (of: (report: TheoryReport) => number) => all.reduce((sum, { report }) => sum + of(report), 0);
  return {
    ...median.report,
    outcome: worst.report.outcome,
    accepted: total(({ accepted }) => accepted),
    rejected: total(({ rejected }) => rejected),
    evaluations: total(({ evaluations }) => evaluations),
    momentError: Math.max(...all.map(({ report }) => report.momentError)),
  };
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

function put(layout: RowLayout, row: Float64Array, key: string, values: readonly number[]): void {
  const field: Field = fieldOf(layout, key);
  row.set(values, field.offset);
}

/** ⟨X, x*⟩² / (‖X‖² ‖x*‖²), up to ‖x*‖². */
function squaredCosine(layout: RowLayout, row: Float64Array): number {
  const product = row[fieldOf(layout, 'teacher_product').offset];
  return (product * product) / row[fieldOf(layout, 'norm').offset];
}
