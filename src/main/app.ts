/** The desktop app: one instance, one window, one laboratory. */
import { app, type BrowserWindow, dialog, nativeTheme } from 'electron';
import { type Language } from '../text/language.ts';
import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Refusal } from '../refusal/refusal.ts';
import { WorkerPool } from '../lab/jobs/pool.ts';
import { makeFolder } from '../lab/files.ts';
import { reasonOf } from '../text/reason.ts';
import { recentFiles } from './came-from.ts';
import { removeLeftBeside } from './came-from.ts';
import { filesToOpen } from './cli-call.ts';
import { closeAfterAsking, type Closing } from './closing.ts';
import { type JobInfo } from '../api/types.ts';
import { EndOfWork } from './end-of-work.ts';
import { handlers } from './handlers.ts';
import { send, serveCommands } from './ipc/server.ts';
import { draftPlaces, KeptDrafts } from './kept-drafts.ts';
import { Laboratory } from './laboratory.ts';
import { leavingQuestion } from './leaving-question.ts';
import { installMenu } from './menu.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { moveLibrary } from './move-library.ts';
import { denyByDefault } from './security.ts';
import { openPlace, sayCannotStart, sayTrouble } from './start.ts';
import { keepOffline } from './switches.ts';
import { createWindow } from './window.ts';
import { refusalsIn } from '../text/refusals/index.ts';

/** Time for the window to be drawn before the machine is measured and the bin is looked through. */
const AFTER_START_MS = 1500;

export function startApp(args: readonly string[]): void {
  if (process.env.SGDLAB_DATA) app.setPath('userData', resolve(process.env.SGDLAB_DATA));
  if (process.platform === 'win32') app.setAppUserModelId('io.github.sgdlab.SgdDynamicsLab');
  const trouble = profileTrouble();
  if (trouble !== null) {
    // without its folder Chromium could not even tell whether the app is running already
    void app.whenReady().then(() => {
      sayCannotStart(app.getPath('userData'), trouble);
      app.exit(1);
    });
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  keepOffline();
  void app.whenReady().then(() => open(args));
}

function open(args: readonly string[]): void {
  let window: BrowserWindow | undefined;
  const ended = new EndOfWork(
    () => window,
    () => lab.texts(),
    (id) => {
      const study = lab.library.openStudy(id);
      return study.ok ? study.value.summary.name : 'SGD Dynamics Lab';
    },
  );
  const openLab = (folder: string) =>
    new Laboratory(
      folder,
      (threads) => new WorkerPool(new URL('./worker.js', import.meta.url), threads),
      (name, payload) => {
        send(window?.webContents, name, payload);
        if (name === 'job') ended.heard(payload as JobInfo);
      },
      app.getLocale(),
    );
  const opened = openPlace(openLab);
  if (opened === null) {
    app.exit(1);
    return;
  }
  let lab = opened;
  denyByDefault();
  serveApp(join(import.meta.dirname, '..', 'renderer'));
  nativeTheme.themeSource = lab.library.settings().theme;
  const showMenu = () =>
    installMenu(lab.texts(), recentFiles(lab.library), {
      give: (command) => send(window?.webContents, 'menu', { command }),
      open: (path) => openFiles([path]),
    });
  showMenu();
  const desk = { lab: () => lab, window: () => window as BrowserWindow };
  const reopen = (folder: string) => {
    lab = openLab(folder);
    // its settings may ask for another language
    showMenu();
  };
  const profile = app.getPath('userData');
  const drafts = new KeptDrafts(() => draftPlaces(lab.library.folder, profile));
  let closing: Closing | undefined;
  serveCommands(
    handlers({
      ...desk,
      drafts,
      showMenu,
      closing: (what) => closing?.answer(what),
      moveLibrary: () => moveLibrary({ ...desk, profile, reopen }),
    }),
  );

  const show = () => {
    window = createWindow(() => lab.library);
    const shown = window;
    closing = closeAfterAsking(
      shown,
      () => mayClose(lab, shown),
      () => send(shown.webContents, 'closing', {}),
    );
    window.on('closed', () => (window = undefined));
    // somebody may have been at the library's file meanwhile
    window.on('focus', () => noticeOthers(lab));
  };
  const openFiles = async (paths: string[]) => {
    for (const path of paths) {
      const answer = await lab.importFiles([path]);
      if (answer.ok) for (const studyId of answer.value) send(window?.webContents, 'show', { studyId });
      else
        send(window?.webContents, 'trouble', { message: `${path}: ${reasons(answer.refusals, lab.texts().language)}` });
    }
    showMenu();
  };
  show();
  // after the window is there, so that it does not wait; estimates are of a typical machine until then
  const afterStart = () => {
    lab.purgeBin();
    removeLeftBeside(lab.library);
    void lab.measureRates();
  };
  window?.webContents.once('did-finish-load', () => setTimeout(afterStart, AFTER_START_MS));
  const files = filesToOpen(args);
  if (files.length > 0)
    window?.webContents.once('did-finish-load', () => void openFiles(files.map((file) => resolve(file))));

  app.on('second-instance', (_event, argv, workingDirectory) => {
    if (!window) show();
    if (window?.isMinimized()) window.restore();
    window?.focus();
    const paths = filesToOpen(argv.slice(1)).map((file) => resolve(workingDirectory, file));
    if (paths.length > 0) void openFiles(paths);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void openFiles([path]);
  });
  app.on('activate', () => {
    if (!window) show();
  });
  app.on('window-all-closed', () => app.quit());
  // quitting again while this event is handled would be ignored: the program exits when everything is closed
  app.on('will-quit', (event) => {
    event.preventDefault();
    // asked while the library is open
    const words = lab.texts();
    void lab
      .close(draftPlaces(lab.library.folder, profile))
      .catch((error: unknown) => sayTrouble(words, words.say('dialog.notAllStored'), reasonOf(error, words.language)))
      .finally(() => app.exit(0));
  });
}

const reasons = (refusals: readonly Refusal[], language: Language) =>
  refusals.map(refusalsIn(language).reason).join('\n');

/** Why the folder of the window's profile cannot be used; null if it can. */
function profileTrouble(): unknown {
  const folder = app.getPath('userData');
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    return error;
  }
}

function noticeOthers(lab: Laboratory): void {
  try {
    lab.library.attend();
  } catch {
    // said when something is to be saved
  }
}

/** Running jobs and results that the library refuses are left only after asking; what is stored is kept either way. */
function mayClose(lab: Laboratory, window: BrowserWindow): boolean {
  const question = leavingQuestion(lab.texts(), lab.runner.list().length > 0, lab.unstored());
  if (question === null) return true;
  return dialog.showMessageBoxSync(window, { type: 'question', defaultId: 0, cancelId: 0, ...question }) === 1;
}
