/** The schemas of studies with the engines and theory curves that are registered. */
import { engineKinds } from '../core/engines/engine-kinds.ts';
import { schemasOf } from '../core/experiment/schema.ts';
import { curveKinds } from '../core/theory/curves/curve-kinds.ts';

export const { simulationSchema, experimentSchema, studySchema } = schemasOf({
  engines: engineKinds.map(({ kind }) => kind),
  curves: curveKinds.map(({ kind }) => kind),
});
