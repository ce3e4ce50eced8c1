/** Warnings of the study's settings in English, by code, with the names of a warning's numbers in braces. */
import { type WarningCode } from '../../study/warnings.ts';

export const warnings = {
  'warning.ridge-step':
    'γδ/d = {step} is above 2: every step multiplies X by 1 − γδ/d, and SGD diverges where the theory, whose steps are infinitely small, does not.',
  'warning.steep-loss':
    'f′ grows faster than |r|: SGD may diverge at any learning rate, also where the theory does not.',
  'warning.isotropic-saddle':
    'At this start no hidden unit overlaps with a mean as d → ∞: a saddle, at which the theory stays. SGD leaves it after a time of order log d, which the theory does not know. A given start with some overlap has a theory from t = 0 on.',
  'warning.large-step':
    'A step goes {step} of the way down the steepest direction (γ(hΛ + δ)/d with Λ = {curvature}, γ = {rate}): the theory takes steps for small, and SGD differs from it.',
  'warning.unstable-rate':
    'γ = {rate} is above {threshold}, the stability threshold of SGD at this d and batch size: expect divergence.',
  'warning.unstable-unseen':
    'γ = {rate} is above {threshold}, the stability threshold of SGD at this d and batch size: SGD diverges, where the theory settles up to γ = {theory}.',
  'warning.unstable-momentum':
    'The noise of this method feeds itself by a factor of {feedback} (below 1 it dies out): expect divergence.',
  'warning.dana-memory':
    'δ/d = {share}: the first δ steps are no small ones, and SGD differs from the theory by about that share.',
  'warning.accumulated-limit':
    'The theory is that of d → ∞, where no step counts by itself; at this d the first step makes up {share} of what the rule accumulates. The limit is that of SGD from d = {dimension} on.',
  'warning.accumulated-scatter':
    'The first step makes up {share} of what the rule accumulates: single runs scatter around the theory whatever d is. It is their mean, to a few per cent.',
} as const satisfies Record<`warning.${WarningCode}`, string>;
