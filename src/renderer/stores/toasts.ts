/** Short messages at the lower edge, some with one action (undo). */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'bad';
  readonly text: string;
  /** It is about the study that is open, and goes when that is left. */
  readonly ofStudy?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = { info: 8000, good: 5000, bad: 15_000 };

export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let last = 0;

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function show(toast: Omit<Toast, 'id'>): number {
    const id = ++last;
    toasts.value = [...toasts.value.slice(-3), { ...toast, id }];
    setTimeout(() => dismiss(id), SHOWN_MS[toast.tone]);
    return id;
  }

  const trouble = (text: string) => show({ tone: 'bad', text });
  /** Of the study that is open. */
  const studyTrouble = (text: string) => show({ tone: 'bad', text, ofStudy: true });

  /** Another study, or none, is on the screen from now on. */
  function leaveStudy(): void {
    toasts.value = toasts.value.filter(({ ofStudy }) => !ofStudy);
  }

  return { toasts, show, dismiss, trouble, studyTrouble, leaveStudy };
});
