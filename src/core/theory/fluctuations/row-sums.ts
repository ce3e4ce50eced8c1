/** The few sums over directions that a row of observables is a function of, each with its vector over deviations. */
import { type OutputLaw } from '../../model/overlaps.ts';
import { type GroupSums } from '../../observables/observable.ts';
import { type RowLayout } from '../../observables/row-layout.ts';
import { type Problem } from '../equations/problem.ts';
import { lawVectors, productBlock, type Deviations, type PartVector } from './deviations.ts';

/** One sum, and how what rows are written from is moved along it. */
export interface Sum {
  readonly vector: PartVector;
  /** Whether the row has it now. */
  live(): boolean;
  /** Scale on which rows bend. */
  scale(): number;
  move(by: number): void;
  /** Computes what follows from it once more. */
  refresh(): void;
}

const always = () => true;
const nothing = () => undefined;
const add = (to: Float64Array, k: number) => (by: number) => {
  to[k] += by;
};

/**
 * m_i, B_i and q_i of a multiple of one field.
 * @param law what is moved.
 * @param refresh computes the moments of one class.
 * @param factor the multiple; NaN while there is none.
 */
export function lawSums(
  problem: Problem,
  deviations: Deviations,
  field: number,
  { mean, covariance: covariances }: OutputLaw,
  refresh: (classIndex: number) => void,
  factor: () => number = () => 1,
): Sum[] {
  const joint = 1 + problem.loss.teacherOutputs;
  const live = () => Number.isFinite(factor());
  return lawVectors(problem, deviations, field).flatMap(({ m, b, q }, i): Sum[] => {
    const covariance = covariances[i];
    /** Var r that r* does not explain. */
    const rest = (): number => {
      const [variance, between, , ofTeacher] = covariance;
      return joint > 1 && ofTeacher > 0 ? Math.max(0, variance - (between * between) / ofTeacher) : variance;
    };
    const room = () => Math.sqrt(covariance[0] * covariance[3]) - Math.abs(covariance[1]);
    const common = { live, refresh: () => refresh(i) };
    const sums: Sum[] = [
      {
        ...common,
        vector: m,
        scale: () => Math.sqrt(covariance[0]) / factor(),
        move: (by) => (mean[i][0] += factor() * by),
      },
      {
        ...common,
        vector: b,
        scale: () => rest() / (factor() * factor()),
        move: (by) => (covariance[0] += factor() * factor() * by),
      },
    ];
    if (q) {
      const move = (by: number) => {
        covariance[1] += factor() * by;
        covariance[2] += factor() * by;
      };
      sums.push({ ...common, vector: q, scale: () => room() / factor(), move });
    }
    return sums;
  });
}

/** Sums of x by spectral group, and that with a teacher. */
export function groupSumsOf(
  { priors, directions, loss }: Problem,
  deviations: Deviations,
  layout: RowLayout,
  sums: GroupSums,
): Sum[] {
  const { nodes, group, means, teacher } = directions;
  const within = (g: number, value: (n: number) => number) =>
    Float64Array.from({ length: nodes }, (_, n) => (group[n] === g ? value(n) : 0));
  const squares = productBlock(deviations, 0, 0) * nodes;
  const total = () => sums.norm.reduce((sum, value) => sum + value, 0);
  const common = { live: always, refresh: nothing };
  return [
    ...Array.from({ length: layout.groups }, (_, g): Sum[] => [
      { ...common, vector: { from: squares, values: within(g, () => 1) }, scale: total, move: add(sums.norm, g) },
      ...Array.from(priors, (_prior, i): Sum => {
        const vector = { from: 0, values: within(g, (n) => means[i * nodes + n]) };
        return { ...common, vector, scale: () => 1, move: add(sums.overlap, g * layout.classes + i) };
      }),
    ]).flat(),
    ...(loss.teacherOutputs > 0
      ? [{ ...common, vector: { from: 0, values: teacher }, scale: () => 1, move: add(sums.teacherProduct, 0) }]
      : []),
  ];
}

/** What a rule has accumulated. @param scale on which its rate bends. */
export const accumulatedSum = (
  { accumulatedAt }: Deviations,
  scale: () => number,
  move: (by: number) => void,
): Sum[] =>
  accumulatedAt < 0
    ? []
    : [{ vector: { from: accumulatedAt, values: Float64Array.of(1) }, live: always, scale, move, refresh: nothing }];
