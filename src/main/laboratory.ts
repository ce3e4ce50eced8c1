/** The lab of the app: the study library and the job queue together, without any window. */
import { availableParallelism } from 'node:os';
import { parseExperiment, parseStudy, requireParsed } from '../study/parse.ts';
import { presetOf, presets } from '../study/presets/presets.ts';
import { BIN_DAYS } from '../api/bin.ts';
import { type LabCommands } from '../api/commands.ts';
import { type Emit } from '../api/events.ts';
import { type Settings } from '../api/settings.ts';
import {
  type Answer,
  type JobId,
  type PresetInfo,
  type StudyDraft,
  type StudyId,
  type StudyRecord,
} from '../api/types.ts';
import { refusalsIn } from '../text/refusals/index.ts';
import { refusal, Refused, refusalsOf, type Refusal } from '../refusal/refusal.ts';
import { keysOf, workKey } from '../core/experiment/identity.ts';
import { type CurveSource } from '../core/experiment/curve-source.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { LibraryError } from '../lab/database/errors.ts';
import { openLibrary } from '../lab/database/open.ts';
import { type Exportable } from '../lab/database/library-types.ts';
import { type Library } from '../lab/database/library.ts';
import { type ExportTask } from '../lab/exported-study.ts';
import { type WorkerPool } from '../lab/jobs/pool.ts';
import { JobRunner, type EndedCurve, type ExperimentWork } from '../lab/jobs/runner.ts';
import { languageOf } from '../text/language.ts';
import { presetStudy } from '../text/preset-study.ts';
import { reasonOf } from '../text/reason.ts';
import { texts, type Texts } from '../text/texts.ts';
import { freeName } from '../study/free-name.ts';
import { Clusters } from './clusters.ts';
import { rememberFile, rememberImport, studyFrom } from './came-from.ts';
import { draftPlaces } from './kept-drafts.ts';
import { refused, refusedBy, within } from './refused.ts';
import { keepResults } from './kept-results.ts';
import { keepLook, lookOf } from './looks.ts';

const DAY_MS = 86_400_000;

/** Pause before results that could not be stored are tried again. */
const RETRY_MS = 3000;
/** Time for what is computed to stop by itself, at the end; threads that have not are ended then. */
const STOP_MS = 3000;

/** What the library is to take: a curve, or what experiments are run as. */
type Waiting =
  | { readonly kind: 'curve'; readonly ended: EndedCurve }
  | { readonly kind: 'run'; readonly studyId: StudyId; readonly experiments: readonly Experiment[] };

export class Laboratory {
  readonly library: Library;
  readonly runner: JobRunner;
  /** Folders in which clusters compute studies. */
  readonly clusters: Clusters;
  private readonly pool: WorkerPool;
  /** Reads files that are imported, on a thread of its own: none waits for what is computed. */
  private readonly reader: WorkerPool;
  /** One import after the other: two of one file are one study. */
  private importing: Promise<unknown> = Promise.resolve();
  /** The study that the page has open. */
  private openId: StudyId | null = null;
  /** What the library has not taken yet, in order. */
  private readonly waiting: Waiting[] = [];
  private retry: ReturnType<typeof setTimeout> | undefined;
  /** Why it does not take results, once that was said. */
  private refused: string | null = null;

  /**
   * @param makePool of so many threads.
   * @param systemLanguage tag of the operating system's language, for where the settings leave it to that.
   * @throws LibraryError if the library cannot be opened.
   */
  constructor(
    folder: string,
    makePool: (threads: number) => WorkerPool,
    private readonly emit: Emit,
    private readonly systemLanguage = 'en',
  ) {
    this.library = openLibrary(folder, {
      onIntervention: (what) => {
        emit('libraryFile', what);
        emit('library', { studyId: null });
      },
    });
    this.clusters = new Clusters({ library: this.library, emit, said: (error) => this.said(error) });
    this.pool = makePool(this.threads());
    this.reader = makePool(1);
    this.runner = new JobRunner(this.pool, {
      job: (info) => emit('job', info),
      rows: (rows) => emit('rows', rows),
      curve: (ended) => this.store({ kind: 'curve', ended }),
    });
  }

