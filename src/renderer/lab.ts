/** The main process as the page sees it. Tests put their own in place. */
import { type LabApi } from '../api/commands.ts';

let replacement: LabApi | null = null;

/** The IPC surface. */
export function lab(): LabApi {
  const api = replacement ?? window.lab;
  if (!api) throw new Error('the page was opened without its preload: window.lab is missing');
  return api;
}

/** Puts another implementation in place, or the real one back for null. */
export function replaceLab(api: LabApi | null): void {
  replacement = api;
}
