/** A new engine and a new theory curve have their choice in the editor by their registry lines alone. */
import { mount } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import ExperimentEditor from '../../../src/renderer/components/editor/ExperimentEditor.vue';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useFakeLab } from '../support/fake-lab.ts';

vi.mock('../../../src/core/engines/engine-kinds.ts', async (original) => {
  const { engineKinds } = await original<{ readonly engineKinds: readonly object[] }>();
  const { toyEngine } = await import('../../toys/engine.ts');
  return { engineKinds: [...engineKinds, toyEngine] };
});
vi.mock('../../../src/core/theory/curves/curve-kinds.ts', async (original) => {
  const { curveKinds } = await original<{ readonly curveKinds: readonly object[] }>();
  const { toyCurve } = await import('../../toys/curve.ts');
  return { curveKinds: [...curveKinds, toyCurve] };
});

afterEach(() => useStudy().close());

it('offers them by their names, and writes what is chosen into the draft', async () => {
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [emptyExperiment('one', 'One')] });
  const study = useStudy();
  await study.open('s');
  const wrapper = mount(
    {
      components: { ExperimentEditor },
      setup: () => ({ study }),
      template: '<ExperimentEditor :draft="study.draft.experiments[0]" />',
    },
    { attachTo: document.body },
  );
  const draft = () => study.draft.experiments[0] as unknown as { simulation: object; theory: object };
  const engine = wrapper.findAll('select').find((each) => each.find('option[value="toy-engine"]').exists());
  expect(engine?.get('option[value="toy-engine"]').text()).toBe('toy SGD');
  await engine?.setValue('toy-engine');
  expect(draft().simulation).toMatchObject({ engine: 'toy-engine' });
  const curve = wrapper.findAll('label').find((each) => each.text() === 'toy theory');
  await curve?.get('input').trigger('change');
  expect(draft().theory).toMatchObject({ curves: ['ode', 'toy-curve'] });
});