  /** Writes a study in a thread of its own; where it is. */
  async writeExported(exportable: Exportable, format: ExportTask['format'], target: string): Promise<Answer<string>> {
    const { language } = this.texts();
    try {
      return await this.reader.writeExported({ exportable, format, target, language });
    } catch (error) {
      return refusedBy(error, target);
    }
  }

  /** A study's report as a page, made in a thread of its own. */
  reportOf(exportable: Exportable): Promise<string> {
    return this.reader.reportOf(exportable, this.texts().language);
  }

  /** Measures what work costs on this machine, for estimates; without it they are those of a typical one. */
  async measureRates(): Promise<void> {
    await this.runner.measureRates();
    if (this.runner.rates) this.emit('rates', this.runner.rates);
  }

  /** Worker threads, as set or as many as the machine has cores. */
  threads(): number {
    return this.library.settings().threads ?? availableParallelism();
  }

  /** What is said here and in dialogs, in the language of the settings. */
  texts(): Texts {
    return texts(languageOf(this.library.settings().language, this.systemLanguage));
  }

  /** The same of a library whose settings may not be readable any more. */
  private textsAtLast(): Texts {
    try {
      return this.texts();
    } catch {
      return texts('en');
    }
  }

  changeSettings(change: Partial<Settings>): Settings {
    const settings = this.library.changeSettings(change);
    this.runner.setThreads(this.threads());
    return settings;
  }

  presets(): PresetInfo[] {
    return presets.map(({ name, study }) => {
      const { experiments } = requireParsed(parseStudy(study()));
      return { name, experiments: experiments.length };
    });
  }

  create(from: Parameters<LabCommands['createStudy']>[0]): StudyId {
    if (from.kind === 'empty') return this.library.createStudy(this.emptyDraft());
    if (from.kind === 'draft') return this.library.createStudy(from.draft);
    if (from.kind === 'preset') return this.createFromPreset(from.name);
    const original = this.library.openStudy(from.id);
    const all = [true, false].flatMap((archived) => this.library.listStudies({ search: '', archived }));
    const taken = all.map(({ name }) => name);
    const name = original.ok ? freeName(original.value.summary.name, taken) : '';
    const copied = this.library.copyStudy(from.id, name);
    if (!copied.ok) throw new Refused(copied.refusals);
    keepLook(this.library, copied.value, lookOf(this.library, from.id));
    return copied.value;
  }

  private emptyDraft(): StudyDraft {
    return { name: this.texts().say('study.unnamed'), notes: '', experiments: [] };
  }

  private createFromPreset(name: string): StudyId {
    const preset = presetOf(name);
    if (!preset) throw new Error(`no preset ${JSON.stringify(name)}`);
    // parsed here so that the editor sees every default
    const parsed = parseStudy(presetStudy(preset, this.texts()));
    if (!parsed.ok) throw new Refused(parsed.refusals);
    const id = this.library.importStudy(parsed.value, []);
    if (preset.look) keepLook(this.library, id, preset.look());
    return id;
  }

  /**
   * A study for the page, which has one open at a time.
   * @param anew the page begins with it: no undo reaches back, whatever was open before.
   */
  open(id: StudyId, anew: boolean): Answer<StudyRecord> {
    if (anew) {
      this.leave();
      // after a crash nothing was left in order
      this.quietly(() => this.library.forgetDeleted(id));
      this.openId = id;
    }
    return this.library.openStudy(id);
  }

  /** What the study's last undo could have brought back is dropped when it is left; not while it runs. */
  private leave(): void {
    const id = this.openId;
    this.openId = null;
    if (id === null || this.runner.list().some(({ studyId }) => studyId === id)) return;
    this.quietly(() => this.library.tidy(id));
  }

