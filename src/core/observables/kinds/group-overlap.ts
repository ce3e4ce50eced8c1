/** Overlaps with the means by spectral group: Σ_{ρ∈G} μ_{i,ρ} x_{ρ,o(i)}. */
import { CLASS, GROUP, type ObservableKind } from '../observable.ts';

export const groupOverlap: ObservableKind = {
  key: 'group_overlap',
  axes: [GROUP, CLASS],
  version: 2,
  required: true,
  exists: () => true,
  write: ({ sums }, out) => out.set(sums.overlap),
};
