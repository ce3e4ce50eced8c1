/** What stability statements need to know of a formula: how strongly it is curved, and how fast f′ grows. */
import { type Formula } from '../formula/formula.ts';
import { outputKinks } from '../formula/output-kinks.ts';
import { exp } from '../math/elementary.ts';
import { type LabelType } from '../labels/labels.ts';

/** Outputs that are looked at: r = sinh x, |x| <= 12, and finer again around the largest curvature. */
const OUTPUTS = 801;
const FARTHEST = 12;
const FINER = 33;
const ROUNDS = 6;
/** Responses that are looked at, where the formula sees one. */
const RESPONSES = [0, -0.3, 0.3, -1, 1, -2, 2, -4, 4];
/** Outputs between which growth is compared. */
const [NEAR, FAR] = [1e3, 1e6];
/** Growth of |f′/r| between them that is none of a slope's. */
const GROWTH = 1.2;
/** Distance at which both sides of a kink are seen, relative to 1 + |r|. */
const SIDE = 1e-7;
const JUMP = 1e-5;

interface Sight {
  readonly label: number;
  readonly response: number;
}

export interface FormulaShape {
  /** Upper bound of f″; Infinity where there is none, or f′ jumps upwards. */
  readonly maxCurvature: number;
  /** Whether f′ grows faster than |r|: then no learning rate is small enough for every r. */
  readonly steep: boolean;
}

function sightsOf(formula: Formula, gives: LabelType): Sight[] {
  const labels = gives !== 'response' && formula.sees('y') ? [1, -1] : [1];
  const responses = formula.sees('s') ? RESPONSES : [0];
  return labels.flatMap((label) => responses.map((response) => ({ label, response })));
}

/** The shape for labels of a type; by looking at many places, so that a narrow peak far out may be missed. */
export function formulaShape(formula: Formula, gives: LabelType): FormulaShape {
  const sights = sightsOf(formula, gives);
  const steep = sights.some((sight) => isSteep(formula, sight));
  const bounded = !steep && !sights.some((sight) => jumpsUp(formula, sight));
  const largest = () => Math.max(...sights.map((sight) => largestCurvature(formula, sight)));
  return { maxCurvature: bounded ? largest() : Infinity, steep };
}

/** f′ at outputs, or f″. */
function along(formula: Formula, { label, response }: Sight, outputs: readonly number[], what: 'slope' | 'bend') {
  const tape = formula.tape(outputs.length);
  tape.output.set(outputs);
  tape.response.fill(response);
  tape.run(outputs.length, { label, noise: 0 });
  return tape[what];
}

function isSteep(formula: Formula, sight: Sight): boolean {
  return [1, -1].some((side) => {
    const [near, far] = along(formula, sight, [side * NEAR, side * FAR], 'slope').map(Math.abs);
    const [first, second] = [near / NEAR, far / FAR];
    return !Number.isFinite(far) || (second > GROWTH * first && second > 1 / FAR);
  });
}

function jumpsUp(formula: Formula, sight: Sight): boolean {
  const kinks = outputKinks(formula, sight.label, sight.response);
  if (kinks.length === 0) return false;
  const sides = kinks.flatMap((kink) => [-1, 1].map((side) => kink + side * SIDE * (1 + Math.abs(kink))));
  const slopes = along(formula, sight, sides, 'slope');
  return kinks.some((_, k) => {
    const [below, above] = [slopes[2 * k], slopes[2 * k + 1]];
    return !(above - below <= JUMP * (1 + Math.abs(above) + Math.abs(below)));
  });
}

function largestCurvature(formula: Formula, sight: Sight): number {
  let [from, to, count] = [-FARTHEST, FARTHEST, OUTPUTS];
  let largest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const width = (to - from) / (count - 1);
    const x = Array.from({ length: count }, (_, k) => from + width * k);
    const values = along(
      formula,
      sight,
      x.map((each) => 0.5 * (exp(each) - exp(-each))),
      'bend',
    );
    const best = values.reduce((at, value, k) => (value > values[at] ? k : at), 0);
    largest = Math.max(largest, values[best]);
    [from, to, count] = [x[best] - width, x[best] + width, FINER];
  }
  return largest;
}
