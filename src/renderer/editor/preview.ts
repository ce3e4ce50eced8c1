/** Small drawings of a description: spectrum, energy of the means, learning rate. Data only. */
import { buildMixture, type Mixture } from '../../core/model/mixture.ts';
import { createSchedule } from '../../core/schedule/schedule-spec.ts';
import { rateAt } from '../../core/schedule/schedule.ts';
import { type Experiment } from '../../core/experiment/schema.ts';

/** Above this many directions a preview is drawn with fewer: the shapes depend on ρ/d alone. */
const PREVIEW_DIMENSION = 20_000;
const BINS = 96;
const RATE_POINTS = 160;

export interface Line {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface ModelPreview {
  /** d that the preview was drawn with. */
  readonly dimension: number;
  readonly reduced: boolean;
  readonly mixture: Mixture;
  /** λ_i against ρ/d, per class, at the sampled directions. */
  readonly spectrum: readonly Line[];
  /** Mean of d μ_i² over bins of ρ/d, per class. */
  readonly energy: readonly Line[];
  readonly bins: number;
}

export function modelPreview(experiment: Experiment): ModelPreview {
  const { model } = experiment;
  const given = model.spectrum.kind === 'custom' || model.means.arrangement.kind === 'custom';
  const dimension = given ? model.dimension : Math.min(model.dimension, PREVIEW_DIMENSION);
  const mixture = buildMixture({ ...model, dimension });
  const bins = Math.min(BINS, dimension);
  const rows = (values: Float64Array) =>
    Array.from({ length: mixture.classes }, (_, i) => values.subarray(i * dimension, (i + 1) * dimension));
  return {
    dimension,
    reduced: dimension < model.dimension,
    mixture,
    spectrum: rows(mixture.eigenvalues).map((row) => sampled(row)),
    energy: rows(mixture.means).map((row) => binned(row, bins)),
    bins,
  };
}

/** At most 240 of the directions, with both sides of every jump. */
function sampled(row: Float64Array): Line {
  const stride = Math.max(1, Math.floor(row.length / 240));
  const x: number[] = [];
  const y: number[] = [];
  let last = -1;
  for (let rho = 0; rho < row.length; rho++) {
    const jump = rho > 0 && Math.abs(row[rho] - row[rho - 1]) > 0.2;
    if (rho % stride !== 0 && rho !== row.length - 1 && !jump) continue;
    if (jump && last !== rho - 1) {
      x.push(rho / row.length);
      y.push(row[rho - 1]);
    }
    x.push((rho + 1) / row.length);
    y.push(row[rho]);
    last = rho;
    if (x.length > 2000) break;
  }
  return { x, y };
}

function binned(row: Float64Array, bins: number): Line {
  const x: number[] = [];
  const y: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const start = Math.round((row.length * bin) / bins);
    const end = Math.round((row.length * (bin + 1)) / bins);
    let sum = 0;
    for (let rho = start; rho < end; rho++) sum += row[rho] * row[rho];
    x.push(start / row.length, end / row.length);
    const value = (sum / (end - start)) * row.length;
    y.push(value, value);
  }
  return { x, y };
}

/** γ(t) up to the horizon; null for a rule that looks at the state of the run. */
export function schedulePreview(experiment: Experiment): Line | null {
  const schedule = createSchedule(experiment.optimizer.schedule, experiment.horizon);
  if (schedule.dependsOn !== 'time') return null;
  const { horizon } = experiment;
  const jumps = schedule.breakpoints.filter((t) => t < horizon).flatMap((t) => [t * (1 - 1e-12), t]);
  const times = [...Array.from({ length: RATE_POINTS }, (_, k) => (horizon * k) / (RATE_POINTS - 1)), ...jumps];
  times.sort((a, b) => a - b);
  return { x: times, y: times.map((t) => rateAt(schedule, t)) };
}

/** ‖μ_i‖² and tr K_i / d per class. */
export function classSums(mixture: Mixture): { energy: number[]; trace: number[] } {
  const { classes, dimension, means, eigenvalues } = mixture;
  const sum = (values: Float64Array, i: number, value: (entry: number) => number) => {
    let total = 0;
    for (let rho = i * dimension; rho < (i + 1) * dimension; rho++) total += value(values[rho]);
    return total;
  };
  const each = Array.from({ length: classes }, (_, i) => i);
  return {
    energy: each.map((i) => sum(means, i, (entry) => entry * entry)),
    trace: each.map((i) => sum(eigenvalues, i, (entry) => entry) / dimension),
  };
}
