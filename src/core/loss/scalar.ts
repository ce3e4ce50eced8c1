/** Losses of one output, ℓ = 1: what defines them, and the Loss that follows. */
import { normalCdf } from '../math/normal.ts';
import { type GaussianMoments, type Loss } from './loss.ts';
import { createScalarMoments, type ScalarLoss } from './scalar-moments.ts';

/** P(the sign of r ~ N(mean, variance) is not that of class i), class 0 being r > 0; ties count one half. */
function signError(classIndex: number, mean: number, variance: number): number {
  const margin = classIndex === 0 ? mean : -mean;
  if (margin === 0) return 0.5;
  return normalCdf(-margin / Math.sqrt(Math.max(0, variance)));
}

/** What a loss of one output has to define: the loss and two derivatives at a point, and its moments. */
export interface ScalarDefinition extends ScalarLoss {
  readonly kind: string;
  readonly leastSquares: boolean;
  readonly maxCurvature: number;
  value(classIndex: number, output: number): number;
  slope(classIndex: number, output: number): number;
  bend(classIndex: number, output: number): number;
}

/** The Loss of a definition of one output. Not reentrant: `moments` uses one buffer per object. */
export function scalarLoss(definition: ScalarDefinition): Loss {
  const buffer = createScalarMoments();
  return {
    kind: definition.kind,
    outputs: 1,
    teacherOutputs: 0,
    labelNoise: 0,
    leastSquares: definition.leastSquares,
    maxCurvature: definition.maxCurvature,
    scalar: definition,
    value: (classIndex, output) => definition.value(classIndex, output[0]),
    gradient(classIndex, output, _target, out) {
      out[0] = definition.slope(classIndex, output[0]);
    },
    hessian(classIndex, output, _target, out) {
      out[0] = definition.bend(classIndex, output[0]);
    },
    moments(classIndex, mean, covariance, out: GaussianMoments) {
      definition.scalarMoments(classIndex, mean[0], covariance[0], buffer);
      out.risk = buffer.risk;
      out.gradient[0] = buffer.gradient;
      out.hessian[0] = buffer.curvature;
      out.gradientSquare[0] = buffer.gradientSquare;
      out.errorEstimate = 0;
    },
    classificationError: (classIndex, mean, covariance) => signError(classIndex, mean[0], covariance[0]),
  };
}
