/** Which stored curves belong to a description, what is missing of it, and what can be shown instead. */
import { type ExperimentDraft, type ExperimentStatus } from '../../core/session/types.ts';
import { type Outcome } from '../../core/outcome.ts';
import { type Problem } from '../../core/study/problems.ts';
import { type Curve } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { decodeOutcome } from '../archive/curve-record.ts';
import { type Connection, type Row } from './connection.ts';
import { loadCurve, quarantine, sourceOf, type Place } from './curves.ts';
import { DamagedRecord } from './errors.ts';
import { loadFrame } from './frames.ts';
import { type DraftReader, type Keys } from './keys.ts';
import { type LibraryResults, type MissingWork } from './library.ts';
import { json, reason, text } from './rows.ts';

/** What the state of a curve takes; read for every curve of a study at every save. */
const STATE = `kind, run, status, damage, CASE WHEN status IN ('diverged', 'failed') THEN outcome END AS outcome`;
/**
 * Also whether all of its numbers are there. length() does not read a BLOB, but finding it costs a page of the file
 * for each curve, so this is asked before work is planned and not at every save.
 */
const CHECKED = `${STATE},
  (SELECT coalesce(sum(length(rows)), 0) FROM series WHERE curve = curves.id) = 8 * points * row_size AS whole`;
const OF_KEYS = `study = ? AND experiment = ? AND
  ((key = ? AND kind <> 'simulation') OR (key = ? AND kind = 'simulation'))`;
const WHOLE = 'id, kind, run, status, damage, outcome, report, points, row_size';

/** Rows of `curves` of a description, theory first, runs ascending. */
function rowsOf(connection: Connection, place: Place, keys: Keys, columns: string): Row[] {
  return connection.all(`SELECT ${columns} FROM curves WHERE ${OF_KEYS} ORDER BY run, kind DESC`, [
    place.study,
    place.experiment,
    keys.theory,
    keys.simulation,
  ]);
}

/** Whether the description asks for the curve of a row. */
function isAsked(row: Row, experiment: Experiment): boolean {
  return row.kind === 'simulation'
    ? Number(row.run) < experiment.simulation.runs
    : experiment.theory.curves.some((kind) => kind === row.kind);
}

const isSound = (row: Row): boolean => row.damage === null && row.whole !== 0;
const isFinishedRow = (row: Row): boolean => isSound(row) && (row.status === 'done' || row.status === 'diverged');

/** What of a description has no finished curve that can be read. */
export function missingWork(connection: Connection, place: Place, experiment: Experiment, keys: Keys): MissingWork {
  return missingOf(rowsOf(connection, place, keys, CHECKED), experiment);
}

function missingOf(rows: readonly Row[], experiment: Experiment): MissingWork {
  const finished = rows.filter(isFinishedRow);
  const kinds = new Set(finished.map((row) => row.kind));
  const runs = new Set(finished.filter((row) => row.kind === 'simulation').map((row) => row.run));
  return {
    theory: experiment.theory.curves.filter((kind) => !kinds.has(kind)),
    runs: Array.from({ length: experiment.simulation.runs }, (_, run) => run).filter((run) => !runs.has(run)),
  };
}

/** State of the results of an experiment of a draft. */
export function statusOf(
  connection: Connection,
  reader: DraftReader,
  study: string,
  draft: ExperimentDraft,
): ExperimentStatus {
  const described = reader.read(draft);
  if (!described.ok) {
    return { experimentId: draft.id, state: 'invalid', finishedRuns: 0, askedRuns: 0, troubles: [] };
  }
  const { experiment, keys } = described;
  const place = { study, experiment: draft.id };
  const rows = rowsOf(connection, place, keys, STATE).filter((row) => isAsked(row, experiment));
  const missing = missingOf(rows, experiment);
  const isComplete = missing.theory.length + missing.runs.length === 0;
  const older = latestDescription(connection, place, keys) ? 'stale' : 'none';
  const askedRuns = experiment.simulation.runs;
  return {
    experimentId: draft.id,
    state: rows.some(isSound) ? (isComplete ? 'complete' : 'partial') : older,
    finishedRuns: askedRuns - missing.runs.length,
    askedRuns,
    troubles: rows.flatMap(trouble),
  };
}

function trouble(row: Row): ExperimentStatus['troubles'][number][] {
  try {
    const source = sourceOf(row);
    if (!isSound(row)) {
      const why = String(row.damage);
      return [{ source, outcome: { status: 'failed', t: 0, message: `the stored curve is damaged: ${why}` } }];
    }
    if (row.status !== 'diverged' && row.status !== 'failed') return [];
    return [{ source, outcome: outcomeOf(row) }];
  } catch {
    // not even whose curve it is: then nothing can be said of it, and it counts as missing
    return [];
  }
}

