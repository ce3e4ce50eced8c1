<<<<<<< HEAD
/** A new engine and a new theory curve have their choice in the editor by their registry lines alone. */
import { mount } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import ExperimentEditor from '../../../src/renderer/components/editor/ExperimentEditor.vue';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useFakeLab } from '../support/fake-lab.ts';

vi.mock('../../../src/core/engines/registry.ts', async (original) => {
  const { engineKinds } = await original<typeof import('../../../src/core/engines/registry.ts')>();
  const { toyEngine } = await import('../../toys/engine.ts');
  return { engineKinds: [...engineKinds, toyEngine] };
});
vi.mock('../../../src/core/theory/curves/registry.ts', async (original) => {
  const { curveKinds } = await original<typeof import('../../../src/core/theory/curves/registry.ts')>();
  const { toyCurve } = await import('../../toys/curve.ts');
  return { curveKinds: [...curveKinds, toyCurve] };
=======
/** The editor of a new loss and new labels, one file and one line of a registry each. */
import { mount } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import ExperimentEditor from '../../../src/renderer/components/editor/ExperimentEditor.vue';
import { emptyExperiment, withLabels, withLoss } from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { useFakeLab } from '../support/fake-lab.ts';

vi.mock('../../../src/core/loss/kinds.ts', async (original) => {
  const { lossKinds } = await original<{ lossKinds: readonly object[] }>();
  return { lossKinds: [...lossKinds, (await import('../../core/loss/toy-loss.ts')).squaredHinge] };
});
vi.mock('../../../src/core/labels/kinds.ts', async (original) => {
  const { labelsKinds } = await original<{ labelsKinds: readonly object[] }>();
  return { labelsKinds: [...labelsKinds, (await import('../../core/labels/toy-labels.ts')).teacherProbit] };
>>>>>>> main
});

afterEach(() => useStudy().close());

<<<<<<< HEAD
it('offers them by their names, and writes what is chosen into the draft', async () => {
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [emptyExperiment('one', 'One')] });
=======
it('shows their fields, and writes what is typed there', async () => {
  const draft = withLabels(withLoss(emptyExperiment('one', 'One'), 'squared-hinge'), 'teacher-probit');
  expect(parseExperiment(draft).ok).toBe(true);
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [draft] });
>>>>>>> main
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
<<<<<<< HEAD
  const draft = () => study.draft.experiments[0] as unknown as { simulation: object; theory: object };
  const engine = wrapper.findAll('select').find((each) => each.find('option[value="toy-engine"]').exists());
  expect(engine?.get('option[value="toy-engine"]').text()).toBe('toy SGD');
  await engine?.setValue('toy-engine');
  expect(draft().simulation).toMatchObject({ engine: 'toy-engine' });
  const curve = wrapper.findAll('label').find((each) => each.text() === 'toy theory');
  await curve?.get('input').trigger('change');
  expect(draft().theory).toMatchObject({ curves: ['ode', 'toy-curve'] });
=======
  const input = (path: string) => {
    const field = wrapper.get(`[data-field="${path}"]`);
    return field.element.tagName === 'INPUT' ? field : field.get('input');
  };
  await input('loss.margin').setValue('2');
  await input('labels.width').setValue('0.25');
  expect(study.draft.experiments[0].loss).toEqual({ kind: 'squared-hinge', margin: 2 });
  expect(study.draft.experiments[0].labels).toMatchObject({ kind: 'teacher-probit', width: 0.25 });
  expect(wrapper.text()).toContain('Squared hinge');
  expect(wrapper.text()).toContain('Probit of a teacher');
>>>>>>> main
});
