/** Curves: written in one transaction each, read bit for bit; one that cannot be read goes to quarantine. */
import { crc32 } from 'node:zlib';
import { isRun, type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Curve, type ExperimentFrame } from '../../study/experiment-results.ts';
import { requireIdentity, workKeyWithin, type Keys } from '../../core/experiment/identity.ts';
import { findCurveKind } from '../../core/theory/curves/curve-kind.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { decodeOutcome, decodeReport, encodeOutcome, encodeReport, isFinished } from '../archive/curve-record.ts';
import { floatBytes, floatsOf } from '../archive/little-endian.ts';
import { type Connection, type Row } from './connection.ts';
import { requireSound, seal } from './checksums.ts';
import { DamagedRecord } from './errors.ts';
import { storeFrame } from './frames.ts';
import { blob, integer, json, reason, text } from './rows.ts';

/** Bytes of a part of a curve's rows, about; parts hold whole rows. */
const PART = 4 * 1024 * 1024;

/** The columns that tell curves of a study apart. */
function columnsOf(source: CurveSource, keys: Keys): { key: string; kind: string; run: number } {
  return isRun(source)
    ? { key: keys.simulation, kind: source.kind, run: source.run }
    : { key: keys.theory, kind: source.kind, run: -1 };
}

/**
 * Stores the description that curves are of, once.
 * @param keys of the description, or those of another version of the results.
 */
export function storeDescription(
  connection: Connection,
  experiment: Experiment,
  keys: Keys,
  frame?: ExperimentFrame,
): void {
  if (connection.get('SELECT 1 FROM descriptions WHERE hash = ?', [keys.description])) return;
  storeFrame(connection, keys.theory, experiment, frame);
  connection.run('INSERT INTO descriptions (hash, experiment, theory_key, simulation_key) VALUES (?, ?, ?, ?)', [
    keys.description,
    JSON.stringify(experiment),
    keys.theory,
    keys.simulation,
  ]);
  seal(connection, 'descriptions', 'hash', keys.description);
}

/**
 * Stores a curve of a stored description. An unfinished curve does not replace a finished one that can be read.
 * @returns whether it was stored.
 * @throws IdentityError if the curve is not of the description, RangeError if its rows are not of the frame's shape.
 */
