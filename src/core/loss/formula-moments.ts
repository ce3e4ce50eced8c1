/** Gaussian moments of a formula with labels of a teacher: which integral it takes, and what is averaged before it. */
import { type Formula } from '../formula/formula.ts';
import { type FormulaPoint } from '../formula/point.ts';
import { type Labels } from '../labels/labels.ts';
import { gaussHermite } from '../math/gauss-hermite.ts';
import { momentsOf, type LabelledFunction, type MomentsOf, type PairLaw } from './labelled-moments.ts';
import { responseMoments, type ResponseFunction } from './response-moments.ts';

/** A label and a noise that occur with a weight that depends on the response. */
interface Case {
  readonly label: number;
  readonly noise: number;
  readonly weight: (response: number) => number;
}

/**
 * Moments under labels of a teacher.
 * @param labelled the formula as a function of a label and r, for one that does not see the response.
 */
export function formulaMoments(
  formula: Formula,
  point: FormulaPoint,
  labelled: LabelledFunction,
  labels: Labels,
): MomentsOf {
  const { binary, noise } = labels;
  if (binary && !formula.sees('s')) return momentsOf(labelled, binary);
  if (binary) {
    const first = (response: number) => binary.probability(response);
    const cases = [
      { label: 1, noise: 0, weight: first },
      { label: -1, noise: 0, weight: (response: number) => 1 - first(response) },
    ];
    // a probability that jumps does so where r* changes its sign
    const jumps = binary.probability(1e-300) !== binary.probability(-1e-300);
    const switches = [...switchesOf(formula, [1, -1]), ...(jumps ? [(response: number) => response] : [])];
    return responseMoments(averaged(point, cases, switches), 0);
  }
  const form = formula.noise;
  const deviation = form.kind === 'output' || form.kind === 'response' ? Math.abs(form.factor) * noise : 0;
  if (!formula.sees('s')) return broadened(alone(labelled), form.kind === 'polynomial' ? 0 : deviation);
  const seen = averaged(point, noiseCases(formula, noise), switchesOf(formula, [1]));
  return form.kind === 'output' ? broadened(responseMoments(seen, 0), deviation) : responseMoments(seen, deviation);
}

/** The formula as a function of s and r, without noise. */
export const responseFunction = (formula: Formula, point: FormulaPoint): ResponseFunction =>
  averaged(point, [{ label: 1, noise: 0, weight: () => 1 }], switchesOf(formula, [1]));

/** Nodes of the noise, where it is a polynomial; else it is in the law of r or s. */
function noiseCases(formula: Formula, noise: number): Case[] {
  const form = formula.noise;
  if (form.kind !== 'polynomial') return [{ label: 1, noise: 0, weight: () => 1 }];
  // f′² is of twice the degree, for which one node more than the degree is exact
  const { nodes, weights } = gaussHermite(form.degree + 1);
  return Array.from(nodes, (node, k) => ({ label: 1, noise: noise * node, weight: () => weights[k] }));
}

/** The average over cases as a function of s and r. */
function averaged(
  point: FormulaPoint,
  cases: readonly Case[],
  switches: NonNullable<ResponseFunction['switches']>,
): ResponseFunction {
  if (cases.length === 1) {
    const [{ label, noise }] = cases;
    return {
      value: (s, r) => point.value(r, label, s, noise),
      slope: (s, r) => point.slope(r, label, s, noise),
      curvature: (s, r) => point.curvature(r, label, s, noise),
      switches,
    };
  }
  const mean = (of: (label: number, noise: number, s: number, r: number) => number) => (s: number, r: number) => {
    let sum = 0;
    for (const { label, noise, weight } of cases) {
      const share = weight(s);
      if (share !== 0) sum += share * of(label, noise, s, r);
    }
    return sum;
  };
  return {
    value: mean((label, noise, s, r) => point.value(r, label, s, noise)),
    slope: mean((label, noise, s, r) => point.slope(r, label, s, noise)),
    curvature: mean((label, noise, s, r) => point.curvature(r, label, s, noise)),
    square: mean((label, noise, s, r) => {
      const slope = point.slope(r, label, s, noise);
      return slope * slope;
    }),
    switches,
  };
}

/** The switches as functions of s and r; they do not see the noise. */
function switchesOf(formula: Formula, labels: readonly number[]): ((response: number, output: number) => number)[] {
  const seen = formula.sees('y') ? labels : labels.slice(0, 1);
  return seen.flatMap((label) =>
    Array.from({ length: formula.switches }, (_, k) => {
      const tape = formula.switchTape(k, 1);
      const shared = { label, noise: 0 };
      return (response: number, output: number): number => {
        tape.response[0] = response;
        tape.output[0] = output;
        tape.run(1, shared);
        return tape.value[0];
      };
    }),
  );
}

/** Of a function of r alone nothing depends on the response. */
const alone = (labelled: LabelledFunction): MomentsOf => {
  const moments = momentsOf(labelled, null);
  return (_label, law, out) => moments(0, law, out);
};

/** The moments with independent noise on r: r has a larger variance, and H, H* are the same derivatives. */
function broadened(moments: MomentsOf, deviation: number): MomentsOf {
  if (deviation === 0) return moments;
  const broad: { -readonly [Key in keyof PairLaw]: PairLaw[Key] } = {
    mean: 0,
    variance: 0,
    teacherMean: 0,
    teacherVariance: 0,
    covariance: 0,
  };
  return (label, law, out) => {
    Object.assign(broad, law);
    broad.variance = Math.max(0, law.variance) + deviation * deviation;
    moments(label, broad, out);
  };
}
