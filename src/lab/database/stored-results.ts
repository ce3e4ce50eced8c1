/** Which stored curves belong to a description, what is missing of it, and what can be shown instead. */
import { type ExperimentDraft, type ExperimentStatus } from '../../api/types.ts';
import { type OlderStanding } from '../../study/standing.ts';
import { type Outcome } from '../../core/experiment/outcome.ts';
import { type Keys, splitKey, UNVERIFIED } from '../../core/experiment/identity.ts';
import { refusal, type Refusal, reason as reasonFor } from '../../refusal/refusal.ts';
import { bySource, type Curve } from '../../study/experiment-results.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { decodeOutcome } from '../archive/curve-record.ts';
import { askedKinds } from '../../core/theory/curves/curve-kind.ts';
import { isSound as isSoundRecord, requireSound, sealedColumns } from './checksums.ts';
import { type Connection, type Row } from './connection.ts';
import { loadCurve, quarantine, sourceOf } from './curves.ts';
import { DamagedRecord } from './errors.ts';
import { loadFrame } from './frames.ts';
import { type DraftReader } from './keys.ts';
import { type LibraryResults, type MissingWork } from './library-types.ts';
import { json, reason, text } from './rows.ts';
import { englishLine } from '../../text/refusals/index.ts';

/** What the state of a curve takes; read for every curve of a study at every save. */
const STATE = `kind, run, status, damage, CASE WHEN status IN ('diverged', 'failed') THEN outcome END AS outcome`;
/**
 * Also whether all of its numbers are there. SQLite's length() does not read a BLOB, but finding it costs a page of the
 * file for each curve, so this is asked before work is planned and not at every save.
 */
const CHECKED = `${STATE}, ${sealedColumns('curves')},
  (SELECT coalesce(sum(length(rows)), 0) FROM series WHERE curve = curves.id) = 8 * points * row_size AS whole`;
const OF_KEYS = `study = ? AND ((key = ? AND kind <> 'simulation') OR (key = ? AND kind = 'simulation'))`;
const WHOLE = `id, damage, ${sealedColumns('curves')}`;

/** Rows of `curves` of a description, theory first, runs ascending. */
function rowsOf(connection: Connection, study: string, keys: Keys, columns: string): Row[] {
  return connection.all(`SELECT ${columns} FROM curves WHERE ${OF_KEYS} ORDER BY run, kind`, [
    study,
    keys.theory,
    keys.simulation,
  ]);
}

/** Whether the description asks for the curve of a row. */
function isAsked(row: Row, experiment: Experiment): boolean {
  return row.kind === 'simulation'
    ? Number(row.run) < experiment.simulation.runs
    : askedKinds(experiment).some((kind) => kind === row.kind);
}

const isSound = (row: Row): boolean => row.damage === null && row.whole !== 0;
const isFinishedRow = (row: Row): boolean => isSound(row) && (row.status === 'done' || row.status === 'diverged');

/** What of a description has no finished curve that can be read. */
export function missingWork(connection: Connection, study: string, experiment: Experiment, keys: Keys): MissingWork {
  const rows = rowsOf(connection, study, keys, CHECKED).filter((row) => isSoundRecord('curves', row));
  return missingOf(rows, experiment);
}

function missingOf(rows: readonly Row[], experiment: Experiment): MissingWork {
  const finished = rows.filter(isFinishedRow);
  const kinds = new Set(finished.map((row) => row.kind));
  const runs = new Set(finished.filter((row) => row.kind === 'simulation').map((row) => row.run));
  return {
    theory: askedKinds(experiment).filter((kind) => !kinds.has(kind)),
    runs: Array.from({ length: experiment.simulation.runs }, (_, run) => run).filter((run) => !runs.has(run)),
  };
}

