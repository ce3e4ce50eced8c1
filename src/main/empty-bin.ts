/** Removing deleted studies for ever: what makes room on the disk. */
import { type BrowserWindow, dialog } from 'electron';
import { type Answer } from '../api/types.ts';
import { type Laboratory } from './laboratory.ts';
import { refusedBy } from './refused.ts';

/** @returns studies removed; null if the user gave up. */
export async function emptyBin(lab: Laboratory, window: BrowserWindow): Promise<Answer<number> | null> {
  const { say } = lab.texts();
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: say('bin.question'),
    detail: say('bin.detail'),
    buttons: [say('dialog.cancel'), say('bin.remove')],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1) return null;
  try {
    return { ok: true, value: lab.library.purgeBin(Number.MAX_SAFE_INTEGER) };
  } catch (error) {
    return refusedBy(error);
  }
}
