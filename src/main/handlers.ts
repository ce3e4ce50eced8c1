/** The commands of the IPC surface, by what they call. */
import { app, type BrowserWindow, nativeTheme } from 'electron';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from '../text/reason.ts';
import { emptyBin } from './empty-bin.ts';
import { exportStudy, importStudies, saveFile } from './files.ts';
import { type CommandHandlers } from './ipc/server.ts';
import { type KeptDrafts } from './kept-drafts.ts';
import { refused, type Laboratory } from './laboratory.ts';
import { openLink } from './security.ts';

/** What the handlers work with; window and laboratory may be replaced by others while the app runs. */
export interface Desk {
  lab(): Laboratory;
  window(): BrowserWindow;
  readonly drafts: KeptDrafts;
  closing(what: 'asking' | 'leave' | 'stay'): void;
  moveLibrary: CommandHandlers['moveLibrary'];
}

export function handlers({ lab, window, drafts, closing, moveLibrary }: Desk): CommandHandlers {
  return {
    listStudies: (query) => lab().library.listStudies(query),
    createStudy: (from) => lab().create(from),
    openStudy: ({ id, anew = false }) => lab().open(id, anew),
    saveStudy(change) {
      try {
        return lab().library.saveStudy(change);
      } catch (error) {
        return refused(reasonOf(error));
      }
    },
    keepDraft: ({ text, ...key }) => drafts.keep(key, text),
    dropDraft: (key) => drafts.drop(key),
    keptDrafts: () => drafts.list(),
    setTags: ({ id, tags }) => lab().library.setTags(id, tags),
    archiveStudy: ({ id, archived }) => lab().library.archiveStudy(id, archived),
    deleteStudy: ({ id }) => lab().delete(id),
    restoreStudy: ({ id }) => lab().library.restoreStudy(id),
    emptyBin: () => emptyBin(lab(), window()),
    results: ({ id, experiment }) => lab().library.results(id, experiment),
    run: ({ id, experiments }) => lab().run(id, experiments),
    pauseJob: ({ job, paused }) => lab().runner.pause(job, paused),
    cancelJob: ({ job }) => lab().runner.cancel(job),
    listJobs: () => lab().runner.list(),
    presets: () => lab().presets(),
    importStudies: ({ paths }) => importStudies(lab(), window(), paths),
    exportStudy: ({ id, format }) => exportStudy(lab(), window(), id, format),
    saveFile: ({ name, bytes }) => saveFile(window(), name, bytes),
    settings: () => lab().library.settings(),
    changeSettings(change) {
      const settings = lab().changeSettings(change);
      nativeTheme.themeSource = settings.theme;
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