export function storeCurve(connection: Connection, study: string, keys: Keys, curve: Curve, now: number): boolean {
  requireIdentity(curve, keys, 'the library');
  const rowSize = rowSizeOf(connection, keys, curve);
  const { key, kind, run } = columnsOf(curve.source, keys);
  const same = 'study = ? AND key = ? AND kind = ? AND run = ?';
  const values = [study, key, kind, run];
  if (!isFinished(curve.outcome)) {
    const finished = `SELECT 1 FROM curves WHERE ${same} AND status IN ('done', 'diverged') AND damage IS NULL`;
    if (connection.get(finished, values)) return false;
  }
  connection.run(`DELETE FROM curves WHERE ${same}`, values);
  const id = connection.insert(
    `INSERT INTO curves
       (study, key, kind, run, description, status, outcome, report, points, row_size, stored)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...values,
      keys.description,
      curve.outcome.status,
      JSON.stringify(encodeOutcome(curve.outcome)),
      JSON.stringify(encodeReport(curve.report)),
      curve.points,
      rowSize,
      now,
    ],
  );
  seal(connection, 'curves', 'id', id);
  const perPart = Math.max(1, Math.floor(PART / (8 * rowSize)));
  for (let part = 0; part * perPart < curve.points; part++) {
    const end = Math.min(curve.points, (part + 1) * perPart);
    const bytes = floatBytes(curve.rows.subarray(part * perPart * rowSize, end * rowSize));
    connection.run('INSERT INTO series VALUES (?, ?, ?, ?)', [id, part, bytes, crc32(bytes)]);
  }
  return true;
}

function rowSizeOf(connection: Connection, keys: Keys, { rows, points }: Curve): number {
  const frame = connection.get('SELECT layout, length(t) AS bytes FROM frames WHERE key = ?', [keys.theory]);
  if (!frame) throw new DamagedRecord('the frame of these curves is not stored');
  const { size } = json(frame, 'layout') as { size: number };
  const gridPoints = integer(frame, 'bytes') / 8;
  if (rows.length !== gridPoints * size || !(points >= 0 && points <= gridPoints)) {
    throw new RangeError(
      `expected ${gridPoints} rows of ${size} numbers, got ${rows.length} numbers and ${points} points`,
    );
  }
  return size;
}

/** What a row of `curves` is of. @throws DamagedRecord */
export function sourceOf(row: Row): CurveSource {
  const kind = text(row, 'kind');
  if (kind === 'simulation') return { kind, run: integer(row, 'run') };
  if (findCurveKind(kind)) return { kind };
  throw new DamagedRecord(`kind: expected a kind of curve, got ${JSON.stringify(kind)}`);
}

/**
 * The curve of a row of `curves`, on the grid of its frame, with the key that it is stored under.
 * @param keys of the description that it was asked for.
 * @throws DamagedRecord if it is not as it was stored, or of another description.
 */
export function loadCurve(connection: Connection, row: Row, keys: Keys, frame: ExperimentFrame): Curve {
  try {
    requireSound('curves', row);
    const points = integer(row, 'points');
    const { size } = frame.layout;
    if (integer(row, 'row_size') !== size || points < 0 || points > frame.t.length) {
      throw new DamagedRecord(`expected at most ${frame.t.length} rows of ${size} numbers`);
    }
    const rows = new Float64Array(frame.t.length * size).fill(Number.NaN);
    const parts = connection.all('SELECT rows, checksum FROM series WHERE curve = ? ORDER BY part', [
      integer(row, 'id'),
    ]);
    let filled = 0;
    for (const part of parts) {
      const bytes = blob(part, 'rows');
      if (crc32(bytes) !== integer(part, 'checksum'))
        throw new DamagedRecord('its numbers do not match their checksum');
      const values = floatsOf(bytes);
      if (filled + values.length > points * size)
        throw new DamagedRecord(`expected ${points * size} numbers, got more`);
      rows.set(values, filled);
      filled += values.length;
    }
    if (filled !== points * size) throw new DamagedRecord(`expected ${points * size} numbers, got ${filled}`);
    const source = sourceOf(row);
    const key = workKeyWithin(text(row, 'key'), source);
    requireIdentity({ source, key }, keys, 'the library');
    return {
      source,
      key,
      rows,
      points,
      outcome: decodeOutcome(json(row, 'outcome')),
      report: decodeReport(json(row, 'report')),
    };
  } catch (error) {
    if (error instanceof DamagedRecord) throw error;
    throw new DamagedRecord(reason(error), { cause: error });
  }
}

/** Keeps a damaged curve as it is, out of the results and among the missing work until it is computed again. */
export function quarantine(connection: Connection, row: Row, message: string): void {
  connection.run('UPDATE curves SET damage = ? WHERE id = ?', [message, integer(row, 'id')]);
}

/** Copies all curves of a study to another one, and what its experiments were run as. */
export function copyCurves(connection: Connection, from: string, to: string): void {
  const columns = 'key, kind, run, description, status, outcome, report, points, row_size, stored, damage, checksum';
  connection.run(`INSERT INTO curves (study, ${columns}) SELECT ?, ${columns} FROM curves WHERE study = ?`, [to, from]);
  connection.run(
    `INSERT INTO series (curve, part, rows, checksum)
     SELECT copy.id, series.part, series.rows, series.checksum
     FROM curves AS original JOIN series ON series.curve = original.id
     JOIN curves AS copy USING (key, kind, run)
     WHERE original.study = ? AND copy.study = ?`,
    [from, to],
  );
  connection.run('INSERT INTO lineage SELECT ?, line, description, ran FROM lineage WHERE study = ?', [to, from]);
}
