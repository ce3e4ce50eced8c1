/** The energy profiles that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { blockProfile } from './blocks.ts';
import { flat } from './flat.ts';
import { powerLawProfile } from './power-law.ts';
import { type ProfileKind } from './profile.ts';

export const profileKinds = [flat, powerLawProfile, blockProfile] as const;

export const profileSchema = schemaOfKinds(profileKinds);
export type ProfileSpec = z.infer<typeof profileSchema>;

/** The kind object of a description. */
export function profileKind(spec: ProfileSpec): ProfileKind<ProfileSpec> {
  return profileKinds.find((kind) => kind.kind === spec.kind) as ProfileKind<ProfileSpec>;
}
