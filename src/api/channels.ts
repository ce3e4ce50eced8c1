/** Names that the preload and the main process share. */
import { type CommandName } from './surface.ts';

export const COMMAND_CHANNEL = 'lab:command';
export const EVENT_CHANNEL = 'lab:event';

/** Every command once; a missing or unknown name does not compile. */
const NAMES: Record<CommandName, true> = {
  listStudies: true,
  createStudy: true,
  openStudy: true,
  saveStudy: true,
  keepDraft: true,
  dropDraft: true,
  keptDrafts: true,
  setTags: true,
  archiveStudy: true,
  deleteStudy: true,
  restoreStudy: true,
  emptyBin: true,
  results: true,
  run: true,
  pauseJob: true,
  cancelJob: true,
  listJobs: true,
  presets: true,
  importStudies: true,
  exportStudy: true,
  saveFile: true,
  settings: true,
  changeSettings: true,
  machine: true,
  moveLibrary: true,
  closing: true,
  notices: true,
  openLink: true,
};
export const COMMAND_NAMES = Object.keys(NAMES) as readonly CommandName[];
