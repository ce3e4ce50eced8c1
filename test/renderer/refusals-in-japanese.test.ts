/** What the lab refuses is said on a Japanese page in Japanese. */
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { reason, refusal } from '../../src/refusal/refusal.ts';
import StudyTrouble from '../../src/renderer/components/study/StudyTrouble.vue';
import { failureText } from '../../src/renderer/failure.ts';
import { setLocale } from '../../src/renderer/i18n/index.ts';
import { listenToLab } from '../../src/renderer/listen.ts';
import { useStudy } from '../../src/renderer/stores/study.ts';
import { useToasts } from '../../src/renderer/stores/toasts.ts';
import { Refused } from '../../src/refusal/refusal.ts';
import { parseStudy } from '../../src/study/parse.ts';
import { useFakeLab } from './support/fake-lab.ts';

afterEach(() => setLocale('en'));

it('an unknown key of a study that does not open', () => {
  const parsed = parseStudy({ format: 'sgdlab-study', version: 1, experiments: [], nots: '' });
  if (parsed.ok) throw new Error('an unknown key was taken');
  setLocale('ja');
  const wrapper = mount(StudyTrouble, { props: { id: 's', refusals: parsed.refusals } });
  expect(wrapper.get('li').text()).toMatch(/^nots: 知らないキーです\("notes" のことですか\?\)。使えるキー: format、/);
});

it('why a run failed', async () => {
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [] });
  await useStudy().open('s');
  const stop = listenToLab(() => {});
  await flushPromises();
  setLocale('ja');
  lab.emit('job', {
    id: 'job-1',
    studyId: 's',
    state: {
      kind: 'finished',
      status: 'failed',
      refusals: [{ path: 'one, run 0', ...reason('worker-ended', {}) }],
    },
    fraction: 1,
    secondsLeft: null,
    experiments: [],
  });
  expect(JSON.stringify(useToasts().toasts)).toContain('one, run 0: 計算のスレッドが予期せず終了しました');
  stop();
  useStudy().close();
});

it('an exception of the main process, which comes as a message', () => {
  const thrown = new Refused([refusal('', 'disk-full', {})]);
  setLocale('ja');
  const remote = new Error(`Error invoking remote method 'saveStudy': LibraryError: ${thrown.message}`);
  expect(failureText(remote)).toBe('ディスクがいっぱいです');
  expect(failureText(new Error("Error invoking remote method 'x': Error: no memory"))).toBe('no memory');
});
