/** The first-order methods that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../../description/strict.ts';
import { clip } from './clip.ts';
import { dana } from './dana.ts';
import { heavyBall } from './heavy-ball.ts';
import { type MethodKind } from './method.ts';
import { momentum } from './momentum.ts';
import { sgd } from './sgd.ts';
import { sign } from './sign.ts';

export const methodKinds = [sgd, heavyBall, momentum, dana, sign, clip] as const;

export const methodSchema = schemaOfKinds(methodKinds);
export type MethodSpec = z.infer<typeof methodSchema>;

/** The kind object of a description. */
export function methodKind(spec: MethodSpec): MethodKind<MethodSpec> {
  return methodKinds.find((kind) => kind.kind === spec.kind) as unknown as MethodKind<MethodSpec>;
}
