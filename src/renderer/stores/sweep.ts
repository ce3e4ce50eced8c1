/** How the open study's sweep is looked at, and the dialog that makes or changes it. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { type Look } from '../../study/look.ts';
import { type SweptSource } from '../../figures/sweep/index.ts';

export type SweepDialog = { readonly kind: 'new'; readonly experimentId: string } | { readonly kind: 'edit' };

export const useSweepView = defineStore('sweep', () => {
  const statistic = ref('risk');
  /** Null for the last grid time. */
  const time = ref<number | null>(null);
  const source = ref<SweptSource | 'auto'>('auto');
  const across = ref<0 | 1>(0);
  const scale = ref<'auto' | 'linear' | 'log'>('auto');
  /** Whether the list shows the sweep's experiments. */
  const unfolded = ref(false);
  const dialog = ref<SweepDialog | null>(null);

  /** Starts looking at another study, as it was looked at last. */
  function follow(look: Look['sweep']): void {
    statistic.value = look?.statistic ?? 'risk';
    time.value = look?.time ?? null;
    source.value = look?.source ?? 'auto';
    across.value = look?.across ?? 0;
    scale.value = look?.scale ?? 'auto';
    unfolded.value = false;
    dialog.value = null;
  }

  return { statistic, time, source, across, scale, unfolded, dialog, follow };
});
