/** What warnings say in English; in other languages it is made from the same code and numbers. */
import { type Warning, type WarningCode } from '../study/warnings.ts';

/** The sentences by code, with the names of a warning's numbers in braces. */
export const warningSentences = {
  'ridge-step':
    'γδ/d = {step} is above 2: every step multiplies X by 1 − γδ/d, and SGD diverges where the theory, whose steps are infinitely small, does not.',
  'large-step':
    'A step goes {step} of the way down the steepest direction (γ(hΛ + δ)/d with Λ = {curvature}, γ = {rate}): the theory takes steps for small, and SGD differs from it.',
  'unstable-rate':
    'γ = {rate} is above {threshold}, the stability threshold of SGD at this d and batch size: expect divergence.',
  'unstable-unseen':
    'γ = {rate} is above {threshold}, the stability threshold of SGD at this d and batch size: SGD diverges, where the theory settles up to γ = {theory}.',
  'accumulated-limit':
    'The theory is that of d → ∞, where no step counts by itself; at this d the first step makes up {share} of what the rule accumulates. The limit is that of SGD from d = {dimension} on.',
  'accumulated-scatter':
    'The first step makes up {share} of what the rule accumulates: single runs scatter around the theory whatever d is. It is their mean, to a few per cent.',
} as const satisfies Record<WarningCode, string>;

/** The English sentence. */
export function warningSentence({ code, numbers }: Pick<Warning, 'code' | 'numbers'>): string {
  return warningSentences[code].replace(/\{(\w+)\}/g, (_, name: string) => shortNumber(numbers[name]));
}

/** `path: sentence`. */
export const formatWarning = (warning: Warning): string => `${warning.path}: ${warningSentence(warning)}`;

/** Three digits. */
const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));
