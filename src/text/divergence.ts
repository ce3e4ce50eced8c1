/** Why something diverged, in words: what overflowed, its value, and the setting that is most likely behind it. */
import { type Outcome } from '../core/experiment/outcome.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { settingBehind } from '../study/divergence.ts';

type Divergence = Extract<Outcome, { status: 'diverged' }>;

/** `diverged at t = 1.25: drift = 3e+302, from optimizer.schedule.rate = 1e+300`. */
export function divergenceSentence(experiment: Experiment, { t, quantity, value }: Divergence): string {
  const { path, value: set } = settingBehind(experiment);
  const size = Number.isFinite(value) ? `${quantity} = ${Number(value.toPrecision(4))}` : `${quantity} overflowed`;
  return `diverged at t = ${Number(t.toPrecision(4))}: ${size}, from ${path} = ${set}`;
}
