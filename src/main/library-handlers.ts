/** Answers that need no window: those of the library, the queue and the kept drafts. */
import { rmSync } from 'node:fs';
import { refusal } from '../refusal/refusal.ts';
import { type CommandHandlers } from '../api/commands.ts';
import { type KeptDrafts } from './kept-drafts.ts';
import { listKeptResults } from './kept-results.ts';
import { recentFiles } from './came-from.ts';
import { glanceAt } from './glance.ts';
import { type Laboratory } from './laboratory.ts';
import { keepLook, lookOf } from './looks.ts';
import { refused, refusedBy } from './refused.ts';

/** @param lab the laboratory of now: it may be replaced by that of another folder. */
export function libraryHandlers(lab: () => Laboratory, drafts: KeptDrafts) {
  /** The page names files of the list alone. */
  const isKept = (path: string) => listKeptResults(drafts.places()).some((kept) => kept.path === path);
  return {
    listStudies: (query) => lab().library.listStudies(query),
    createStudy: (from) => lab().create(from),
    openStudy: ({ id, anew = false }) => lab().open(id, anew),
    saveStudy(change) {
      try {
        return lab().library.saveStudy(change);
      } catch (error) {
        return refusedBy(error);
      }
    },
    keepDraft: ({ text, ...key }) => drafts.keep(key, text),
    dropDraft: (key) => drafts.drop(key),
    keptDrafts: () => drafts.list(),
    keptResults: () => listKeptResults(drafts.places()),
    async takeKeptResults({ path }) {
      if (!isKept(path)) return refused(refusal(path, 'said', { text: lab().texts().say('kept.gone') }));
      const answer = await lab().importFiles([path], true);
      if (answer.ok) rmSync(path, { force: true });
      return answer;
    },
    dropKeptResults({ path }) {
      if (isKept(path)) rmSync(path, { force: true });
    },
    setTags: ({ id, tags }) => lab().library.setTags(id, tags),
    archiveStudy: ({ id, archived }) => lab().library.archiveStudy(id, archived),
    deleteStudy: ({ id }) => lab().delete(id),
    restoreStudy: ({ id }) => lab().library.restoreStudy(id),
    recoverStudy: ({ id }) => lab().library.recoverStudy(id),
    results: ({ id, experiment }) => lab().library.results(id, experiment),
    look: ({ of }) => lookOf(lab().library, of),
    keepLook: ({ of, look }) => keepLook(lab().library, of, look),
    copyResults: ({ from, experiment, to, as }) => lab().library.copyResults(from, experiment, to, as),
    run: ({ id, experiments }) => lab().run(id, experiments),
    pauseJob: ({ job, paused }) => lab().runner.pause(job, paused),
    cancelJob: ({ job }) => lab().runner.cancel(job),
    listJobs: () => lab().runner.list(),
    clusterOf: ({ id }) => lab().clusters.of(id),
    forgetCluster: ({ id }) => lab().clusters.forget(id),
    glance: ({ id }) => glanceAt(lab().library, id),
    recentFiles: () => recentFiles(lab().library),
    presets: () => lab().presets(),
    settings: () => lab().library.settings(),
  } satisfies Partial<CommandHandlers>;
}
