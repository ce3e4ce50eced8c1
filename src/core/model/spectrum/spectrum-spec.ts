/** The spectra by their descriptions. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { spectrumKinds } from './spectrum-kinds.ts';
import { type SpectrumKind } from './spectrum.ts';

export const spectrumSchema = schemaOfKinds(spectrumKinds);
export type SpectrumSpec = z.infer<typeof spectrumSchema>;

/** The kind object of a description. */
export function spectrumKind(spec: SpectrumSpec): SpectrumKind<SpectrumSpec> {
  return spectrumKinds.find((kind) => kind.kind === spec.kind) as SpectrumKind<SpectrumSpec>;
}
