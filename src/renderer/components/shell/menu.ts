/** Entries of a drop-down menu. */
import { type Component } from 'vue';

export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'check'; readonly label: string; readonly checked: boolean; run(): void }
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly icon?: Component;
      readonly shortcut?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      run(): void;
    };
