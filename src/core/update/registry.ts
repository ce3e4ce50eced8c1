/** From the optimizer's description to the step that theory and simulation make. */
import { methodKind, type MethodSpec } from './method/registry.ts';
import { type Update } from './update.ts';

/** The update of a description in dimension d. */
export function createUpdate({ method }: { readonly method: MethodSpec }, dimension: number): Update {
  return methodKind(method).create(method, dimension);
}
