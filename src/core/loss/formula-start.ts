/** Whether E f′² of a formula is finite where a run starts, by looking at f′ over the law of r there. */
import { type Formula } from '../formula/formula.ts';
import { outputKinks } from '../formula/output-kinks.ts';
import { type Labels } from '../labels/labels.ts';
import { type StartLaw } from './loss.ts';
import { log } from '../math/elementary.ts';

/** Standard deviations of r that are looked at, and how far out the tail of the law has to win over f′². */
const PLACES = 191;
const WINDOW = 9.5;
const TAIL = [20, 40];
const RESPONSES = [0, -0.5, 0.5, -1, 1, -3, 3];
/** Distances from a kink at which it is seen whether f′² can be integrated there. */
const NEAR = [1e-4, 1e-8];
/** Smallest standard deviation, as for moments. */
const LEAST = 1e-6;

/** Whether Q is finite: f′ at every place, towards kinks where r may be, and beside the tail of the normal law. */
export function finiteAtStart(formula: Formula, { gives, noise }: Labels, law: StartLaw): boolean {
  const deviation = Math.max(LEAST, Math.sqrt(law.variance));
  const spread = Math.sqrt(law.teacherVariance);
  const labels = gives === 'response' ? [1] : [1, -1];
  const responses = formula.sees('s') ? RESPONSES.map((z) => z * spread) : [0];
  const noises = formula.sees('eps') ? [0, noise, -noise] : [0];
  const tape = formula.tape(PLACES);

  function slopes(outputs: readonly number[], label: number, response: number, eps: number): readonly number[] {
    tape.output.set(outputs);
    tape.response.fill(response);
    tape.run(outputs.length, { label, noise: eps });
    return Array.from(tape.slope.subarray(0, outputs.length));
  }

  function isFinite(label: number, response: number, eps: number): boolean {
    const of = (outputs: readonly number[]) => slopes(outputs, label, response, eps);
    const window = Array.from({ length: PLACES }, (_, k) => deviation * WINDOW * ((2 * k) / (PLACES - 1) - 1));
    if (!of(window).every(Number.isFinite)) return false;
    const kinks = outputKinks(formula, label, response).filter((kink) => Math.abs(kink) <= WINDOW * deviation);
    const integrable = kinks.every((kink) =>
      [1, -1].every((side) => {
        const [far, near] = of(NEAR.map((step) => kink + side * step * deviation));
        // f′² times the distance has to fall towards the kink
        return near * near * NEAR[1] < 0.5 * far * far * NEAR[0] || near * near * NEAR[1] < 1e-3;
      }),
    );
    return integrable && (law.variance === 0 || [1, -1].every((side) => fallsOff(of, side)));
  }

  /** Whether φ(z) f′² falls far out. */
  function fallsOff(of: (outputs: readonly number[]) => readonly number[], side: number): boolean {
    const [first, second] = of(TAIL.map((z) => side * z * deviation)).map(
      (slope, k) => 2 * log(Math.abs(slope)) - 0.5 * TAIL[k] * TAIL[k],
    );
    return second < first || second === -Infinity;
  }

  return labels.every((label) => responses.every((s) => noises.every((eps) => isFinite(label, s, eps))));
}
