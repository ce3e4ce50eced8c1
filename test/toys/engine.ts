/** A toy engine, as docs/adding-an-engine.md says it: a random pull per run, with a promise per chunk. */
import { arrayBytes, workOf } from '../../src/core/experiment/cost.ts';
import { runSeconds, type EngineKind } from '../../src/core/engines/engine.ts';
import { everyDirection } from '../../src/core/model/directions.ts';
import { createObserver } from '../../src/core/observables/observe.ts';

/** What an engine that waits elsewhere does. */
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export const toyEngine: EngineKind = {
  kind: 'toy-engine',
  label: 'toy SGD',
  exact: false,
  refuses: ({ model }) =>
    model.dimension > 50
      ? { code: 'own', allowed: { en: 'above 50 directions', ja: '50 方向を超える次元では、' } }
      : null,
  rates: { step: 1e-6 },
  cost: (experiment, _threads, rates) => workOf(experiment).samples * rates.step,
  async probe(bench) {
    const setup = bench.setup({ horizon: 1, dimension: 20 });
    return { step: (await runSeconds(toyEngine, bench, setup)) / setup.steps[setup.steps.length - 1] };
  },
  memory: arrayBytes,
  runsTogether: () => 2,
  chunk: () => 16,
  async start({ mixture, loss, teacher, layout, groups }, streams) {
    await later();
    let steps = 0;
    const directions = everyDirection(mixture, teacher, groups.of);
    const pulls = streams.map((stream) => stream.child('pull').normal());
    const states = streams.map(() => new Float64Array(loss.outputs * mixture.dimension));
    const observer = createObserver(layout, loss, mixture.priors, (name) => (name === 'toy_steps' ? [steps] : null));
    return {
      async advance(count) {
        await later();
        steps += count;
        states.forEach((state, run) => state.fill(pulls[run] * 1e-3 * steps));
      },
      async observe(run, row) {
        await later();
        observer.observe(directions, states[run], null, 1, row);
      },
      dispose: () => undefined,
    };
  },
};
