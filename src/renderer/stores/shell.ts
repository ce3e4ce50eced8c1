/** Which screen is shown, and which dialog over it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type StudyId } from '../../api/types.ts';
import { type Figure } from '../../figures/index.ts';

export type Screen =
  { readonly kind: 'library' } | { readonly kind: 'study'; readonly id: StudyId } | { readonly kind: 'compare' };
export type OpenDialog = 'none' | 'palette' | 'settings' | 'about' | 'help';

export const useShell = defineStore('shell', () => {
  const screen = ref<Screen>({ kind: 'library' });
  const dialog = ref<OpenDialog>('none');
  /** Page that the help shows (help/pages.ts). */
  const helpPage = ref('');
  /** Figure whose limits and lines are being set. */
  const limitsOf = shallowRef<{ readonly kind: string; readonly figure: Figure; readonly title: string } | null>(null);
  /** Experiment of the open study that is to be given to another one. */
  const giving = ref<string | null>(null);
  const railHidden = ref(false);
  const inspectorHidden = ref(false);
  /** The gallery of presets, where there are studies already. */
  const presetsShown = ref(false);
  /** Panes that a narrow window has folded, to come back when it is wide again. */
  const folded = { rail: false, inspector: false };
  /** @param width of the page, in px: below 820 the editor folds by itself, below 660 the list of experiments. */
  function fit(width: number): void {
    const narrow = { rail: width < 660, inspector: width < 820 };
    for (const [pane, hidden] of [['rail', railHidden] as const, ['inspector', inspectorHidden] as const]) {
      if (narrow[pane] === folded[pane]) continue;
      // one that was opened, or closed, by hand stays so
      if (narrow[pane] || hidden.value) hidden.value = narrow[pane];
      folded[pane] = narrow[pane];
    }
  }
  function showHelp(page: string): void {
    helpPage.value = page;
    dialog.value = 'help';
  }
  const studyId = computed(() => (screen.value.kind === 'study' ? screen.value.id : null));

  return {
    screen,
    dialog,
    helpPage,
    limitsOf,
    giving,
    railHidden,
    inspectorHidden,
    presetsShown,
    studyId,
    fit,
    showHelp,
  };
});
