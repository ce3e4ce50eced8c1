/** The arrangements of means that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { type ArrangementKind } from './arrangement.ts';
import { cosine } from './cosine.ts';
import { customMeans } from './custom.ts';
import { gaussian } from './gaussian.ts';
import { opposite } from './opposite.ts';

export const arrangementKinds = [opposite, cosine, gaussian, customMeans] as const;

export const arrangementSchema = schemaOfKinds(arrangementKinds);
export type ArrangementSpec = z.infer<typeof arrangementSchema>;

/** The kind object of a description. */
export function arrangementKind(spec: ArrangementSpec): ArrangementKind<ArrangementSpec> {
  return arrangementKinds.find((kind) => kind.kind === spec.kind) as ArrangementKind<ArrangementSpec>;
}
