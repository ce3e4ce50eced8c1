/**
 * The study library: every study, its results and the settings, in one SQLite file `library.sqlite` of a folder.
 * What a method has done is on disk when it returns. One process at a time has a library open.
 * Puts documents (studies.ts) and curves (curves.ts, stored-results.ts) together over one connection.
 */
import { draftOf, studyFileOf } from '../../study/draft.ts';
import { type Settings } from '../../api/settings.ts';
import {
  type Answer,
  type ExperimentDraft,
  type ExperimentStatus,
  type StudyDraft,
  type StudyRecord,
  type StudySummary,
} from '../../api/types.ts';
import { gridTimes } from '../../core/experiment/grid.ts';
import { keysOf, keysOfVersion } from '../../core/experiment/identity.ts';
import { parseSoundPart } from '../../study/parse.ts';
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';
import { type Curve, type ExperimentFrame } from '../../study/experiment-results.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';
import { type Connection } from './connection.ts';
import { copyCurves, storeCurve, storeDescription } from './curves.ts';
import { DraftReader } from './keys.ts';
import { LibraryError } from './errors.ts';
import { type Exportable, type ImportedResults, type LibraryResults, type MissingWork } from './library-types.ts';
import { lineNames } from './lineage.ts';
import { type InstanceLock } from './lock.ts';
import { recoverDraft } from './recover.ts';
import { forgetOthers, missingWork, noteRun, resultsOf, statusOf, tidy } from './stored-results.ts';
import { reason } from './rows.ts';
import { changeSettings, readSettings, recall, remember } from './settings.ts';
import { refused, Studies } from './studies.ts';
import { refusal, refusalsOf, reason as reasonFor } from '../../refusal/refusal.ts';

/** Curves that are removed for ever in one transaction. */
const PURGED_AT_ONCE = 100;

export class Library {
  private readonly studies: Studies;
  private readonly reader = new DraftReader();

  constructor(
    readonly folder: string,
    private readonly connection: Connection,
    private readonly lock: InstanceLock,
    private readonly now: () => number,
    private readonly newId: () => string,
  ) {
    this.studies = new Studies(connection, now);
  }

  /**
   * Studies that are not in the bin, last modified first, with `archived` ones or the others. Every word of `search`
   * must occur in the name, the notes, a tag or a parameter, whatever the case. Damaged studies are listed as such.
   */
  listStudies(query: { search: string; archived: boolean }): StudySummary[] {
    this.look();
    return this.studies.list(query);
  }

  createStudy(draft: StudyDraft, tags: readonly string[] = []): string {
    const id = this.newId();
    this.studies.insert(id, draft, tags);
    return id;
  }

  /** A copy under a new name, with tags and results. Refused if the study cannot be read. */
  copyStudy(id: string, name: string): Answer<string> {
    return this.withDraft(id, (draft) =>
      this.connection.transaction(() => {
        const copy = this.createStudy({ ...draft, name }, this.studies.tags(id));
        copyCurves(this.connection, id, copy);
        return { ok: true, value: copy };
      }),
    );
  }

  openStudy(id: string): Answer<StudyRecord> {
    this.look();
    const summary = this.studies.summaryOf(id);
    if (!summary) return refused(refusal('', 'no-study', {}));
    return this.withDraft(id, (draft, revision) => {
      const lineOf = lineNames(draft.sweep);
      const status = draft.experiments.map((each) => this.status(id, each, lineOf(each)));
      return { ok: true, value: { summary, draft, revision, status } };
    });
  }

  private status(id: string, draft: ExperimentDraft, line: string): ExperimentStatus {
    try {
      return statusOf(this.connection, this.reader, id, draft, line);
    } catch (error) {
      // a part of the file that SQLite itself cannot read; the other experiments still can be
      const outcome = {
        status: 'failed' as const,
        t: 0,
        why: reasonFor('damaged', { what: 'results', said: reason(error) }),
      };
      const troubles = [{ source: { kind: curveKinds[0].kind }, outcome }];
      return { experimentId: draft.id, key: null, state: 'none', finishedRuns: 0, askedRuns: 0, troubles };
    }
  }

  /** Refused if `revision` is not the stored one: somebody else has saved in between. */
  saveStudy({ id, draft, revision }: { id: string; draft: StudyDraft; revision: number }): Answer<StudyRecord> {
    const saved = this.connection.transaction(() => {
      const answer = this.studies.save(id, draft, revision);
      return answer;
    });
    return saved.ok ? this.openStudy(id) : saved;
  }

  /** Tags are trimmed; empty and repeated ones are dropped. */
  setTags(id: string, tags: readonly string[]): void {
    this.studies.setTags(id, tags);
  }

  archiveStudy(id: string, archived: boolean): void {
    this.studies.archive(id, archived);
  }

