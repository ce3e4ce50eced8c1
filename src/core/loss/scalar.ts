/** Losses of one output, ℓ = 1: what defines them, and the Loss that follows for class labels and for those of a teacher. */
import { type Labels } from '../labels/labels.ts';
import { normalCdf } from '../math/normal.ts';
import { createScalarMoments, type ScalarMoments } from '../math/scalar-moments.ts';
import { binaryError } from './binary-error.ts';
import {
  createLabelledMoments,
  momentsOf,
  type LabelledFunction,
  type LabelledMoments,
  type MomentsOf,
  type PairLaw,
} from './labelled-moments.ts';
import { powersOf } from './gradient-powers.ts';
import { type GaussianMoments, type Loss } from './loss.ts';
import { asGaussianMoments, reshapedMoments } from './reshaped-moments.ts';
import { responseMoments } from './response-moments.ts';
import { rowsOf, type ResponseFunction } from './response-rows.ts';

/** P(the sign of r ~ N(mean, variance) is not that of class i), class 0 being r > 0; ties count one half. */
function signError(classIndex: number, mean: number, variance: number): number {
  const margin = classIndex === 0 ? mean : -mean;
  if (margin === 0) return 0.5;
  return normalCdf(-margin / Math.sqrt(Math.max(0, variance)));
}

/**
 * What a loss of one output has to define: f, f′ and f″ at a point, with their kinks (`switches` where labels are
 * responses). Closed forms of its moments are faster, no others.
 */
export interface ScalarDefinition extends LabelledFunction, Pick<ResponseFunction, 'switches' | 'rows'> {
  readonly kind: string;
  /** Whether f = ½ (r − y)², y given by the class or a response. */
  readonly leastSquares: boolean;
  readonly maxCurvature: number;
  /** Moments under class labels in closed form. */
  scalarMoments?(classIndex: number, mean: number, variance: number, out: ScalarMoments): void;
  /** Moments under labels of a teacher in closed form, where there is one for these. */
  teacherMoments?(labels: Labels): MomentsOf | null;
}

/** The Loss of a definition of one output. Not reentrant: `moments` uses one buffer per object. */
export function scalarLoss(definition: ScalarDefinition, labels: Labels): Loss {
  return labels.gives === 'class' ? classLoss(definition, labels) : teacherLoss(definition, labels);
}

function classLoss(definition: ScalarDefinition, labels: Labels): Loss {
  const buffer = createScalarMoments();
  const scalarMoments = definition.scalarMoments?.bind(definition) ?? scalarMomentsOf(definition);
  const writePowers = powersOf(definition, labels);
  const law: PairLaw = { mean: 0, variance: 0, teacherMean: 0, teacherVariance: 0, covariance: 0 };
  return {
    kind: definition.kind,
    labels,
    outputs: 1,
    teacherOutputs: 0,
    leastSquares: definition.leastSquares,
    maxCurvature: definition.maxCurvature,
    slopes(classIndex, mean, covariance, out) {
      scalarMoments(classIndex, mean[0], covariance[0], buffer);
      writeLabelled(buffer, out);
    },
    fluctuations(classIndex, mean, covariance, out, powers) {
      law.mean = mean[0];
      law.variance = covariance[0];
      scalarMoments(classIndex, mean[0], covariance[0], buffer);
      writeLabelled(buffer, out);
      writePowers(classIndex, law, powers);
    },
    reshaped: (shape) => asGaussianMoments(reshapedMoments(definition, labels, shape)),
    value: (classIndex, output) => definition.value(classIndex, output[0]),
    gradient(classIndex, output, _target, out) {
      out[0] = definition.slope(classIndex, output[0]);
    },
    hessian(classIndex, output, _target, out) {
      out[0] = definition.curvature(classIndex, output[0]);
    },
    moments(classIndex, mean, covariance, out: GaussianMoments) {
      scalarMoments(classIndex, mean[0], covariance[0], buffer);
      out.risk = buffer.risk;
      out.gradient[0] = buffer.gradient;
      out.hessian[0] = buffer.curvature;
      out.gradientSquare[0] = buffer.gradientSquare;
      out.errorEstimate = buffer.errorEstimate;
    },
    classificationError: (classIndex, mean, covariance) => signError(classIndex, mean[0], covariance[0]),
  };
}

