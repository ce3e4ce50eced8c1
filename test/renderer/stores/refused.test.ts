/** What the page does where the library refuses for good, or refuses a setting. */
import { mount } from '@vue/test-utils';
import { refusal } from '../../../src/refusal/refusal.ts';
import { beforeEach, expect, it, vi } from 'vitest';
import StatusBar from '../../../src/renderer/components/shell/StatusBar.vue';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { useSettings } from '../../../src/renderer/stores/settings.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useToasts } from '../../../src/renderer/stores/toasts.ts';
import { useWorkbench } from '../../../src/renderer/workbench.ts';
import { refusalText } from '../../../src/renderer/failure.ts';
import { useFakeLab, type FakeLab } from '../support/fake-lab.ts';

let lab: FakeLab;
beforeEach(() => {
  vi.useFakeTimers();
  lab = useFakeLab();
  lab.add('s', { name: 'Study', notes: '', experiments: [emptyExperiment('one', 'One')] });
});

it('a study that another program removed is not saved for ever in vain, but as a new one', async () => {
  const study = useStudy();
  await useWorkbench().openStudy('s');
  const bar = mount(StatusBar);
  const refusals = [refusal('id', 'said', { text: 'there is no such study in the library' })];
  lab.answers.saveStudy = () => ({ ok: false, refusals });
  study.change({ ...study.draft, name: 'Typed after that' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lab.calls.filter(({ name }) => name === 'saveStudy')).toHaveLength(1);
  expect(bar.get('[data-testid="status-not-saved"]').text()).toBe('Not saved: there is no such study in the library');
  expect(bar.find('[data-testid="save-retry"]').exists()).toBe(false);
  delete lab.answers.saveStudy;
  await bar.get('[data-testid="save-as-new"]').trigger('click');
  await vi.advanceTimersByTimeAsync(1000);
  expect(study.state).toMatchObject({ kind: 'open' });
  expect(study.id).not.toBe('s');
  expect(lab.studies.get(study.id ?? '')?.draft.name).toBe('Typed after that');
  expect(study.saving.kind).toBe('saved');
  expect(lab.calls.some(({ name }) => name === 'dropDraft')).toBe(true);
  bar.unmount();
});

it('a setting that could not be stored is as it was, and that is said', async () => {
  const settings = useSettings();
  await settings.load();
  const { theme } = settings.settings;
  lab.answers.changeSettings = () => {
    throw new Error('Another program has the library open');
  };
  await settings.change({ theme: theme === 'dark' ? 'light' : 'dark' });
  expect(settings.settings.theme).toBe(theme);
  expect(useToasts().toasts.map(({ text }) => text)).toEqual([
    'The setting was not stored: Another program has the library open',
  ]);
});

it('a file that is wrong in thousands of places is told in twenty lines and a count', () => {
  const refusals = Array.from({ length: 5000 }, (_, k) => refusal(`experiments[${k}].id`, 'no-study', {}));
  const lines = refusalText(refusals).split('\n');
  expect(lines).toHaveLength(21);
  expect(lines[20]).toContain('4980');
});
