/**
 * Standard deviations over runs of a whole row of observables, from C. Every observable is a function of few sums over
 * directions, the laws (m_i, B_i, q_i) and sums by spectral group, and these are linear in the deviations. Their covariance
 * is W C Wᵀ, and an observable's variance follows by its derivatives by them, taken by central differences of the row.
 */
import { createMoments } from '../../loss/loss.ts';
import { createOutputLaw } from '../../model/overlaps.ts';
import { createGroupSums, createRowWriter, groupSums } from '../../observables/observe.ts';
import { type RowLayout } from '../../observables/row-layout.ts';
import { type Fluctuating } from './integrate-fluctuations.ts';
import { lawVectors } from './fluctuation-drift.ts';
import { dotHalf, times, type HalfVector } from './packed-covariance.ts';

/** Step of the differences, relative to the scale on which a row bends. */
const STEP = 1e-3;

/** One sum over directions: its vector, and how the state that rows are written from is moved along it. */
interface Sum {
  readonly vector: HalfVector;
  /** Class whose moments change with it; −1 for none. */
  readonly classIndex: number;
  /** Scale on which rows bend. */
  scale(): number;
  move(by: number): void;
}

/** @returns writes the standard deviations of the row at a state; NaN of what only the process itself knows. */
export function createRowSpread(
  layout: RowLayout,
  { problem, shape, coupling }: Pick<Fluctuating, 'problem' | 'shape' | 'coupling'>,
): (state: Fluctuating, row: Float64Array) => void {
  const { loss, priors, directions } = problem;
  const joint = 1 + loss.teacherOutputs;
  const law = createOutputLaw(priors.length, joint);
  const moments = law.mean.map(() => createMoments(1, loss.teacherOutputs));
  const sums = createGroupSums(layout);
  const write = createRowWriter(layout, loss, priors);
  const { nodes, group, means, teacher } = directions;

  const within = (g: number, value: (n: number) => number) =>
    Float64Array.from({ length: nodes }, (_, n) => (group[n] === g ? value(n) : 0));
  const add = (to: Float64Array, k: number) => (by: number) => {
    to[k] += by;
  };
  /** Var r of a class that r* does not explain. */
  const conditional = (i: number): number => {
    const [variance, q, , teacherVariance] = law.covariance[i];
    return joint > 1 && teacherVariance > 0 ? Math.max(0, variance - (q * q) / teacherVariance) : variance;
  };
  const total = () => sums.norm.reduce((sum, value) => sum + value, 0);
  const all: Sum[] = [
    ...lawVectors(problem).flatMap(({ m, b, q }, classIndex): Sum[] => {
      const covariance = law.covariance[classIndex];
      const rest = () => conditional(classIndex);
      const entries: Sum[] = [
        { vector: m, classIndex, scale: () => Math.sqrt(covariance[0]), move: add(law.mean[classIndex], 0) },
        { vector: b, classIndex, scale: rest, move: add(covariance, 0) },
      ];
      if (q) {
        const room = () => Math.sqrt(covariance[0] * covariance[3]) - Math.abs(covariance[1]);
        const move = (by: number) => {
          covariance[1] += by;
          covariance[2] += by;
        };
        entries.push({ vector: q, classIndex, scale: room, move });
      }
      return entries;
    }),
    ...Array.from({ length: layout.groups }, (_, g): Sum[] => [
      { vector: { ofX: false, values: within(g, () => 1) }, classIndex: -1, scale: total, move: add(sums.norm, g) },
      ...Array.from(priors, (_prior, i): Sum => {
        const vector = { ofX: true, values: within(g, (n) => means[i * nodes + n]) };
        return { vector, classIndex: -1, scale: () => 1, move: add(sums.overlap, g * layout.classes + i) };
      }),
    ]).flat(),
    ...(loss.teacherOutputs > 0
      ? [{ vector: { ofX: true, values: teacher }, classIndex: -1, scale: () => 1, move: add(sums.teacherProduct, 0) }]
      : []),
  ];
  const carried = new Float64Array(2 * nodes);
  const covariance = new Float64Array(all.length * all.length);
  const [up, down] = [new Float64Array(layout.size), new Float64Array(layout.size)];
  const slopes = all.map(() => new Float64Array(layout.size));

  function rate(t: number, y: Float64Array): number {
    if (problem.schedule.dependsOn !== 'state') return coupling.rate(t, y);
    let risk = 0;
    let gradientPower = 0;
    for (let i = 0; i < priors.length; i++) {
      risk += priors[i] * moments[i].risk;
      gradientPower += priors[i] * problem.power[i] * moments[i].gradientSquare[0];
    }
    gradientPower /= problem.dimension * problem.batchSize;
    const known = { risk: () => risk, gradientPower: () => gradientPower };
    return problem.schedule.rate({ t, accumulated: 0, ...known, descent: () => NaN, stepCurvature: () => NaN });
  }

  function refresh(i: number): void {
    loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
  }

  function read({ y }: Fluctuating): void {
    for (let i = 0; i < priors.length; i++) {
      law.mean[i].set(coupling.law.mean[i]);
      law.covariance[i].set(coupling.law.covariance[i]);
      refresh(i);
    }
    const noise = y.subarray(shape.noiseAt, shape.noiseAt + nodes);
    groupSums(directions, layout, y.subarray(0, nodes), noise, sums);
  }

  /** ∂row/∂sum into `out`. */
  function slopeOf({ classIndex, scale, move }: Sum, { t, y }: Fluctuating, out: Float64Array): void {
    const step = STEP * Math.max(scale(), Number.MIN_VALUE);
    const at = (by: number, row: Float64Array): void => {
      move(by);
      if (classIndex >= 0) refresh(classIndex);
      write({ law, moments, sums, rate: rate(t, y) }, row);
    };
    at(step, up);
    at(-2 * step, down);
    move(step);
    if (classIndex >= 0) refresh(classIndex);
    for (let k = 0; k < out.length; k++) out[k] = (up[k] - down[k]) / (2 * step);
  }

  return (state, row) => {
    coupling.evaluate(state.t, state.y);
    read(state);
    all.forEach(({ vector }, k) => {
      times(state.y, state.covarianceAt, vector, carried);
      for (let j = 0; j <= k; j++) {
        covariance[k * all.length + j] = covariance[j * all.length + k] = dotHalf(all[j].vector, carried);
      }
    });
    // what does not vary needs no derivative, which it may not have either: at X = 0
    const varying = all.map((_, k) => covariance[k * all.length + k] > 0);
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
      row[f] = Math.sqrt(Math.max(0, variance));
    }
  };
}
