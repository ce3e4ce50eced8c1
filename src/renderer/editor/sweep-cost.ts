/** What a sweep will cost: the sum over its experiments, from evenly chosen ones where they are many. */
import { type CostRates, estimateCost } from '../../study/estimate.ts';
import { type ExperimentDraft } from '../../api/types.ts';
import { refusalLine } from '../i18n/refusals.ts';
import { validated } from '../draft/validate.ts';

const SAMPLED = 60;

export interface SweepCost {
  /** Wall seconds on these threads. */
  readonly seconds: number;
  /** The first refusal of a description, with its experiment, or empty. */
  readonly refused: string;
}

export function sweepCost(experiments: readonly ExperimentDraft[], threads: number, rates: CostRates): SweepCost {
  const stride = Math.max(1, Math.ceil(experiments.length / SAMPLED));
  const chosen = experiments.filter((_, k) => k % stride === 0 || k === experiments.length - 1);
  let seconds = 0;
  for (const draft of chosen) {
    const parsed = validated(draft);
    if (!parsed.ok) return { seconds: 0, refused: `${draft.name ?? draft.id}: ${refusalLine(parsed.refusals[0])}` };
    const { simulation } = parsed.value;
    const cost = estimateCost(parsed.value, threads, rates);
    // tasks of different experiments fill the threads that one experiment alone would leave idle
    const runs = simulation.runs * cost.secondsPerRun;
    const rounds = Math.ceil(simulation.runs / threads) * cost.secondsPerRun;
    seconds += cost.seconds - rounds + runs / threads;
  }
  return { seconds: (seconds * experiments.length) / Math.max(1, chosen.length), refused: '' };
}
