/** The time grid of an experiment, in whole steps (study-format.md): theory and simulation report at these times. */
import { z } from 'zod';
import { pow } from '../math/elementary.ts';
import { finite, oneOfKinds, strict, whole } from '../description/strict.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

const MAX_GRID_POINTS = 100_000;

const linear = strict({ kind: z.literal('linear'), points: whole(2, MAX_GRID_POINTS).default(101) });
const log = strict({ kind: z.literal('log'), first: finite({ above: 0 }), points: whole(2, MAX_GRID_POINTS) });

export const gridSchema = oneOfKinds([linear, log]);
export type GridSpec = z.infer<typeof gridSchema>;

/** What is wrong with a grid beside the horizon and the dimension. */
export function checkGrid(grid: GridSpec, horizon: number): RelativeRefusal[] {
  if (grid.kind === 'log' && grid.first >= horizon) {
    return [{ path: ['first'], code: 'time-below-horizon', allowed: { horizon } }];
  }
  return [];
}

/** Numbers of steps k at the grid points, ascending without duplicates; t = k / d. */
export function gridSteps(grid: GridSpec, horizon: number, dimension: number): Float64Array {
  const { points } = grid;
  const times = Array.from({ length: points }, (_, k) => {
    if (k === points - 1) return horizon;
    const fraction = k / (points - 1);
    return grid.kind === 'linear' ? horizon * fraction : grid.first * pow(horizon / grid.first, fraction);
  });
  const steps = times.map((time) => Math.round(time * dimension));
  return Float64Array.from(steps.filter((step, k) => k === 0 || step !== steps[k - 1]));
}

/** The grid points of an experiment as times t = k / d, P. */
export function gridTimes({ grid, horizon, model }: GridOwner): Float64Array {
  return gridSteps(grid, horizon, model.dimension).map((step) => step / model.dimension);
}

/** The parts of an experiment that its grid is made from. */
interface GridOwner {
  readonly grid: GridSpec;
  readonly horizon: number;
  readonly model: { readonly dimension: number };
}
