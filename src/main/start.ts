/** Opening the laboratory at the start, and what is said and asked where that fails. */
import { app, dialog, type MessageBoxSyncOptions } from 'electron';
import { homedir } from 'node:os';
import { LibraryError } from '../lab/database/errors.ts';
import { openLibrary } from '../lab/database/open.ts';
import { salvage } from '../lab/database/salvage.ts';
import { languageOf } from '../text/language.ts';
import { reasonOf } from '../text/reason.ts';
import { texts, type Texts } from '../text/texts.ts';
import { chooseDataFolder, dataPlace, type DataPlace } from './data-folder.ts';
import { hasLibrary } from './library-file.ts';

/** In the language of the system: the settings are in the library, which is not open. */
const systemTexts = (): Texts => texts(languageOf('system', app.getLocale()));

/** The place of the library in this process. @throws Error if the choice in the settings cannot be read. */
function currentPlace(): DataPlace {
  return dataPlace({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    profile: app.getPath('userData'),
  });
}

/** The dialog; its first button quits. */
function describe(folder: string, error: unknown, buttons: string[]): MessageBoxSyncOptions {
  const { say, language } = systemTexts();
  const title = say('dialog.cannotOpen');
  const detail = `${folder}\n\n${reasonOf(error, language)}\n\n${say('dialog.unchanged')}`;
  return { type: 'error', title, message: title, detail, buttons, defaultId: 0, cancelId: 0, noLink: true };
}

/** Says in a dialog and on stderr why the app does not start. The dialog waits for an answer. */
export function sayCannotStart(folder: string, error: unknown): void {
  const { say } = systemTexts();
  process.stderr.write(`sgdlab: ${say('dialog.cannotOpen')}: ${folder}: ${reasonOf(error)}\n`);
  dialog.showMessageBoxSync(describe(folder, error, [say('dialog.quit')]));
}

/** Says at the end what went wrong, in a dialog and on stderr. */
export function sayTrouble({ say }: Texts, title: string, detail: string): void {
  process.stderr.write(`sgdlab: ${title}: ${detail}\n`);
  dialog.showMessageBoxSync({
    type: 'error',
    title,
    message: title,
    detail,
    buttons: [say('dialog.quit')],
    noLink: true,
  });
}

/**
 * Opens the library's place with `open`. Where that fails, the user can try again (a disk was missing) or choose
 * another folder; null if they give up.
 */
export function openPlace<T>(open: (folder: string) => T): T | null {
  for (;;) {
    let place: DataPlace | null = null;
    try {
      place = currentPlace();
      if (place.chosenBy === 'settings' && !hasLibrary(place.folder))
        throw new Error(systemTexts().say('dialog.missing'));
      return open(place.folder);
    } catch (error) {
      if (!askWhatToDo(place, error)) return null;
    }
  }
}

/** Whether to try again. */
function askWhatToDo(place: DataPlace | null, error: unknown): boolean {
  const where = place?.folder ?? app.getPath('userData');
  const { say } = systemTexts();
  process.stderr.write(`sgdlab: ${say('dialog.cannotOpen')}: ${where}: ${reasonOf(error)}\n`);
  const isDamaged = error instanceof LibraryError && error.trouble === 'damaged';
  const choices: readonly { readonly button: string; again(): boolean }[] = [
    { button: say('dialog.quit'), again: () => false },
    { button: say('dialog.tryAgain'), again: () => true },
    ...(isDamaged ? [{ button: say('dialog.salvage'), again: () => salvageIn(where) }] : []),
    ...(place?.chosenBy !== 'environment' ? [{ button: say('dialog.otherFolder'), again: chooseFolder }] : []),
  ];
  const buttons = choices.map(({ button }) => button);
  return choices[dialog.showMessageBoxSync(describe(where, error, buttons))].again();
}

function chooseFolder(): boolean {
  const [folder] = dialog.showOpenDialogSync({ properties: ['openDirectory', 'createDirectory'] }) ?? [];
  // an empty folder becomes a new library; it must have one before it counts as the chosen place
  return folder ? adopt(folder) : true;
}

/** Puts a library of what can be read in the place of a damaged one, and says what that is. */
function salvageIn(folder: string): boolean {
  const { say } = systemTexts();
  try {
    const { aside, studies, curves, lost, untold } = salvage(folder);
    const detail = [
      say('salvage.read', { studies, curves }),
      lost.length > 0 ? say('salvage.lost', { names: lost.map((name) => JSON.stringify(name)).join(', ') }) : '',
      untold > 0 ? say('salvage.untold', { n: untold }) : '',
      say('salvage.kept', { path: aside }),
    ];
    const title = say('salvage.done');
    dialog.showMessageBoxSync({ type: 'info', title, message: title, detail: detail.filter(Boolean).join('\n\n') });
  } catch (error) {
    sayCannotStart(folder, error);
  }
  return true;
}

function adopt(folder: string): boolean {
  try {
    if (!hasLibrary(folder)) openLibrary(folder).close();
    chooseDataFolder(app.getPath('userData'), folder);
  } catch (error) {
    sayCannotStart(folder, error);
  }
  return true;
}