/** Moments of one variable as those that know of a teacher. */
function writeLabelled(from: ScalarMoments, out: LabelledMoments): void {
  const { byMean, byVariance } = out;
  out.risk = from.risk;
  out.gradient = from.gradient;
  out.curvature = from.curvature;
  out.gradientSquare = from.gradientSquare;
  byMean.gradient = from.curvature;
  byMean.curvature = from.third;
  byMean.square = from.gradientSquareByMean;
  byVariance.gradient = 0.5 * from.third;
  byVariance.curvature = 0.5 * from.fourth;
  byVariance.square = from.gradientSquareByVariance;
  out.errorEstimate = from.errorEstimate;
}

/** The same by quadrature. */
function scalarMomentsOf(loss: LabelledFunction): NonNullable<ScalarDefinition['scalarMoments']> {
  const moments = momentsOf(loss, null);
  const buffer = createLabelledMoments();
  const law: PairLaw = { mean: 0, variance: 0, teacherMean: 0, teacherVariance: 0, covariance: 0 };
  return (classIndex, mean, variance, out) => {
    law.mean = mean;
    law.variance = variance;
    moments(classIndex, law, buffer);
    out.risk = buffer.risk;
    out.gradient = buffer.gradient;
    out.curvature = buffer.curvature;
    out.third = buffer.byMean.curvature;
    out.fourth = 2 * buffer.byVariance.curvature;
    out.gradientSquare = buffer.gradientSquare;
    out.gradientSquareByMean = buffer.byMean.square;
    out.gradientSquareByVariance = buffer.byVariance.square;
    out.errorEstimate = buffer.errorEstimate;
  };
}

/** Labels of a teacher, binary ones or one response: they are the loss's labels whatever the class. */
function teacherLoss(definition: ScalarDefinition, labels: Labels): Loss {
  const { binary } = labels;
  if (labels.teacherOutputs !== 1) throw new RangeError(`expected one response, got ${labels.teacherOutputs}`);
  const buffer = createLabelledMoments();
  const law: PairLaw = { mean: 0, variance: 0, teacherMean: 0, teacherVariance: 0, covariance: 0 };
  const byQuadrature = () =>
    binary ? momentsOf(definition, binary) : responseMoments(rowsOf(definition), labels.noise);
  const moments = definition.teacherMoments?.(labels) ?? byQuadrature();
  const writePowers = powersOf(definition, labels);
  const error = binary ? binaryError(binary) : () => NaN;
  const read = (mean: Float64Array, covariance: Float64Array): PairLaw => {
    law.mean = mean[0];
    law.teacherMean = mean[1];
    law.variance = covariance[0];
    law.covariance = covariance[1];
    law.teacherVariance = covariance[3];
    return law;
  };
  return {
    kind: definition.kind,
    labels,
    outputs: 1,
    teacherOutputs: 1,
    // the distance from a label that is random even where r* is known is no linear function of Gaussian variables
    leastSquares: definition.leastSquares && !binary,
    quadratic: definition.leastSquares,
    maxCurvature: definition.maxCurvature,
    slopes: (_classIndex, mean, covariance, out) => moments(0, read(mean, covariance), out),
    fluctuations(_classIndex, mean, covariance, out, powers) {
      moments(0, read(mean, covariance), out);
      writePowers(0, read(mean, covariance), powers);
    },
    ...(!labels.tails && { reshaped: (shape) => asGaussianMoments(reshapedMoments(definition, labels, shape)) }),
    value: (_classIndex, output, target) => definition.value(target[0], output[0]),
    gradient(_classIndex, output, target, out) {
      out[0] = definition.slope(target[0], output[0]);
    },
    hessian(_classIndex, output, target, out) {
      out[0] = definition.curvature(target[0], output[0]);
    },
    moments(_classIndex, mean, covariance, out: GaussianMoments) {
      moments(0, read(mean, covariance), buffer);
      out.risk = buffer.risk;
      out.gradient[0] = buffer.gradient;
      out.hessian[0] = buffer.curvature;
      out.crossHessian[0] = buffer.cross;
      out.gradientSquare[0] = buffer.gradientSquare;
      out.errorEstimate = buffer.errorEstimate;
    },
    classificationError: (_classIndex, mean, covariance) => error(read(mean, covariance)),
  };
}
