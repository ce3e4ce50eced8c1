/** The editor of a new loss, new labels, a new spectrum and a new learning-rate rule, one file and one line of a registry each. */
import { mount } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import ExperimentEditor from '../../../src/renderer/components/editor/ExperimentEditor.vue';
import {
  emptyExperiment,
  withLabels,
  withLoss,
  withSchedule,
  withSpectrum,
} from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { useFakeLab } from '../support/fake-lab.ts';

vi.mock('../../../src/core/loss/loss-kinds.ts', async (original) => {
  const { lossKinds } = await original<{ lossKinds: readonly object[] }>();
  return { lossKinds: [...lossKinds, (await import('../../core/loss/toy-loss.ts')).squaredHinge] };
});
vi.mock('../../../src/core/labels/labels-kinds.ts', async (original) => {
  const { labelsKinds } = await original<{ labelsKinds: readonly object[] }>();
  return { labelsKinds: [...labelsKinds, (await import('../../core/labels/toy-labels.ts')).teacherProbit] };
});
vi.mock('../../../src/core/model/spectrum/spectrum-kinds.ts', async (original) => {
  const { spectrumKinds } = await original<{ spectrumKinds: readonly object[] }>();
  return { spectrumKinds: [...spectrumKinds, (await import('../../toys/spectrum.ts')).toySpectrum] };
});
vi.mock('../../../src/core/schedule/schedule-kinds.ts', async (original) => {
  const { scheduleKinds } = await original<{ scheduleKinds: readonly object[] }>();
  return { scheduleKinds: [...scheduleKinds, (await import('../../toys/schedule.ts')).toySchedule] };
});

afterEach(() => useStudy().close());

it('shows their fields, and writes what is typed there', async () => {
  const described = withSchedule(withSpectrum(emptyExperiment('one', 'One'), 'toy-exponential'), 'toy-breathing');
  const draft = withLabels(withLoss(described, 'squared-hinge'), 'teacher-probit');
  expect(parseExperiment(draft).ok).toBe(true);
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [draft] });
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
  const input = (path: string) => {
    const field = wrapper.get(`[data-field="${path}"]`);
    return field.element.tagName === 'INPUT' ? field : field.get('input');
  };
  await input('loss.margin').setValue('2');
  await input('labels.width').setValue('0.25');
  expect(study.draft.experiments[0].loss).toEqual({ kind: 'squared-hinge', margin: 2 });
  expect(study.draft.experiments[0].labels).toMatchObject({ kind: 'teacher-probit', width: 0.25 });
  const decays = wrapper.findAll('.field').find((field) => field.text().startsWith('Decays a'));
  await decays?.get('input').setValue('0.75');
  await input('optimizer.schedule.depth').setValue('0.25');
  expect(study.draft.experiments[0].model).toMatchObject({ spectrum: { kind: 'toy-exponential', decays: [0.75, 1] } });
  expect(study.draft.experiments[0].optimizer).toMatchObject({ schedule: { kind: 'toy-breathing', depth: 0.25 } });
  expect(wrapper.text()).toContain('Toy exponential');
  expect(wrapper.text()).toContain('Decays a');
  expect(wrapper.text()).toContain('Toy breathing');
  expect(wrapper.text()).toContain('Squared hinge');
  expect(wrapper.text()).toContain('Probit of a teacher');
});