function outcomeOf(row: Row): Outcome {
  try {
    return decodeOutcome(json(row, 'outcome'));
  } catch (error) {
    return { status: 'failed', t: 0, message: `the stored outcome is damaged: ${reason(error)}` };
  }
}

/** Description and keys of the curve of an experiment that was stored last, other than those of given keys. */
function latestDescription(connection: Connection, place: Place, not: Keys | null): { json: Row; keys: Keys } | null {
  const row = connection.get(
    `SELECT hash, experiment, theory_key, simulation_key FROM descriptions WHERE hash =
       (SELECT description FROM curves WHERE study = ? AND experiment = ? AND damage IS NULL AND key NOT IN (?, ?)
        ORDER BY stored DESC, id DESC LIMIT 1)`,
    [place.study, place.experiment, not?.theory ?? '', not?.simulation ?? ''],
  );
  if (!row) return null;
  return {
    json: row,
    keys: { description: text(row, 'hash'), theory: text(row, 'theory_key'), simulation: text(row, 'simulation_key') },
  };
}

/** The experiment that a row of `descriptions` holds: written by this program, so only its damage is looked for. */
function storedExperiment(row: Row, reader: DraftReader): Experiment {
  const described = reader.read(json(row, 'experiment') as ExperimentDraft);
  if (!described.ok)
    throw new DamagedRecord(`the stored description: ${described.problems[0]?.message ?? 'unreadable'}`);
  return described.experiment;
}

/** Results of an experiment of a draft, or the latest older ones. */
export function resultsOf(
  connection: Connection,
  reader: DraftReader,
  study: string,
  draft: ExperimentDraft,
): LibraryResults {
  const place = { study, experiment: draft.id };
  const described = reader.read(draft);
  if (described.ok) {
    const { experiment, keys } = described;
    const rows = rowsOf(connection, place, keys, WHOLE).filter((row) => isAsked(row, experiment));
    if (rows.length > 0) return { ...load(connection, place, experiment, keys, rows), stale: false };
  }
  const older = latestDescription(connection, place, described.ok ? described.keys : null);
  if (!older) return { results: null, stale: false, problems: [] };
  try {
    const experiment = { ...storedExperiment(older.json, reader), id: draft.id };
    const rows = rowsOf(connection, place, older.keys, WHOLE);
    return { ...load(connection, place, experiment, older.keys, rows), stale: true };
  } catch (error) {
    return { results: null, stale: true, problems: [{ path: draft.id, message: reason(error) }] };
  }
}

function load(
  connection: Connection,
  place: Place,
  experiment: Experiment,
  keys: Keys,
  rows: readonly Row[],
): Pick<LibraryResults, 'results' | 'problems'> {
  const frame = loadFrame(connection, keys.theory, experiment);
  const problems: Problem[] = [];
  const curves: Curve[] = [];
  for (const row of rows) {
    if (row.kind === 'simulation' && (row.status === 'failed' || row.status === 'cancelled')) continue;
    try {
      if (typeof row.damage === 'string') throw new DamagedRecord(row.damage);
      curves.push(loadCurve(connection, row, frame));
    } catch (error) {
      const message = reason(error);
      if (row.damage === null) quarantine(connection, row, message);
      const name = row.kind === 'simulation' ? `run ${String(row.run)}` : String(row.kind);
      problems.push({ path: `${place.experiment}, ${name}`, message: `the stored curve is damaged: ${message}` });
    }
  }
  return { results: curves.length > 0 ? { experiment, frame, curves } : null, problems };
}

/** Whether curves of other descriptions of the experiment are stored: three searches of the index, however many runs. */
export function hasOthers(connection: Connection, place: Place, keys: Keys): boolean {
  const [low, high] = [keys.theory, keys.simulation].sort();
  const at = [place.study, place.experiment];
  return ['key < ?', 'key > ? AND key < ?', 'key > ?'].some((range, k) => {
    const bounds = [[low], [low, high], [high]][k];
    const query = `SELECT 1 FROM curves WHERE study = ? AND experiment = ? AND ${range} LIMIT 1`;
    return connection.get(query, [...at, ...bounds]) !== null;
  });
}

/** Drops curves of other descriptions of the experiment. Returns how many. */
export function dropOthers(connection: Connection, place: Place, keys: Keys): number {
  return connection.run('DELETE FROM curves WHERE study = ? AND experiment = ? AND key NOT IN (?, ?)', [
    place.study,
    place.experiment,
    keys.theory,
    keys.simulation,
  ]);
}
