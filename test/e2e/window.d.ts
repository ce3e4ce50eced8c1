import { type LabApi } from '../../src/api/commands.ts';

declare global {
  interface Window {
    /** The page's side of the IPC surface, for scripts that tests evaluate in the page. */
    readonly lab: LabApi;
  }
}
