/** Another folder for the library. The original file stays where it was: nothing is lost if the new disk is bad. */
import { type BrowserWindow, dialog } from 'electron';
import { type Answer } from '../api/types.ts';
import { reason, refusal, whyOf, type Reason } from '../refusal/refusal.ts';
import { type Texts } from '../text/texts.ts';
import { chooseDataFolder } from './data-folder.ts';
import { draftPlaces, moveKept } from './kept-drafts.ts';
import { type Laboratory } from './laboratory.ts';
import { refused, refusedBy } from './refused.ts';
import { copyLibrary, hasLibrary, removeLibrary } from './library-file.ts';

/** What moving needs of the app. */
export interface MovingApp {
  readonly profile: string;
  lab(): Laboratory;
  window(): BrowserWindow;
  /** Closes the laboratory and opens that of another folder in its place. @throws LibraryError, with none open. */
  reopen(folder: string): void;
}

/**
 * Lets the user choose another folder for the library and goes on there. A library that is already in the folder is
 * used as it is, after asking. Whatever fails, the library is open again afterwards, where it was.
 * @returns the new folder; null if the user gave up.
 */
export async function moveLibrary({ profile, lab, window, reopen }: MovingApp): Promise<Answer<string> | null> {
  const from = lab().library.folder;
  const words = lab().texts();
  const { say } = words;
  if (process.env.SGDLAB_DATA) return refused(refusal(from, 'said', { text: say('move.named') }));
  const stays = reasonToStay(lab());
  if (stays !== null) return refused({ path: from, ...stays });
  const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
    properties: ['openDirectory', 'createDirectory'],
  });
  if (canceled || filePaths.length === 0 || filePaths[0] === from) return null;
  const [to] = filePaths;
  const found = hasLibrary(to);
  if (found && !(await agreesToUse(words, window(), to))) return null;
  // the dialogs were open for as long as the user liked
  const staysNow = reasonToStay(lab());
  if (staysNow !== null) return refused({ path: from, ...staysNow });
  const before = studiesOf(lab());
  let copied = false;
  try {
    await lab().close();
    if (!found) {
      copyLibrary(from, to);
      copied = true;
    }
    reopen(to);
    if (!found && studiesOf(lab()) !== before) throw new Error(say('move.notSame'));
    chooseDataFolder(profile, to);
  } catch (error) {
    if (lab().library.folder === to) await lab().close();
    if (copied) removeLibrary(to);
    reopen(from);
    return refusedBy(error, to);
  }
  // those of a library that is left for another one stay with it
  if (!found) moveKept(from, draftPlaces(to, profile));
  return { ok: true, value: to };
}

/** Why the library cannot be moved now: the copy would not have all that belongs to it. */
function reasonToStay(lab: Laboratory): Reason | null {
  if (lab.runner.list().length > 0) return reason('said', { text: lab.texts().say('move.running') });
  try {
    lab.library.attend();
  } catch (error) {
    return whyOf(error);
  }
  const unstored = lab.unstored();
  if (!unstored) return null;
  const { results: n, reason: why } = unstored;
  return reason('said', { text: lab.texts().say('move.unstored', { n, reason: why }) });
}

/** What tells whether two libraries have the same studies. */
function studiesOf({ library }: Laboratory): string {
  const listed = [false, true].flatMap((archived) => library.listStudies({ search: '', archived }));
  return JSON.stringify(listed.map(({ id, name, modified }) => [id, name, modified]).sort());
}

async function agreesToUse({ say }: Texts, window: BrowserWindow, folder: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: say('move.found'),
    detail: `${folder}\n\n${say('move.use')}`,
    buttons: [say('dialog.cancel'), say('move.useIt')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
