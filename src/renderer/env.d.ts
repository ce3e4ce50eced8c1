/// <reference types="vite/client" />
import { type LabApi } from '../api/commands.ts';

declare global {
  interface Window {
    /** Given by the preload. */
    readonly lab?: LabApi;
  }
}
