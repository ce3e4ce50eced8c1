/** Shared by what tests spreads from theory: standard deviations of an observable at every grid time. */
import { type Setup } from '../../../../src/core/experiment/setup.ts';
import { fieldOf } from '../../../../src/core/observables/row-layout.ts';
import { integrateFluctuations } from '../../../../src/core/theory/fluctuations/integrate-fluctuations.ts';
import { createRowSpread } from '../../../../src/core/theory/fluctuations/row-spread.ts';

/** @param discrete false for homogenised SGD. */
export function spreads(setup: Setup, { discrete = true, tolerance = 1e-8 } = {}) {
  const rows: Float64Array[] = [];
  let write: ReturnType<typeof createRowSpread> | null = null;
  const end = integrateFluctuations(setup, {
    tolerance,
    discrete,
    times: setup.steps.map((step) => step / setup.mixture.dimension),
    shouldStop: () => false,
    onState(state) {
      write ??= createRowSpread(setup.layout, state);
      const row = new Float64Array(setup.layout.size);
      write(state, row);
      rows.push(row);
    },
  });
  /** All entries at the first time, then those at the next. */
  const field = (key: string): number[] => {
    const { offset, length } = fieldOf(setup.layout, key);
    return rows.flatMap((row) => [...row.subarray(offset, offset + length)]);
  };
  return { end, field };
}

/** The setup with its directions kept apart. */
export const everyDirection = (setup: Setup): Setup => ({
  ...setup,
  update: { ...setup.update, equivariant: false },
});
