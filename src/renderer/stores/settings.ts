/** Theme, language and threads; what the machine is. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watchEffect } from 'vue';
import { type CostRates, defaultRates } from '../../study/estimate.ts';
import { initialOf, settings as table, type Settings } from '../../api/settings.ts';
import { type MachineInfo } from '../../api/types.ts';
import { type Language, languageOf } from '../../text/language.ts';
import { failureText } from '../failure.ts';
import { setLocale, t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

const darkQuery = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

export const useSettings = defineStore('settings', () => {
  const toasts = useToasts();
  const settings = shallowRef<Settings>(initialOf(table));
  const machine = shallowRef<MachineInfo | null>(null);
  const systemDark = ref(darkQuery?.matches ?? false);
  darkQuery?.addEventListener('change', (event) => (systemDark.value = event.matches));

  const threads = computed(() => machine.value?.threads ?? 1);
  /** What the parts of the work cost, in seconds. */
  const rates = computed(() => machine.value?.rates ?? defaultRates);
  const dark = computed(() => (settings.value.theme === 'system' ? systemDark.value : settings.value.theme === 'dark'));
  const locale = computed<Language>(() => languageOf(settings.value.language, navigator.language));

  watchEffect(() => {
    document.documentElement.dataset.theme = dark.value ? 'dark' : 'light';
  });
  watchEffect(() => {
    document.documentElement.lang = locale.value;
    setLocale(locale.value);
  });

  async function load(): Promise<void> {
    settings.value = await lab().settings();
    machine.value = await lab().machine();
  }

  async function change(part: Partial<Settings>): Promise<void> {
    const before = settings.value;
    settings.value = { ...before, ...part };
    try {
      settings.value = await lab().changeSettings(part);
    } catch (error) {
      settings.value = before;
      toasts.trouble(t('settings.notStored', { reason: failureText(error) }));
      return;
    }
    machine.value = await lab().machine();
  }

  /** Main has measured what work costs on this machine. */
  function measured(rates: CostRates): void {
    if (machine.value) machine.value = { ...machine.value, rates };
  }

  return { settings, machine, threads, rates, dark, locale, load, change, measured };
});
