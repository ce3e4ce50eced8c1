/** Theory curves by name. */
import { type CurveKind } from './curve.ts';
import { type Experiment } from '../../experiment/schema.ts';
import { curveKinds, spreadKinds } from './curve-kinds.ts';

/** The kind of that name, or undefined: results may have curves of a newer program. */
export const findCurveKind = (name: string): CurveKind | undefined =>
  [...curveKinds, ...spreadKinds].find(({ kind }) => kind === name);

/**
 * The kind of that name.
 * @throws RangeError if there is none.
 */
export function curveKind(name: string): CurveKind {
  const found = findCurveKind(name);
  if (!found) throw new RangeError(`expected one of ${curveKinds.map(({ kind }) => kind).join(', ')}, got ${name}`);
  return found;
}

/** Whether SGD's noise acts in one of the named curves. */
export const someWithNoise = (names: readonly string[]): boolean =>
  names.some((name) => findCurveKind(name)?.noise === true);

/** The curves that are there in the order in which runs are compared with them: on finite data those of them first. */
export function comparedOrder(finite: boolean): readonly CurveKind[] {
  const withNoise = curveKinds.filter(({ noise }) => noise);
  return finite ? [...withNoise.filter((kind) => kind.finite), ...withNoise.filter((kind) => !kind.finite)] : withNoise;
}

/** The spread that belongs to an engine's runs. */
export const spreadKindFor = (engine: string): CurveKind =>
  spreadKinds.find(({ spread }) => spread?.engine === engine) ?? spreadKinds[0];

/** Names of all the curves that a description asks for: those it names, and the spread of one. */
export const askedKinds = ({ theory, simulation }: Pick<Experiment, 'theory' | 'simulation'>): string[] => [
  ...theory.curves,
  ...(theory.spread ? [spreadKindFor(simulation.engine).kind] : []),
];