  /** A full or damaged library keeps what it has: nothing depends on this. */
  private quietly(work: () => unknown): void {
    try {
      work();
    } catch {
      // said where something depends on it
    }
  }

  /** The stored text of a study's document, whatever its state; refused if there is none. */
  textOf(id: StudyId): Answer<{ readonly name: string; readonly text: string }> {
    try {
      const value = this.library.rawDocument(id);
      return value ? { ok: true, value } : refused(refusal('', 'no-text', {}));
    } catch (error) {
      return refusedBy(error);
    }
  }

  /**
   * Removes for ever what has been in the bin for `BIN_DAYS`.
   * @param now ms since 1970.
   */
  purgeBin(now = Date.now()): void {
    const before = now - BIN_DAYS * DAY_MS;
    this.quietly(() => this.library.inBin(before) > 0 && this.library.purgeBin(before));
  }

  /** Moves a study to the bin, and stops what is computed for it. */
  delete(id: StudyId): void {
    for (const job of this.runner.list()) if (job.studyId === id) this.runner.cancel(job.id);
    this.clusters.forget(id);
    this.library.deleteStudy(id);
  }

  /**
   * Queues what is missing of the experiments and not queued yet, each piece of work once; refused if one of them does
   * not parse.
   */
  run(id: StudyId, experiments: readonly { id: string; key: string | null }[]): Answer<JobId> {
    const opened = this.library.openStudy(id);
    if (!opened.ok) return opened;
    const refusals: Refusal[] = [];
    const work: ExperimentWork[] = [];
    const asked: Experiment[] = [];
    const byId = new Map(experiments.map((each) => [each.id, each]));
    const planned = new Set<string>();
    let isQueued = false;
    for (const [index, draft] of opened.value.draft.experiments.entries()) {
      const wanted = byId.get(draft.id);
      if (!wanted) continue;
      const parsed = parseExperiment(draft);
      if (parsed.ok && keysOf(parsed.value).description !== wanted.key) {
        refusals.push(refusal(`experiments[${index}]`, 'not-saved', {}));
      } else if (!parsed.ok)
        refusals.push(...parsed.refusals.map((each) => ({ ...each, path: `experiments[${index}].${each.path}` })));
      else {
        asked.push(parsed.value);
        const { theory, runs } = this.library.missingWork(id, parsed.value);
        const missing: CurveSource[] = [
          ...theory.map((kind) => ({ kind })),
          ...runs.map((run) => ({ kind: 'simulation' as const, run })),
        ];
        const keys = keysOf(parsed.value);
        const sources = missing.filter((source) => {
          const key = workKey(keys, source);
          // another experiment of the same description, or an earlier job, computes it
          if (planned.has(key) || this.runner.isPending(id, key) || this.isWaiting(id, key)) return false;
          planned.add(key);
          return true;
        });
        if (missing.length > sources.length) isQueued = true;
        if (sources.length > 0) work.push({ experiment: parsed.value, sources });
      }
    }
    if (refusals.length > 0) return { ok: false, refusals };
    if (work.length === 0 && isQueued) return refused(refusal('', 'all-queued', {}));
    if (work.length === 0) return refused(refusal('', 'nothing-to-run', {}));
    this.store({ kind: 'run', studyId: id, experiments: asked });
    return { ok: true, value: this.runner.submit(id, work).id };
  }

  /**
   * Imports study and result files; what cannot be read is named, and hides no other. A file that is a study of the
   * library already gives that one, and the page is told.
   * @param again it is imported once more all the same.
   */
  importFiles(paths: readonly string[], again = false): Promise<Answer<StudyId[]>> {
    const answer = this.importing.then(() => this.importEach(paths, again));
    this.importing = answer.catch(() => {});
    return answer;
  }

