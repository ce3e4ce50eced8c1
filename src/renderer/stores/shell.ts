/** Which screen is shown, and which dialog over it. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { type StudyId } from '../../api/types.ts';

export type Screen =
  { readonly kind: 'library' } | { readonly kind: 'study'; readonly id: StudyId } | { readonly kind: 'compare' };
export type OpenDialog = 'none' | 'palette' | 'settings' | 'about' | 'shortcuts';

export const useShell = defineStore('shell', () => {
  const screen = ref<Screen>({ kind: 'library' });
  const dialog = ref<OpenDialog>('none');
  /** Experiment of the open study that is to be given to another one. */
  const giving = ref<string | null>(null);
  const railHidden = ref(false);
  const inspectorHidden = ref(false);
  /** The gallery of presets, where there are studies already. */
  const presetsShown = ref(false);
  const studyId = computed(() => (screen.value.kind === 'study' ? screen.value.id : null));

  return { screen, dialog, giving, railHidden, inspectorHidden, presetsShown, studyId };
});
