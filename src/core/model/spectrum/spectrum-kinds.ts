/** The spectra that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { custom } from './custom.ts';
import { identity } from './identity.ts';
import { powerLaw } from './power-law.ts';
import { type SpectrumKind } from './spectrum.ts';
import { zeroOne } from './zero-one.ts';

export const spectrumKinds = [identity, zeroOne, powerLaw, custom] as const;

export const spectrumSchema = schemaOfKinds(spectrumKinds);
export type SpectrumSpec = z.infer<typeof spectrumSchema>;

/** The kind object of a description. */
export function spectrumKind(spec: SpectrumSpec): SpectrumKind<SpectrumSpec> {
  return spectrumKinds.find((kind) => kind.kind === spec.kind) as SpectrumKind<SpectrumSpec>;
}
