/** The averages of iterates that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { type AverageKind } from './average.ts';
import { exponential } from './exponential.ts';
import { uniform } from './uniform.ts';

export const averageKinds = [uniform, exponential] as const;

export const averageSchema = schemaOfKinds(averageKinds);
export type AverageSpec = z.infer<typeof averageSchema>;

/** The kind object of a description. */
export function averageKind(spec: AverageSpec): AverageKind<AverageSpec> {
  return averageKinds.find((kind) => kind.kind === spec.kind) as unknown as AverageKind<AverageSpec>;
}