  /** Moves a study to the bin; `restoreStudy` undoes it until `purgeBin`. */
  deleteStudy(id: string): void {
    this.connection.makeRoom(() => this.studies.setDeleted(id, true));
  }

  restoreStudy(id: string): void {
    this.studies.setDeleted(id, false);
  }

  /** Number of studies that were deleted before a time (ms since 1970) and are still in the bin. */
  inBin(before: number): number {
    const found = this.connection.get(
      'SELECT count(*) AS studies FROM studies WHERE deleted IS NOT NULL AND deleted < ?',
      [before],
    );
    return Number(found?.studies ?? 0);
  }

  /** Removes for ever what was deleted before a time (ms since 1970), and what nothing refers to. Returns studies removed. */
  purgeBin(before: number): number {
    const removed = this.connection.makeRoom(() => {
      this.purgeCurves(before);
      return this.connection.transaction(() => {
        const count = this.connection.run('DELETE FROM studies WHERE deleted IS NOT NULL AND deleted < ?', [before]);
        this.connection.run('DELETE FROM descriptions WHERE hash NOT IN (SELECT description FROM curves)');
        this.connection.run('DELETE FROM frames WHERE key NOT IN (SELECT theory_key FROM descriptions)');
        return count;
      });
    });
    this.connection.makeRoom(() => this.connection.shrink());
    return removed;
  }

  /** Few at a time: every page that is touched goes through the log, and a full disk has little room for it. */
  private purgeCurves(before: number): void {
    const some = `DELETE FROM curves WHERE id IN (SELECT curves.id FROM curves JOIN studies ON studies.id = study
      WHERE deleted IS NOT NULL AND deleted < ? LIMIT ${PURGED_AT_ONCE})`;
    while (this.connection.run(some, [before]) === PURGED_AT_ONCE) this.connection.checkpoint();
  }

  /**
   * Results of a description, whichever experiment of the study it was run as; if there are none, those that the
   * experiment of that id was last run as, with their standing. Runs that failed or were cancelled are left out; theory
   * curves are given as far as they got.
   */
  results(id: string, draft: ExperimentDraft): LibraryResults {
    const found = this.withDraft(id, ({ sweep }): Answer<LibraryResults> => {
      return { ok: true, value: this.resultsOf(id, draft, lineNames(sweep)(draft)) };
    });
    return found.ok ? found.value : { key: null, results: null, standing: 'current', refusals: found.refusals };
  }

  private resultsOf(id: string, draft: ExperimentDraft, line: string): LibraryResults {
    try {
      return resultsOf(this.connection, this.reader, id, draft, line);
    } catch (error) {
      return {
        key: null,
        results: null,
        standing: 'current',
        refusals: [refusal(draft.id, 'damaged', { what: 'results', said: reason(error) })],
      };
    }
  }

  /** Gives another study the results of an experiment's description, as what its experiment `as` was run as. */
  copyResults(from: string, draft: ExperimentDraft, to: string, as: string): void {
    const { results, standing } = this.results(from, draft);
    if (results === null || standing === 'earlier-version' || standing === 'unverified') return;
    const { experiment, frame, curves } = results;
    const keys = keysOf(experiment);
    this.connection.transaction(() => {
      storeDescription(this.connection, experiment, keys, frame);
      noteRun(this.connection, to, as, keys, this.now());
      for (const curve of curves) storeCurve(this.connection, to, keys, curve, this.now());
    });
  }

  /** What is not stored of a description. */
  missingWork(id: string, experiment: Experiment): MissingWork {
    return missingWork(this.connection, id, experiment, keysOf(experiment));
  }

  /** Notes what experiments are run as: results of it are shown, with their standing, after an edit. */
  noteRun(id: string, experiments: readonly Experiment[]): void {
    this.withDraft(id, ({ sweep }): Answer<null> => {
      const lineOf = lineNames(sweep);
      this.connection.transaction(() => {
        for (const each of experiments) noteRun(this.connection, id, lineOf(each), keysOf(each), this.now());
      });
      return { ok: true, value: null };
    });
  }

  /**
   * Stores a curve in one transaction. It replaces the same curve of the same description, but an unfinished curve
   * (failed, cancelled) never replaces a finished one.
   * @param frame of the experiment, if at hand; else it is computed (once per description).
   * @throws IdentityError if the curve was computed for another description.
   */
  storeCurve(id: string, experiment: Experiment, curve: Curve, frame?: ExperimentFrame): void {
    const keys = keysOf(experiment);
    this.connection.transaction(() => {
      storeDescription(this.connection, experiment, keys, frame);
      storeCurve(this.connection, id, keys, curve, this.now());
    });
  }

  /** Forgets what experiments that a study no longer has were run as: another of that id begins anew. */
  forgetDeleted(id: string): void {
    this.withDraft(id, ({ experiments, sweep }): Answer<null> => {
      this.connection.transaction(() => forgetOthers(this.connection, id, experiments.map(lineNames(sweep))));
      return { ok: true, value: null };
    });
  }

