/** The settings dialog is made from the table of settings; also for a new one (docs/adding-a-setting.md). */
import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { z } from 'zod';
import { BIN_DAYS } from '../../../src/api/bin.ts';
import { setting, settings } from '../../../src/api/settings.ts';
import SettingsDialog from '../../../src/renderer/components/shell/SettingsDialog.vue';
import { useSettings } from '../../../src/renderer/stores/settings.ts';
import { useShell } from '../../../src/renderer/stores/shell.ts';
import { useFakeLab } from '../support/fake-lab.ts';

const table = { ...settings, digits: setting(z.int().min(3).max(17), 6), grid: setting(z.boolean(), true) };

async function show() {
  const lab = useFakeLab();
  await useSettings().load();
  const wrapper = mount(SettingsDialog, { props: { table }, attachTo: document.body });
  useShell().dialog = 'settings';
  await flushPromises();
  const changes = () => lab.calls.filter(({ name }) => name === 'changeSettings').map(({ argument }) => argument);
  return { wrapper, changes };
}
const field = (name: string) => document.querySelector<HTMLInputElement>(`#setting-${name}`)!;
async function enter(name: string, value: string) {
  field(name).value = value;
  field(name).dispatchEvent(new Event('change'));
  await flushPromises();
}
describe('the settings dialog', () => {
  it('asks for each setting by its kind: words, threads or none, a number, yes or no', async () => {
    const { changes } = await show();
    expect(document.body.textContent).toContain('Theme');
    expect(document.body.textContent).toContain('日本語');
    // twice the two cores, and none
    expect(field('threads').querySelectorAll('option')).toHaveLength(5);
    await enter('threads', '3');
    await enter('threads', '');
    await enter('digits', '9');
    field('grid').click();
    await flushPromises();
    expect(changes()).toEqual([{ threads: 3 }, { threads: null }, { digits: 9 }, { grid: true }]);
  });

  it('does not take what the setting does not allow', async () => {
    const { changes } = await show();
    await enter('digits', '99');
    await enter('digits', '');
    await nextTick();
    expect(changes()).toEqual([]);
  });

  it('says how long the bin keeps what was deleted', async () => {
    await show();
    expect(document.body.textContent).toContain(`after ${BIN_DAYS} days`);
  });
});