  private async importEach(paths: readonly string[], again: boolean): Promise<Answer<StudyId[]>> {
    const ids: StudyId[] = [];
    const refusals: Refusal[] = [];
    for (const path of paths) {
      try {
        ids.push(await this.importFile(path, again));
      } catch (error) {
        refusals.push(...refusalsOf(error).map((each) => within(path, each)));
      }
    }
    if (ids.length > 0) this.emit('library', { studyId: null });
    return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: ids };
  }

  private async importFile(path: string, again: boolean): Promise<StudyId> {
    const hash = requireParsed(await this.reader.hashOfFile(path));
    const known = again ? null : studyFrom(this.library, hash);
    if (known !== null) {
      this.emit('known', { studyId: known, path });
      this.quietly(() => rememberFile(this.library, path));
      return known;
    }
    const { study, results, said } = requireParsed(await this.reader.readImported(path));
    const id = this.library.importStudy(study, results);
    for (const each of said) this.emit('trouble', { message: this.line(within(path, each)) });
    this.quietly(() => {
      rememberImport(this.library, hash, id);
      rememberFile(this.library, path);
    });
    return id;
  }

  private line(each: Refusal): string {
    return refusalsIn(this.texts().language).line(each);
  }

  private said(error: unknown): string {
    return reasonOf(error, this.texts().language);
  }

  private store(what: Waiting): void {
    this.waiting.push(what);
    if (this.retry === undefined) this.storeWaiting();
  }

  /** Stores what was computed, in order; where the library cannot be written now, it is tried again. */
  private storeWaiting(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      try {
        this.take(next);
        this.refused = null;
      } catch (error) {
        if (error instanceof LibraryError) {
          this.tryAgain(error);
          return;
        }
        this.emit('trouble', { message: this.texts().say('lab.notStored', { reason: this.said(error) }) });
      }
      this.waiting.shift();
    }
  }

  /** A run that is not noted yet is not worth a word as long as it has no results. */
  private tryAgain(error: LibraryError): void {
    this.retry = setTimeout(() => this.storeWaiting(), RETRY_MS);
    if (this.refused !== null || this.unstoredCurves().length === 0) return;
    this.refused = this.said(error);
    this.emit('trouble', { message: this.texts().say('lab.triedAgain', { reason: this.refused }) });
  }

  private take(next: Waiting): void {
    if (next.kind === 'run') return this.library.noteRun(next.studyId, next.experiments);
    const { studyId, experiment, curve, frame } = next.ended;
    this.library.storeCurve(studyId, experiment, curve, frame);
    this.emit('stored', { studyId, key: curve.key });
  }

  /** Results that the library still does not take, after trying once more, and why; null if it has taken all. */
  unstored(): { readonly results: number; readonly reason: string } | null {
    if (this.waiting.length > 0) this.storeWaiting();
    const { length } = this.unstoredCurves();
    return length === 0 ? null : { results: length, reason: this.refused ?? '' };
  }

  private isWaiting(id: StudyId, key: string): boolean {
    return this.unstoredCurves().some(({ studyId, curve }) => studyId === id && curve.key === key);
  }

  private unstoredCurves(): EndedCurve[] {
    return this.waiting.flatMap((each) => (each.kind === 'curve' ? [each.ended] : []));
  }

  /**
   * Stops all work and closes the library; finished curves are there. Those that it refuses are written to result files
   * in the first of the places that takes them.
   * @throws Error that names these files, or says what is lost.
   */
  async close(places = draftPlaces(this.library.folder, this.library.folder)): Promise<void> {
    this.clusters.close();
    this.runner.cancelAll();
    await this.runner.whenIdle(STOP_MS);
    this.pool.close();
    this.reader.close();
    this.storeWaiting();
    clearTimeout(this.retry);
    this.leave();
    const kept = keepResults(this.unstoredCurves(), places, (id) => this.nameOf(id), this.textsAtLast());
    try {
      this.library.close();
    } catch (error) {
      kept.unshift(this.said(error));
    }
    if (kept.length > 0) throw new Error(kept.join('\n\n'));
  }

  /** Of a study that may not be readable. */
  private nameOf(id: StudyId): string {
    const opened = this.library.openStudy(id);
    return opened.ok ? opened.value.summary.name : id;
  }
}
