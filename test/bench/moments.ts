/** Gaussian moments held to 10⁷ samples: `npm run bench -- moments`. */
import { sampledMoments } from '../core/loss/sampled-moments.ts';
import { type BenchRow } from './row.ts';

const SAMPLES = 1e7;

export function benchMoments(): Promise<BenchRow[]> {
  const found = sampledMoments(SAMPLES);
  const worst = found.reduce((most, each) => (Math.abs(each.deviations) > Math.abs(most.deviations) ? each : most));
  const row = {
    what: `moments, ${found.length} of losses under labels of a teacher beside ${SAMPLES} samples: worst, ${worst.what}`,
    value: Math.abs(worst.deviations),
    unit: 'standard errors',
    ratios: {},
    target: '<= 5',
  };
  return Promise.resolve([row]);
}
