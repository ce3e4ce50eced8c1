/** What a sample's target is made of: the teacher's responses, its noise, and a binary label that is drawn. */
import { binaryLabel, studentT, type Labels } from './labels.ts';

/**
 * Completes a target whose first entries are the responses X*ᵀa: they take the noise, or the label their place; for a
 * loss that sees noise and response apart, these stand behind.
 * @param target responses, ℓ*; with room for as many entries again where `seesNoise`.
 * @param uniform next uniform number in (0, 1) of the labels; `normal` the next standard normal one.
 */
export function completeTarget(
  target: Float64Array,
  responses: number,
  { binary, tails, noise }: Pick<Labels, 'binary' | 'tails' | 'noise'>,
  seesNoise: boolean,
  { uniform, normal }: { uniform(): number; normal(): number },
): void {
  const noiseOf = () => (tails ? tails.scale * studentT(tails.degrees, uniform) : noise * normal());
  if (binary) {
    if (seesNoise) target[1] = target[0];
    target[0] = binaryLabel(binary, target[0], uniform());
  } else if (seesNoise) for (let o = 0; o < responses; o++) target[responses + o] = noiseOf();
  else for (let o = 0; o < responses; o++) target[o] += noiseOf();
}
