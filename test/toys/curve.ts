/** A toy theory curve, as docs/adding-a-curve.md says it: the state of the start at every time, waited for. */
import { everyDirection } from '../../src/core/model/directions.ts';
import { createObserver } from '../../src/core/observables/observe.ts';
import { type CurveKind } from '../../src/core/theory/curves/curve.ts';

export const toyCurve: CurveKind = {
  kind: 'toy-curve',
  label: 'toy theory',
  noise: false,
  look: 'dotted',
  refuses: ({ model }) =>
    model.priors.length > 2
      ? { code: 'own', allowed: { en: 'for more than 2 classes', ja: '3 クラス以上では、' } }
      : null,
  rates: { curve: 0.25 },
  cost: (_experiment, _threads, rates) => rates.curve,
  probe: async (bench) => ({ curve: await bench.seconds(() => bench.setup({ horizon: 1, dimension: 20 })) }),
  async solve({ mixture, loss, teacher, layout, groups, steps }, { onRow, shouldStop }) {
    const observer = createObserver(layout, loss, mixture.priors);
    const directions = everyDirection(mixture, teacher, groups.of);
    const row = new Float64Array(layout.size);
    const state = new Float64Array(loss.outputs * mixture.dimension);
    const report = { accepted: steps.length, rejected: 0, evaluations: 0, integrator: 'toy', nodes: 1, momentError: 0 };
    for (const [point, step] of steps.entries()) {
      const t = step / mixture.dimension;
      if (shouldStop()) return { ...report, outcome: { status: 'cancelled', t } };
      await new Promise((resolve) => setTimeout(resolve, 0));
      observer.observe(directions, state, null, 1, row);
      onRow(point, row);
    }
    return { ...report, outcome: { status: 'done', t: steps[steps.length - 1] / mixture.dimension } };
  },
};
