/** Gaussian moments of a formula with labels of a teacher: which integral it takes, and what is averaged before it. */
import { type Formula } from '../formula/formula.ts';
import { type Labels } from '../labels/labels.ts';
import { gaussHermite } from '../math/gauss-hermite.ts';
import { MOST_OUTPUTS, momentsOf, type LabelledFunction, type MomentsOf, type PairLaw } from './labelled-moments.ts';
import { responseMoments } from './response-moments.ts';
import { MOST_PLACES, rowOf, type ResponseRows, type WriteRow } from './response-rows.ts';

/** A label and a noise that occur with a weight that depends on the response. */
interface Case {
  readonly label: number;
  readonly noise: number;
  readonly weight: (response: number) => number;
}

/** The one case of a formula whose label and noise are not averaged over. */
const CERTAIN: Case = { label: 1, noise: 0, weight: () => 1 };

/**
 * Moments under labels of a teacher.
 * @param labelled the formula as a function of a label and r, for one that does not see the response.
 */
export function formulaMoments(formula: Formula, labelled: LabelledFunction, labels: Labels): MomentsOf {
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
    const seen = averaged(formula, cases, [1, -1]);
    const switches = jumps ? [...seen.switches, rowOf((response) => response)] : seen.switches;
    return responseMoments({ ...seen, switches }, 0);
  }
  if (formula.combination) return combined(labelled, formula.combination, noise);
  const form = formula.noise;
  const deviation = form.kind === 'output' || form.kind === 'response' ? Math.abs(form.factor) * noise : 0;
  if (!formula.sees('s') && form.kind !== 'polynomial') return broadened(alone(labelled), deviation);
  const seen = averaged(formula, noiseCases(formula, noise), [1]);
  return form.kind === 'output' ? broadened(responseMoments(seen, 0), deviation) : responseMoments(seen, deviation);
}

/** The formula at lists of places, without noise. */
export const formulaRows = (formula: Formula): ResponseRows => averaged(formula, [CERTAIN], [1]);

/** The formula of a label and r at lists of outputs; label 0 is y = 1, another y = −1. */
export function formulaAtLabels(formula: Formula): NonNullable<LabelledFunction['write']> {
  const tape = formula.tape(MOST_OUTPUTS);
  return (label, outputs, count, [value, slope, curvature]) => {
    tape.output.set(outputs);
    tape.run(count, { label: label === 0 ? 1 : -1, noise: 0 });
    value.set(tape.value);
    slope.set(tape.slope);
    curvature.set(tape.bend);
  };
}

/** Nodes of the noise, where it is a polynomial; else it is in the law of r or s. */
function noiseCases(formula: Formula, noise: number): Case[] {
  const form = formula.noise;
  if (form.kind !== 'polynomial') return [CERTAIN];
  // f′² is of twice the degree, for which one node more than the degree is exact
  const { nodes, weights } = gaussHermite(form.degree + 1);
  return Array.from(nodes, (node, k) => ({ label: 1, noise: noise * node, weight: () => weights[k] }));
}

/** The average over cases at lists of places. @param labels that the switches are taken at; they do not see the noise. */
function averaged(formula: Formula, cases: readonly Case[], labels: readonly number[]): ResponseRows {
  const tape = formula.tape(MOST_PLACES);
  return {
    write({ response, output }, count, [value, slope, square, curvature]) {
      tape.response.set(response);
      tape.output.set(output);
      for (const row of [value, slope, square, curvature]) row.fill(0, 0, count);
      for (const { label, noise, weight } of cases) {
        tape.run(count, { label, noise });
        for (let k = 0; k < count; k++) {
          const share = weight(response[k]);
          // what does not occur may have no value
          if (share === 0) continue;
          value[k] += share * tape.value[k];
          slope[k] += share * tape.slope[k];
          square[k] += share * (tape.slope[k] * tape.slope[k]);
          curvature[k] += share * tape.bend[k];
        }
      }
    },
    switches: switchesOf(formula, labels),
  };
}

function switchesOf(formula: Formula, labels: readonly number[]): WriteRow[] {
  const seen = formula.sees('y') ? labels : labels.slice(0, 1);
  return seen.flatMap((label) =>
    Array.from({ length: formula.switches }, (_, k): WriteRow => {
      const tape = formula.switchTape(k, MOST_PLACES);
      const shared = { label, noise: 0 };
      return ({ response, output }, count, out) => {
        for (let n = 0; n < count; n++) {
          tape.response[n] = response[n];
          tape.output[n] = output[n];
        }
        tape.run(count, shared);
        for (let n = 0; n < count; n++) out[n] = tape.value[n];
      };
    }),
  );
}

/** Of a function of r alone nothing depends on the response. */
const alone = (labelled: LabelledFunction): MomentsOf => {
  const moments = momentsOf(labelled, null);
  return (_label, law, out) => moments(0, law, out);
};

/** Moments of F(r + a s + c ε): those of F of one variable, whose law is that of the combination. */
function combined(labelled: LabelledFunction, [a, c]: readonly [number, number], noise: number): MomentsOf {
  const moments = momentsOf(labelled, null);
  const one = { mean: 0, variance: 0, teacherMean: 0, teacherVariance: 0, covariance: 0 };
  return (_label, { mean, variance, teacherMean, teacherVariance, covariance }, out) => {
    one.mean = mean + a * teacherMean;
    const spread = variance + 2 * a * covariance + a * a * teacherVariance;
    one.variance = Math.max(0, spread) + c * c * noise * noise;
    moments(0, one, out);
    const { byMean, byVariance, byCovariance } = out;
    // ∂/∂s is a ∂/∂r
    out.cross = a * out.curvature;
    byMean.cross = byCovariance.gradient = a * byMean.curvature;
    byCovariance.curvature = 2 * a * byVariance.curvature;
    byVariance.cross = 0.5 * byCovariance.curvature;
    byCovariance.cross = a * byCovariance.curvature;
    byCovariance.square = 2 * a * byVariance.square;
    out.squareByTeacherMean = a * byMean.square;
    out.squareByTeacherMeanTwice = 2 * a * a * byVariance.square;
  };
}

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
