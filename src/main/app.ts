/** The desktop app: one instance, one window, one laboratory. */
import { app, type BrowserWindow, dialog, nativeTheme } from 'electron';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { filesToOpen } from './cli-call.ts';
import { exportStudy, importStudies, saveFile } from './files.ts';
import { send, serveCommands } from './ipc/server.ts';
import { Laboratory } from './laboratory.ts';
import { installMenu } from './menu.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { denyByDefault, openLink } from './security.ts';
import { createWindow } from './window.ts';

/** Folder of the study library; SGDLAB_DATA moves it. */
function dataFolder(): string {
  return process.env.SGDLAB_DATA ? resolve(process.env.SGDLAB_DATA) : app.getPath('userData');
}

export function startApp(args: readonly string[]): void {
  if (process.env.SGDLAB_DATA) app.setPath('userData', dataFolder());
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  void app.whenReady().then(() => open(args));
}

function open(args: readonly string[]): void {
  let window: BrowserWindow | undefined;
  let lab: Laboratory;
  try {
    lab = new Laboratory(dataFolder(), new URL('./worker.js', import.meta.url), (name, payload) =>
      send(window?.webContents, name, payload),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    dialog.showErrorBox('The study library cannot be opened', `${dataFolder()}\n\n${message}\n\nNothing was changed.`);
    app.exit(1);
    return;
  }
  denyByDefault();
  serveApp(join(import.meta.dirname, '..', 'renderer'));
  nativeTheme.themeSource = lab.library.settings().theme;
  installMenu((command) => send(window?.webContents, 'menu', { command }));
  serveCommands(handlers(lab, () => window as BrowserWindow));

  const show = () => {
    window = createWindow(lab.library);
    window.on('close', (event) => {
      if (!mayClose(lab, window as BrowserWindow)) event.preventDefault();
    });
    window.on('closed', () => (window = undefined));
  };
  const openFiles = (paths: string[]) => {
    const answer = lab.importFiles(paths);
    if (answer.ok) for (const studyId of answer.value) send(window?.webContents, 'show', { studyId });
    else
      send(window?.webContents, 'trouble', {
        message: answer.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'),
      });
  };
  show();
  const files = filesToOpen(args);
  if (files.length > 0)
    window?.webContents.once('did-finish-load', () => openFiles(files.map((file) => resolve(file))));

  app.on('second-instance', (_event, argv, workingDirectory) => {
    if (!window) show();
    if (window?.isMinimized()) window.restore();
    window?.focus();
    const paths = filesToOpen(argv.slice(1)).map((file) => resolve(workingDirectory, file));
    if (paths.length > 0) openFiles(paths);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFiles([path]);
  });
  app.on('activate', () => {
    if (!window) show();
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void lab.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

/** A running job is left only after asking; what it has finished is kept either way. */
function mayClose(lab: Laboratory, window: BrowserWindow): boolean {
  if (lab.runner.list().length === 0) return true;
  const choice = dialog.showMessageBoxSync(window, {
    type: 'question',
    buttons: ['Keep running', 'Stop and quit'],
    defaultId: 0,
    cancelId: 0,
    message: 'Experiments are still running.',
    detail: 'Finished runs are saved. The runs in progress would start again the next time.',
  });
  return choice === 1;
}

function handlers(lab: Laboratory, window: () => BrowserWindow): Parameters<typeof serveCommands>[0] {
  const { library, runner } = lab;
  return {
    listStudies: (query) => library.listStudies(query),
    createStudy: (from) => lab.create(from),
    openStudy: ({ id }) => library.openStudy(id),
    saveStudy: (change) => library.saveStudy(change),
    setTags: ({ id, tags }) => library.setTags(id, tags),
    archiveStudy: ({ id, archived }) => library.archiveStudy(id, archived),
    deleteStudy: ({ id }) => library.deleteStudy(id),
    restoreStudy: ({ id }) => library.restoreStudy(id),
    results: ({ id, experimentId }) => library.results(id, experimentId),
    run: ({ id, experimentIds }) => lab.run(id, experimentIds),
    pauseJob: ({ job, paused }) => runner.pause(job, paused),
    cancelJob: ({ job }) => runner.cancel(job),
    listJobs: () => runner.list(),
    presets: () => lab.presets(),
    importStudies: ({ paths }) => importStudies(lab, window(), paths),
    exportStudy: ({ id, format }) => exportStudy(lab, window(), id, format),
    saveFile: ({ name, bytes }) => saveFile(window(), name, bytes),
    settings: () => library.settings(),
    changeSettings(change) {
      const settings = lab.changeSettings(change);
      nativeTheme.themeSource = settings.theme;
      return settings;
    },
    machine: () => ({
      cores: availableParallelism(),
      threads: lab.threads(),
      platform: `${process.platform}-${process.arch}`,
      versions: {
        app: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
      },
      dataFolder: library.folder,
    }),
    openLink: ({ url }) => openLink(url),
  };
}
