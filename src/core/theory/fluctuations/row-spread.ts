/**
 * Standard deviations over runs of a whole row of observables, from C. Every observable is a function of few sums over
 * directions, the laws (m_i, B_i, q_i) of x and of an average of it, sums by spectral group and G, and these are linear in
 * the deviations. Their covariance is W C Wᵀ, and an observable's variance follows by its derivatives by them, taken by
 * central differences of the row.
 */
import { createMoments } from '../../loss/loss.ts';
import { createOutputLaw, outputLaw, packed, packedSize } from '../../model/overlaps.ts';
import { createGroupSums, createRowWriter, groupSums } from '../../observables/observe.ts';
import { type RowLayout } from '../../observables/row-layout.ts';
import { createAccumulatedRate } from '../../schedule/schedule.ts';
import { type Fluctuating } from './integrate-fluctuations.ts';
import { dotPart, times } from './packed-covariance.ts';
import { accumulatedSum, groupSumsOf, lawSums, type Sum } from './row-sums.ts';

/** Step of the differences, relative to the scale on which a row bends. */
const STEP = 1e-3;

/** @returns writes the standard deviations of the row at a state; NaN of what only the process itself knows. */
export function createRowSpread(
  layout: RowLayout,
  { problem, shape, deviations, coupling }: Pick<Fluctuating, 'problem' | 'shape' | 'deviations' | 'coupling'>,
): (state: Fluctuating, row: Float64Array) => void {
  const { loss, priors, directions, schedule } = problem;
  const law = createOutputLaw(priors.length, 1 + loss.teacherOutputs);
  const moments = law.mean.map(() => createMoments(1, loss.teacherOutputs));
  const sums = createGroupSums(layout);
  const ofAverage = createAverage({ problem, shape });
  const write = createRowWriter(layout, loss, priors, (name) =>
    name === 'average_risk' && ofAverage ? [ofAverage.risk()] : null,
  );
  const { nodes } = directions;
  const accumulatedRate = createAccumulatedRate(schedule);
  let accumulated = 0;
  let time = 0;

  const refresh = (i: number): void => loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
  const bend = () => 0.5 * Math.abs(accumulatedRate.rate(time, accumulated) / accumulatedRate.slope(time, accumulated));
  const all: Sum[] = [
    ...lawSums(problem, deviations, 0, law, refresh),
    ...groupSumsOf(problem, deviations, layout, sums),
    ...(ofAverage
      ? lawSums(problem, deviations, ofAverage.field, ofAverage.law, ofAverage.refresh, ofAverage.factor)
      : []),
    ...accumulatedSum(deviations, bend, (by) => (accumulated += by)),
  ];
  const carried = new Float64Array(deviations.rows);
  const covariance = new Float64Array(all.length * all.length);
  const [up, down] = [new Float64Array(layout.size), new Float64Array(layout.size)];
  const slopes = all.map(() => new Float64Array(layout.size));

  function rate(t: number, y: Float64Array): number {
    if (schedule.dependsOn === 'accumulated') return accumulatedRate.rate(t, accumulated);
    if (schedule.dependsOn !== 'state') return coupling.rate(t, y);
    let risk = 0;
    let gradientPower = 0;
    for (let i = 0; i < priors.length; i++) {
      risk += priors[i] * moments[i].risk;
      gradientPower += priors[i] * problem.power[i] * moments[i].gradientSquare[0];
    }
    gradientPower /= problem.dimension * problem.batchSize;
    const known = { risk: () => risk, gradientPower: () => gradientPower };
    return schedule.rate({ t, accumulated: 0, ...known, descent: () => NaN, stepCurvature: () => NaN });
  }

  function read({ t, y }: Fluctuating): void {
    for (let i = 0; i < priors.length; i++) {
      law.mean[i].set(coupling.law.mean[i]);
      law.covariance[i].set(coupling.law.covariance[i]);
      refresh(i);
    }
    const noise = y.subarray(shape.noiseAt, shape.noiseAt + nodes);
    groupSums(directions, layout, y.subarray(0, nodes), noise, sums);
    ofAverage?.read(t, y);
    time = t;
    if (shape.accumulatedAt >= 0) accumulated = y[shape.accumulatedAt];
  }

  /** ∂row/∂sum into `out`. */
  function slopeOf(sum: Sum, { t, y }: Fluctuating, out: Float64Array): void {
    const step = STEP * Math.max(sum.scale(), Number.MIN_VALUE);
    const at = (by: number, row: Float64Array): void => {
      sum.move(by);
      sum.refresh();
      write({ law, moments, sums, rate: rate(t, y) }, row);
    };
    at(step, up);
    at(-2 * step, down);
    sum.move(step);
    sum.refresh();
    for (let k = 0; k < out.length; k++) out[k] = (up[k] - down[k]) / (2 * step);
  }

  return (state, row) => {
    coupling.evaluate(state.t, state.y);
    read(state);
    all.forEach(({ vector }, k) => {
      times(state.y, state.covarianceAt, vector, carried);
      for (let j = 0; j <= k; j++) {
        covariance[k * all.length + j] = covariance[j * all.length + k] = dotPart(all[j].vector, carried);
      }
    });
    // what does not vary needs no derivative, which it may not have either: at X = 0
    const varying = all.map((sum, k) => covariance[k * all.length + k] > 0 && sum.live());
    all.forEach((sum, k) => varying[k] && slopeOf(sum, state, slopes[k]));
    write({ law, moments, sums, rate: rate(state.t, state.y) }, row);
    for (let f = 0; f < row.length; f++) {
      let variance = Number.isNaN(row[f]) ? NaN : 0;
      for (let k = 0; k < all.length; k++) {
        if (!varying[k] || slopes[k][f] === 0) continue;
        for (let j = 0; j < all.length; j++) {
          if (varying[j]) variance += slopes[k][f] * covariance[k * all.length + j] * slopes[j][f];
        }
      }
      // the bits of a NaN that was computed with differ from machine to machine
      row[f] = Number.isNaN(variance) ? NaN : Math.sqrt(Math.max(0, variance));
    }
  };
}

/** The law of an update's average of iterates with its risk; null where it has none. */
function createAverage({ problem, shape }: Pick<Fluctuating, 'problem' | 'shape'>) {
  const { loss, priors, directions, update } = problem;
  const { average } = update;
  if (!average) return null;
  const { nodes, noiseAt } = shape;
  const { field } = average;
  const law = createOutputLaw(priors.length, 1 + loss.teacherOutputs);
  const moments = law.mean.map(() => createMoments(1, loss.teacherOutputs));
  const parameters = new Float64Array(nodes);
  const noise = new Float64Array(packedSize(1) * nodes);
  const row = noiseAt + packed(field, field) * nodes;
  let factor = NaN;
  const refresh = (i: number): void => loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
  return {
    field,
    law,
    refresh,
    factor: () => factor,
    /** NaN while there is no average. */
    risk: () => (Number.isFinite(factor) ? moments.reduce((sum, { risk }, i) => sum + priors[i] * risk, 0) : NaN),
    read(t: number, y: Float64Array): void {
      factor = average.factor(t);
      if (!Number.isFinite(factor)) return;
      for (let n = 0; n < nodes; n++) {
        parameters[n] = factor * y[field * nodes + n];
        noise[n] = factor * factor * Math.max(0, y[row + n]);
      }
      outputLaw(directions, 1, parameters, noise, law);
      for (let i = 0; i < priors.length; i++) refresh(i);
    },
  };
}
