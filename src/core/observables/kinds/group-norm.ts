/** The squared norm of each output’s weights in each spectral group: Σ_{ρ∈G} E x_{ρ,o}². */
import { GROUP, OUTPUT, type ObservableKind } from '../observable.ts';

export const groupNorm: ObservableKind = {
  key: 'group_norm',
  axes: [GROUP, OUTPUT],
  version: 2,
  range: { least: 'zero' },
  exists: () => true,
  write: ({ sums }, out) => out.set(sums.norm),
};