/** State of the results of an experiment of a draft. */
export function statusOf(
  connection: Connection,
  reader: DraftReader,
  study: string,
  draft: ExperimentDraft,
  line: string,
): ExperimentStatus {
  const described = reader.read(draft);
  if (!described.ok) {
    return { experimentId: draft.id, key: null, state: 'invalid', finishedRuns: 0, askedRuns: 0, troubles: [] };
  }
  const { experiment, keys } = described;
  const rows = rowsOf(connection, study, keys, STATE).filter((row) => isAsked(row, experiment));
  const missing = missingOf(rows, experiment);
  const older = () => {
    const latest = latestDescription(connection, study, line, keys);
    return latest ? standingOf(latest.keys, keys) : 'none';
  };
  const askedRuns = experiment.simulation.runs;
  return {
    experimentId: draft.id,
    key: keys.description,
    state: rows.some(isSound) ? (isComplete(missing) ? 'complete' : 'partial') : older(),
    finishedRuns: askedRuns - missing.runs.length,
    askedRuns,
    troubles: rows.flatMap(trouble).sort(bySource),
  };
}

function trouble(row: Row): ExperimentStatus['troubles'][number][] {
  try {
    const source = sourceOf(row);
    if (!isSound(row)) {
      const why = String(row.damage);
      return [
        {
          source,
          outcome: { status: 'failed', t: 0, why: reasonFor('damaged', { what: 'curve', said: String(why) }) },
        },
      ];
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
    return { status: 'failed', t: 0, why: reasonFor('damaged', { what: 'outcome', said: reason(error) }) };
  }
}

/** What results of some keys are to the description of others; never current. */
function standingOf(results: Keys, asked: Keys): OlderStanding {
  const { version } = splitKey(results.description);
  if (version === UNVERIFIED) return UNVERIFIED;
  const alike = (kind: 'theory' | 'simulation') => splitKey(results[kind]).digest === splitKey(asked[kind]).digest;
  const isOfVersion = version === splitKey(asked.description).version;
  return !isOfVersion && (alike('theory') || alike('simulation')) ? 'earlier-version' : 'stale';
}

/** The last description, other than that of given keys, which an experiment was run as and which has curves. */
function latestDescription(
  connection: Connection,
  study: string,
  line: string,
  not: Keys | null,
): { json: Row; keys: Keys } | null {
  const row = connection.get(
    `SELECT hash, experiment, theory_key, simulation_key, checksum
     FROM lineage JOIN descriptions ON hash = lineage.description
     WHERE study = ? AND line = ? AND (theory_key <> ? OR simulation_key <> ?) AND EXISTS
       (SELECT 1 FROM curves WHERE curves.study = lineage.study AND damage IS NULL AND
         ((key = theory_key AND theory_key <> ? AND kind <> 'simulation') OR
          (key = simulation_key AND simulation_key <> ? AND kind = 'simulation')))
     ORDER BY ran DESC LIMIT 1`,
    [study, line, not?.theory ?? '', not?.simulation ?? '', not?.theory ?? '', not?.simulation ?? ''],
  );
  if (!row) return null;
  return {
    json: row,
    keys: { description: text(row, 'hash'), theory: text(row, 'theory_key'), simulation: text(row, 'simulation_key') },
  };
}

/** The experiment that a row of `descriptions` holds: written by this program, so only its damage is looked for. */
function storedExperiment(row: Row, reader: DraftReader): Experiment {
  requireSound('descriptions', row);
  const described = reader.read(json(row, 'experiment') as ExperimentDraft);
  if (!described.ok)
    throw new DamagedRecord(
      `the stored description: ${described.refusals.slice(0, 1).map(englishLine).join('') || 'unreadable'}`,
    );
  return described.experiment;
}

/** Results of a draft's description, or the latest ones that the experiment was run as before. */
export function resultsOf(
  connection: Connection,
  reader: DraftReader,
  study: string,
  draft: ExperimentDraft,
  line: string,
): LibraryResults {
  const described = reader.read(draft);
  const key = described.ok ? described.keys.description : null;
  if (described.ok) {
    const { experiment, keys } = described;
    const rows = wholeRows(connection, study, keys, experiment);
    if (rows.length > 0) return { key, ...load(connection, experiment, keys, rows), standing: 'current' };
  }
  const older = latestDescription(connection, study, line, described.ok ? described.keys : null);
  if (!older) return { key, results: null, standing: 'current', refusals: [] };
  const standing = described.ok ? standingOf(older.keys, described.keys) : 'stale';
  try {
    const experiment = { ...storedExperiment(older.json, reader), id: draft.id };
    const rows = wholeRows(connection, study, older.keys, experiment);
    return { key, ...load(connection, experiment, older.keys, rows), standing };
  } catch (error) {
    return {
      key,
      results: null,
      standing,
      refusals: [refusal(draft.id, 'damaged', { what: 'record', said: reason(error) })],
    };
  }
}

/** Rows of the curves that are asked for, and of those whose record does not say any more what they are. */
const wholeRows = (connection: Connection, study: string, keys: Keys, experiment: Experiment): Row[] =>
  rowsOf(connection, study, keys, WHOLE).filter((row) => isAsked(row, experiment) || !isSoundRecord('curves', row));

function load(
  connection: Connection,
  experiment: Experiment,
  keys: Keys,
  rows: readonly Row[],
): Pick<LibraryResults, 'results' | 'refusals'> {
  const frame = loadFrame(connection, keys.theory, experiment);
  const refusals: Refusal[] = [];
  const curves: Curve[] = [];
  for (const row of rows) {
    if (
      row.kind === 'simulation' &&
      (row.status === 'failed' || row.status === 'cancelled') &&
      isSoundRecord('curves', row)
    )
      continue;
    try {
      if (typeof row.damage === 'string') throw new DamagedRecord(row.damage);
      curves.push(loadCurve(connection, row, keys, frame));
    } catch (error) {
      const message = reason(error);
      if (row.damage === null) quarantine(connection, row, message);
      const name = row.kind === 'simulation' ? `run ${String(row.run)}` : String(row.kind);
      refusals.push(refusal(`${experiment.id}, ${name}`, 'damaged', { what: 'curve', said: message }));
    }
  }
  return { results: curves.length > 0 ? { experiment, frame, curves: curves.sort(bySource) } : null, refusals };
}

/** Notes what an experiment is run as: results of it are shown until there are others. */
export function noteRun(connection: Connection, study: string, line: string, keys: Keys, now: number): void {
  connection.run(
    `INSERT INTO lineage VALUES (?, ?, ?, ?)
     ON CONFLICT (study, line, description) DO UPDATE SET ran = excluded.ran`,
    [study, line, keys.description, now],
  );
}

/** Forgets what experiments that the study no longer has were run as; another of that id begins anew. */
export function forgetOthers(connection: Connection, study: string, lines: readonly string[]): void {
  connection.run('DELETE FROM lineage WHERE study = ? AND line NOT IN (SELECT value FROM json_each(?))', [
    study,
    JSON.stringify(lines),
  ]);
}

/**
 * Drops the curves of a study that none of its experiments shows: of descriptions that are neither those of now nor,
 * where these are incomplete, the last ones before. Returns how many.
 */
export function tidy(
  connection: Connection,
  reader: DraftReader,
  study: string,
  drafts: readonly ExperimentDraft[],
  lineOf: (draft: ExperimentDraft) => string,
): number {
  const needed = new Set<string>();
  const need = ({ theory, simulation }: Keys) => needed.add(theory).add(simulation);
  for (const draft of drafts) {
    const described = reader.read(draft);
    if (described.ok) need(described.keys);
    if (described.ok && isComplete(missingWork(connection, study, described.experiment, described.keys))) continue;
    const older = latestDescription(connection, study, lineOf(draft), described.ok ? described.keys : null);
    if (older) need(older.keys);
  }
  return connection.run('DELETE FROM curves WHERE study = ? AND key NOT IN (SELECT value FROM json_each(?))', [
    study,
    JSON.stringify([...needed]),
  ]);
}

const isComplete = ({ theory, runs }: MissingWork): boolean => theory.length + runs.length === 0;
