/** Theory curves by name. */
import { type CurveKind } from './curve.ts';
import { curveKinds } from './curve-kinds.ts';

/** The kind of that name, or undefined: results may have curves of a newer program. */
export const findCurveKind = (name: string): CurveKind | undefined => curveKinds.find(({ kind }) => kind === name);

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
