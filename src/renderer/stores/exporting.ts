/** The figure that is being exported, and how figures were exported last. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { defaultExport, type Drawn, type ExportOptions } from '../charts/export.ts';
import { t } from '../i18n/index.ts';
import { useToasts } from './toasts.ts';

export const useExporting = defineStore('exporting', () => {
  const drawn = shallowRef<Drawn | null>(null);
  const name = ref('figure');
  const options = shallowRef<ExportOptions>(defaultExport);

  function open(figure: Drawn, fileName: string): void {
    drawn.value = figure;
    name.value = fileName;
  }
  const close = (): void => void (drawn.value = null);
  const change = (part: Partial<ExportOptions>): void => void (options.value = { ...options.value, ...part });
  const sayKept = (kept: readonly string[]): void =>
    void useToasts().studyTrouble(t('export.kept', { texts: kept.slice(0, 3).join(' · ') }));

  return { drawn, name, options, open, close, change, sayKept };
});
