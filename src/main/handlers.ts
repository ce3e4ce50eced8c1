/** The main process's answer to each command of the table (api/commands.ts), by what it calls. */
import { app, type BrowserWindow, nativeTheme } from 'electron';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CommandHandlers } from '../api/commands.ts';
import { planCluster, watchCluster } from './cluster-dialogs.ts';
import { emptyBin } from './empty-bin.ts';
import { exportStudies, exportStudy, importStudies, saveFile, saveInFolder, saveStudyText } from './files.ts';
import { type KeptDrafts } from './kept-drafts.ts';
import { type Laboratory } from './laboratory.ts';
import { libraryHandlers } from './library-handlers.ts';
import { copyPicture } from './copy-picture.ts';
import { printPdf } from './print.ts';
import { refusedBy } from './refused.ts';
import { openLink } from './security.ts';

/** What the handlers work with; window and laboratory may be replaced by others while the app runs. */
export interface Desk {
  lab(): Laboratory;
  window(): BrowserWindow;
  readonly drafts: KeptDrafts;
  /** Builds the native menu again, in the language of now and with the files of late. */
  showMenu(): void;
  closing(what: 'asking' | 'leave' | 'stay'): void;
  moveLibrary: CommandHandlers['moveLibrary'];
}

export function handlers({ lab, window, drafts, showMenu, closing, moveLibrary }: Desk): CommandHandlers {
  const withMenu = async <T>(work: Promise<T>): Promise<T> => {
    const answer = await work;
    showMenu();
    return answer;
  };
  return {
    ...libraryHandlers(lab, drafts),
    planCluster: ({ id }) => planCluster(lab(), window(), id),
    watchCluster: ({ id }) => watchCluster(lab(), window(), id),
    emptyBin: () => emptyBin(lab(), window()),
    importStudies: ({ paths, again }) => withMenu(importStudies(lab(), window(), paths, again)),
    exportStudy: ({ id, format }) => exportStudy(lab(), window(), id, format),
    exportStudies: ({ ids, format }) => exportStudies(lab(), window(), ids, format),
    saveStudyText: ({ id }) => saveStudyText(lab(), window(), id),
    copyPicture: ({ bytes }) => copyPicture(bytes),
    saveFolder: ({ name, study, files }) => saveInFolder(lab(), window(), name, files, study),
    printPdf: async ({ html, ...page }) => {
      try {
        return { ok: true, value: await printPdf(html, page) };
      } catch (error) {
        return refusedBy(error);
      }
    },
    saveFile: ({ name, bytes }) => saveFile(window(), name, bytes),
    changeSettings(change) {
      const settings = lab().changeSettings(change);
      nativeTheme.themeSource = settings.theme;
      if (change.language !== undefined) showMenu();
      return settings;
    },
    machine: () => ({
      cores: availableParallelism(),
      threads: lab().threads(),
      platform: `${process.platform}-${process.arch}`,
      versions: {
        app: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
      },
      dataFolder: lab().library.folder,
      rates: lab().runner.rates,
    }),
    moveLibrary,
    closing: ({ what }) => closing(what),
    notices: () => readFileSync(join(import.meta.dirname, '..', 'third-party-notices.txt'), 'utf8'),
    openLink: ({ url }) => openLink(url),
  };
}
