/** Removing deleted studies for ever: what makes room on the disk. */
import { type BrowserWindow, dialog } from 'electron';
import { type Answer } from '../api/types.ts';
import { reasonOf } from '../text/reason.ts';
import { refused, type Laboratory } from './laboratory.ts';

/** @returns studies removed; null if the user gave up. */
export async function emptyBin(lab: Laboratory, window: BrowserWindow): Promise<Answer<number> | null> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Remove deleted studies for ever?',
    detail: 'Their results go with them, and the room on the disk is free again. This cannot be undone.',
    buttons: ['Cancel', 'Remove'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1) return null;
  try {
    return { ok: true, value: lab.library.purgeBin(Number.MAX_SAFE_INTEGER) };
  } catch (error) {
    return refused(reasonOf(error));
  }
}
