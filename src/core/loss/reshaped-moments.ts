/** Moments of a loss of one output whose slope is shaped (slope-shape.ts), by quadrature: a function of its own for each class. */
import { type Labels } from '../labels/labels.ts';
import {
  createLabelledMoments,
  momentsOf,
  type LabelledFunction,
  type LabelledMoments,
  type MomentsOf,
  type PairLaw,
} from './labelled-moments.ts';
import { type GaussianMoments, type Loss } from './loss.ts';
import { responseMoments } from './response-moments.ts';
import { createRows, rowsOf, type ResponseFunction, type ResponseRows, type WriteRow } from './response-rows.ts';
import { keeps, shapedFunction, shapedSlope, shapeEdges, type SlopeShape } from './slope-shape.ts';

type Definition = LabelledFunction & Pick<ResponseFunction, 'switches' | 'rows'>;

/** The moments under any labels of one output; the class says which slope is shaped how. */
export function reshapedMoments(definition: Definition, labels: Labels, shape: SlopeShape): MomentsOf {
  const classes = new Map<number, MomentsOf>();
  return (classIndex, law, out) => {
    let moments = classes.get(classIndex);
    if (!moments) classes.set(classIndex, (moments = ofClass(definition, labels, shape, classIndex)));
    moments(classIndex, law, out);
  };
}

function ofClass(definition: Definition, labels: Labels, shape: SlopeShape, classIndex: number): MomentsOf {
  if (labels.gives !== 'response') return momentsOf(shapedFunction(definition, shape, classIndex), labels.binary);
  return responseMoments(shapedRows(rowsOf(definition), shape, classIndex), labels.noise);
}

/** The loss of responses whose slope is shaped: it has kinks also where the slope passes an edge of the shape. */
function shapedRows({ write, switches }: ResponseRows, shape: SlopeShape, classIndex: number): ResponseRows {
  const own = createRows();
  const passes = (edge: number): WriteRow => {
    return (places, count, out) => {
      write(places, count, own);
      const [, slope] = own;
      for (let k = 0; k < count; k++) out[k] = slope[k] - edge;
    };
  };
  return {
    write(places, count, out) {
      write(places, count, out);
      const [, slope, square, curvature] = out;
      for (let k = 0; k < count; k++) {
        if (!keeps(shape, classIndex, slope[k])) curvature[k] = 0;
        slope[k] = shapedSlope(shape, classIndex, slope[k]);
        square[k] = slope[k] * slope[k];
      }
    },
    switches: [...switches, ...shapeEdges(shape, classIndex).map(passes)],
  };
}

/** Moments of one output as a loss gives them, of those in numbers. */
export function asGaussianMoments(moments: MomentsOf): Pick<Loss, 'moments'> & Required<Pick<Loss, 'slopes'>> {
  const buffer = createLabelledMoments();
  const law: PairLaw = { mean: 0, variance: 0, teacherMean: 0, teacherVariance: 0, covariance: 0 };
  const read = (mean: Float64Array, covariance: Float64Array): PairLaw => {
    law.mean = mean[0];
    law.variance = covariance[0];
    if (mean.length > 1) {
      law.teacherMean = mean[1];
      law.covariance = covariance[1];
      law.teacherVariance = covariance[3];
    }
    return law;
  };
  return {
    slopes: (classIndex, mean, covariance, out) => moments(classIndex, read(mean, covariance), out),
    moments(classIndex, mean, covariance, out) {
      moments(classIndex, read(mean, covariance), buffer);
      writeMoments(buffer, out);
    },
  };
}

function writeMoments(from: LabelledMoments, out: GaussianMoments): void {
  out.risk = from.risk;
  out.gradient[0] = from.gradient;
  out.hessian[0] = from.curvature;
  if (out.crossHessian.length > 0) out.crossHessian[0] = from.cross;
  out.gradientSquare[0] = from.gradientSquare;
  out.errorEstimate = from.errorEstimate;
}
