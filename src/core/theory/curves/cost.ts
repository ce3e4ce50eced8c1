/** What a curve that integrates the equations costs: the steps themselves, and the moments where they are sums. */
import { workOf, type Costed } from '../../experiment/cost.ts';
import { type Setup } from '../../experiment/setup.ts';
import { solveTheory } from '../solve.ts';
import { DEFAULT_TOLERANCE } from '../theory.ts';

/** Evaluations of the moments that a curve takes. */
const EVALUATIONS = 300;
const CLASSES = 4;
/** Of losses whose moments are sums over points: seconds per class and output, beside those of softmax. */
const MOMENTS_OF: Readonly<Record<string, (outputs: number) => number>> = {
  softmax: () => 1,
  'two-layer': (outputs) => 15 * outputs,
};

const solved = (setup: Setup, noise: boolean): number =>
  solveTheory(setup, { noise, tolerance: DEFAULT_TOLERANCE, onRow: () => {}, shouldStop: () => false }).evaluations;

/** Rates: `curve`, one with one output; `moments`, the softmax moments of one class, per output. */
export const integrationCost = (noise: boolean): Costed => ({
  rates: { curve: 5e-3, moments: 1e-5 },
  cost(experiment, _threads, rates) {
    const { classes, outputs } = workOf(experiment);
    const moments = classes * outputs * rates.moments * (MOMENTS_OF[experiment.loss.kind]?.(outputs) ?? 0);
    return rates.curve * outputs * outputs + EVALUATIONS * moments;
  },
  async probe(bench) {
    const binary = bench.setup({ horizon: 5 });
    const many = bench.setup({ horizon: 3, classes: CLASSES });
    let evaluations = 0;
    // with several outputs almost all of the time is in the moments
    const seconds = await bench.seconds(() => (evaluations = solved(many, noise)));
    return {
      curve: await bench.seconds(() => solved(binary, noise)),
      moments: seconds / (evaluations * CLASSES * CLASSES),
    };
  },
});
