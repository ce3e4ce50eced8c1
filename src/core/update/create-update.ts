/** From the optimizer's description to the step that theory and simulation make. */
import { withAverage } from './average/average.ts';
import { averageKind, type AverageSpec } from './average/average-kinds.ts';
import { methodKind, type MethodSpec } from './method/method-kinds.ts';
import { type Update } from './update.ts';

interface UpdateSpec {
  readonly method: MethodSpec;
  readonly average: AverageSpec | null;
}

/** The update of a description in dimension d. */
export function createUpdate({ method, average }: UpdateSpec, dimension: number): Update {
  const update = methodKind(method).create(method, dimension);
  return average === null ? update : withAverage(update, averageKind(average).create(average, dimension));
}
