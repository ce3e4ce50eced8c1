/**
 * Third and fourth moments of f′ of any loss of one output (T16). They are moments of another function by the quadrature
 * that knows the loss's kinks and labels: of one whose derivative is f′³, and in whose value's place f′⁴ stands.
 */
import { type Labels } from '../labels/labels.ts';
import { createLabelledMoments, momentsOf, type LabelledFunction, type PairLaw } from './labelled-moments.ts';
import { type GradientPowers } from './loss.ts';
import { responseMoments } from './response-moments.ts';
import { rowsOf, type ResponseFunction, type ResponseRows } from './response-rows.ts';

type OneOutput = LabelledFunction & Pick<ResponseFunction, 'switches' | 'rows'>;

/** Powers under a law; `label` is looked at where labels are classes. */
export type PowersOf = (label: number, law: PairLaw, out: GradientPowers) => void;

/** Not reentrant: buffers are its own. */
export function powersOf(loss: OneOutput, labels: Labels): PowersOf {
  const moments =
    labels.gives === 'response'
      ? responseMoments(rowsInPowers(rowsOf(loss)), labels.noise)
      : momentsOf(inPowers(loss), labels.binary);
  const buffer = createLabelledMoments();
  return (label, law, out) => {
    moments(label, law, buffer);
    out.fourth = buffer.risk;
    out.cube = buffer.gradient;
    out.cubeByMean = buffer.curvature;
    out.cubeByTeacherMean = buffer.cross;
  };
}

function inPowers(loss: LabelledFunction): LabelledFunction {
  const cube = (label: number, output: number): number => {
    const slope = loss.slope(label, output);
    return slope * slope * slope;
  };
  return {
    value: (label, output) => cube(label, output) * loss.slope(label, output),
    slope: cube,
    curvature(label, output) {
      const slope = loss.slope(label, output);
      return 3 * slope * slope * loss.curvature(label, output);
    },
    ...(loss.kinks && { kinks: (label: number) => loss.kinks?.(label) ?? [] }),
  };
}

/** The same of a loss of responses. */
function rowsInPowers({ write, switches }: ResponseRows): ResponseRows {
  return {
    write(places, count, out) {
      write(places, count, out);
      const [value, slope, square, curvature] = out;
      for (let k = 0; k < count; k++) {
        const first = slope[k];
        const cube = first * first * first;
        value[k] = cube * first;
        slope[k] = cube;
        square[k] = cube * cube;
        curvature[k] *= 3 * first * first;
      }
    },
    switches,
  };
}
