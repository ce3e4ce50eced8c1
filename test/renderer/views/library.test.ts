import { flushPromises, mount } from '@vue/test-utils';
import { refusal } from '../../../src/refusal/refusal.ts';
import { afterEach, describe, expect, it } from 'vitest';
import App from '../../../src/renderer/App.vue';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { setLocale } from '../../../src/renderer/i18n/index.ts';
import { useLibrary } from '../../../src/renderer/stores/library.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { axeViolations } from '../support/axe.ts';
import { useFakeLab } from '../support/fake-lab.ts';

// a save that is still waiting belongs to its own test’s library
afterEach(async () => {
  await useStudy().close();
  setLocale('en');
});

async function start(prepare: (lab: ReturnType<typeof useFakeLab>) => void = () => undefined) {
  const lab = useFakeLab();
  prepare(lab);
  const wrapper = mount(App, { attachTo: document.body });
  await flushPromises();
  return { lab, wrapper };
}

const study = (name: string) => ({ name, notes: '', experiments: [emptyExperiment('one', 'One')] });

describe('the library', () => {
  it('welcomes with the presets when there is no study', async () => {
    const { wrapper } = await start();
    expect(wrapper.text()).toContain('See theory and SGD agree');
    expect(wrapper.findAll('[data-testid^="preset-run-"]')).toHaveLength(2);
  });

  it('names and describes the presets in the language of the page', async () => {
    const { wrapper } = await start();
    const card = () => wrapper.get('[data-testid="preset-clean-directions"]').text();
    expect(card()).toContain('Zero-one model with means everywhere: alignment by block over time.');
    setLocale('ja');
    await flushPromises();
    expect(card()).toMatch(/^クリーンな方向.*ブロックごとの整列の時間変化。$/);
  });

  it('runs a preset with one click', async () => {
    const { lab, wrapper } = await start();
    await wrapper.get('[data-testid="preset-run-clean-directions"]').trigger('click');
    await flushPromises();
    expect(lab.calls.map((call) => call.name)).toContain('run');
    expect(wrapper.find('[data-testid="cancel"]').exists()).toBe(true);
  });

  it('says what an export is without', async () => {
    const { lab, wrapper } = await start((fake) => fake.add('1', study('One study')));
    const left = Array.from({ length: 7 }, (_, k) => refusal(`e${k}`, 'without-results', {}));
    Object.assign(lab.api, { exportStudy: async () => ({ ok: true, value: { path: '/tmp/x.html', left } }) });
    await useLibrary().exportStudy('1', 'html');
    await flushPromises();
    for (const said of ['Saved to /tmp/x.html, without:', 'e0: it is left out: it has no results', 'and 2 more']) {
      expect(wrapper.text()).toContain(said);
    }
  });

  it('opens a preset without running anything', async () => {
    const { lab, wrapper } = await start();
    await wrapper.get('[data-testid="preset-clean-directions"]').trigger('click');
    await flushPromises();
    expect(wrapper.find('[data-testid="run"]').exists()).toBe(true);
    expect(lab.calls.map((call) => call.name)).not.toContain('run');
  });

  it('shows a damaged study as damaged, and hides no other', async () => {
    const { wrapper } = await start((lab) => {
      lab.add('a', study('Sound'));
      lab.add('b', study('Broken'), { damage: 'the record is cut short' });
    });
    expect(wrapper.text()).toContain('Damaged: the record is cut short');
    expect(wrapper.find('[data-testid="study-a"]').exists()).toBe(true);
  });

  it('offers the text of a damaged study, and a new study of what can be read of it', async () => {
    const { lab, wrapper } = await start((fake) => {
      fake.add('b', study('Broken'), { damage: 'the record is cut short' });
    });
    const choose = async (label: string) => {
      await wrapper.get('[data-testid="study-menu-b"]').trigger('click');
      await flushPromises();
      const items = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
      items.find((item) => item.textContent?.includes(label))?.click();
      await flushPromises();
    };
    await choose('Save its text…');
    expect(lab.calls).toContainEqual({ name: 'saveStudyText', argument: { id: 'b' } });
    expect(wrapper.text()).toContain('Saved to /tmp/x.json');
    await choose('Recover what can be read');
    expect(lab.calls).toContainEqual({ name: 'recoverStudy', argument: { id: 'b' } });
    expect(wrapper.find('[data-testid="study-recovered-b"]').exists()).toBe(true);
    lab.answers.recoverStudy = () => ({ ok: false, refusals: [refusal('', 'said', { text: 'nothing can be read' })] });
    await choose('Recover what can be read');
    expect(wrapper.get('[data-testid="study-trouble-b"]').text()).toContain('nothing can be read');
  });

  it('opens what can be read of a damaged study from its own page, and says there if nothing can', async () => {
    const { lab, wrapper } = await start((fake) => {
      fake.add('b', study('Broken'), { damage: 'the record is cut short' });
    });
    await wrapper.get('[data-testid="study-b"]').trigger('click');
    await flushPromises();
    const page = wrapper.get('[data-testid="study-damaged"]');
    const answer = lab.answers.recoverStudy;
    lab.answers.recoverStudy = () => ({ ok: false, refusals: [refusal('', 'said', { text: 'nothing can be read' })] });
    await page.get('[data-testid="study-recover"]').trigger('click');
    await flushPromises();
    expect(page.text()).toContain('nothing can be read');
    lab.answers.recoverStudy = answer;
    await page.get('[data-testid="study-recover"]').trigger('click');
    await flushPromises();
    expect(wrapper.find('[data-testid="study-damaged"]').exists()).toBe(false);
    expect(wrapper.find('[data-testid="run"]').exists()).toBe(true);
  });

  it('lists the newest first, and searches', async () => {
    const { wrapper } = await start((lab) => ['Old', 'New'].forEach((name) => lab.add(name, study(name))));
    const names = () => wrapper.findAll('.studies .name').map((name) => name.text());
    expect(names()).toEqual(['New', 'Old']);
    await wrapper.get('[data-testid="search"]').setValue('old');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await flushPromises();
    expect(names()).toEqual(['Old']);
  });

  it('sorts names as people count: run 2 before run 10', async () => {
    const runs = ['run 10', 'run 2', 'run 20', 'run 1'];
    const { wrapper } = await start((lab) => runs.forEach((name) => lab.add(name, study(name))));
    useLibrary().sort = 'name';
    await flushPromises();
    const names = wrapper.findAll('.studies .name').map((name) => name.text());
    expect(names).toEqual(['run 1', 'run 2', 'run 10', 'run 20']);
  });

  it('has no accessibility violation, empty or with studies', async () => {
    const { wrapper } = await start();
    expect(await axeViolations(wrapper.element)).toEqual([]);
    wrapper.unmount();
    const full = await start((lab) => lab.add('a', study('A'), { tags: ['paper'] }));
    expect(await axeViolations(full.wrapper.element)).toEqual([]);
  }, 60_000);
});
