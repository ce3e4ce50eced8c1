/** Which screen is shown, and which dialog over it. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { type StudyId } from '../../api/types.ts';

export type Screen = { readonly kind: 'library' } | { readonly kind: 'study'; readonly id: StudyId };
export type OpenDialog = 'none' | 'palette' | 'settings' | 'about' | 'shortcuts';

export const useShell = defineStore('shell', () => {
  const screen = ref<Screen>({ kind: 'library' });
  const dialog = ref<OpenDialog>('none');
  const railHidden = ref(false);
  const inspectorHidden = ref(false);
  const studyId = computed(() => (screen.value.kind === 'study' ? screen.value.id : null));

  return { screen, dialog, railHidden, inspectorHidden, studyId };
});