  /** The same, and drops curves that no experiment of a study shows, as nothing can bring back once it is left. Returns curves dropped. */
  tidy(id: string): number {
    const found = this.withDraft(id, ({ experiments, sweep }): Answer<number> => {
      const lineOf = lineNames(sweep);
      const dropped = this.connection.transaction(() => {
        forgetOthers(this.connection, id, experiments.map(lineOf));
        return tidy(this.connection, this.reader, id, experiments, lineOf);
      });
      return { ok: true, value: dropped };
    });
    return found.ok ? found.value : 0;
  }

  /**
   * What can be read of a damaged study, as a new one: its name, and the experiments that have results with these.
   * Refused if nothing can be.
   */
  recoverStudy(id: string): Answer<string> {
    const summary = this.studies.summaryOf(id);
    const draft = summary && recoverDraft(this.connection, id, summary.name);
    if (!summary || !draft) return refused(refusal('', 'nothing-readable', {}));
    return this.connection.transaction(() => {
      const copy = this.createStudy(draft, summary.tags);
      copyCurves(this.connection, id, copy);
      return { ok: true, value: copy };
    });
  }

  /** The stored text of a study's document, whatever its state, and the study's name; null if there is none. */
  rawDocument(id: string): { readonly name: string; readonly text: string } | null {
    return this.studies.raw(id);
  }

  /** A study with its results, in one transaction; what is not of its descriptions is kept as such. */
  importStudy(study: Study, results: readonly ImportedResults[], tags: readonly string[] = []): string {
    return this.connection.transaction(() => {
      const id = this.createStudy(draftOf(study), tags);
      const lineOf = lineNames(study.sweep);
      for (const { experiment, frame, curves, version } of results) {
        const keys = version === undefined ? keysOf(experiment) : keysOfVersion(experiment, version);
        // shared by all studies: the times are the description's, not those of a file
        storeDescription(this.connection, experiment, keys, { ...frame, t: gridTimes(experiment) });
        const own = study.experiments.find((each) => each.id === experiment.id) ?? experiment;
        noteRun(this.connection, id, lineOf(own), keys, this.now());
        for (const curve of curves) storeCurve(this.connection, id, keys, curve, this.now());
      }
      return id;
    });
  }

  /** What can be exported of a study; refused with the parser's refusals if no experiment can. */
  exportable(id: string): Answer<Exportable> {
    return this.withDraft(id, (draft) => {
      const parsed = parseSoundPart(studyFileOf(draft));
      if (!parsed.ok) return parsed;
      const { study, left } = parsed.value;
      const lineOf = lineNames(draft.sweep);
      const sound = new Set(study.experiments.map((experiment) => experiment.id));
      const found = draft.experiments
        .filter((experiment) => sound.has(experiment.id))
        .map((experiment) => this.resultsOf(id, experiment, lineOf(experiment)));
      const results = found.flatMap((each) => (each.results && each.standing === 'current' ? [each.results] : []));
      const older = new Map(
        found.flatMap(({ results: of, standing }) =>
          of && standing !== 'current' ? [[of.experiment.id, standing] as const] : [],
        ),
      );
      const order = draft.experiments.map(({ id: each, name }) => ({ id: each, name: String(name || each) }));
      const damage = found.flatMap((each) => each.refusals);
      return { ok: true, value: { study, results, older, left, order, damage } };
    });
  }

  private withDraft<T>(id: string, use: (draft: StudyDraft, revision: number) => Answer<T>): Answer<T> {
    let document;
    try {
      document = this.studies.document(id);
    } catch (error) {
      return refused(...refusalsOf(error));
    }
    return use(document.draft, document.revision);
  }

  settings(): Settings {
    return readSettings(this.connection);
  }

  changeSettings(change: Partial<Settings>): Settings {
    return changeSettings(this.connection, change);
  }

  /** A small JSON value that the program keeps for itself (window state, recent files); undefined if there is none. */
  recall(key: string): unknown {
    return recall(this.connection, `own:${key}`);
  }

  remember(key: string, value: unknown): void {
    remember(this.connection, `own:${key}`, value);
  }

  /** Notices other programs before something is read; what is wrong with the file matters once it is written. */
  private look(): void {
    try {
      this.connection.notice();
    } catch (error) {
      if (!(error instanceof LibraryError)) throw error;
    }
  }

  /**
   * Looks whether the library's file was removed, replaced or written by another program, and acts on it, as every
   * method that writes does by itself.
   * @throws LibraryError
   */
  attend(): void {
    this.connection.attend();
  }

  /** @throws LibraryError 'lost' if the file was removed and cannot be written again; the message names a copy. */
  close(): void {
    try {
      this.connection.close();
    } finally {
      this.lock.release();
    }
  }
}
