/** Frames of results (time grid, groups, layout), stored once per description of the theory. */
import { z } from 'zod';
import { prepare } from '../../core/experiment/setup.ts';
import { experimentFrame, type ExperimentFrame } from '../../study/experiment-results.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { floatBytes, floatsOf } from '../archive/little-endian.ts';
import { type Connection } from './connection.ts';
import { requireSound, seal } from './checksums.ts';
import { DamagedRecord, LibraryError } from './errors.ts';
import { blob, json, reason } from './rows.ts';

const count = z.int().min(0);
const layoutSchema = z.object({
  classes: count,
  outputs: count,
  teacherOutputs: count,
  groups: count,
  classifies: z.boolean(),
  // frames of earlier versions do not say that they have none
  averages: z.boolean().default(false),
  learned: count.default(0),
  diagonal: z.boolean().default(false),
  escapes: z.boolean().default(false),
  finite: z.boolean().default(false),
  fields: z.array(z.object({ key: z.string(), offset: count, shape: z.array(count), length: count })),
  size: count,
});

/** Stores the frame of an experiment under its theory key, if it is not there. */
export function storeFrame(connection: Connection, key: string, experiment: Experiment, given?: ExperimentFrame): void {
  if (connection.get('SELECT 1 FROM frames WHERE key = ?', [key])) return;
  writeFrame(connection, key, given ?? experimentFrame(prepare(experiment)));
}

/**
 * The stored frame of a theory key; a damaged one is computed again from the description and replaced.
 * @throws RangeError if it has to be computed and the experiment's arrays would be too large.
 */
export function loadFrame(connection: Connection, key: string, experiment: Experiment): ExperimentFrame {
  try {
    return readFrame(connection, key);
  } catch (error) {
    if (error instanceof LibraryError) throw error;
    const frame = experimentFrame(prepare(experiment));
    try {
      writeFrame(connection, key, frame);
    } catch {
      // its page cannot be read, let alone written: it is computed whenever it is asked for
    }
    return frame;
  }
}

function writeFrame(connection: Connection, key: string, { layout, groups, t, teacherNorm }: ExperimentFrame): void {
  connection.run(
    `INSERT INTO frames (key, layout, labels, t, upper, energy, size, teacher_norm) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
       layout = excluded.layout, labels = excluded.labels, t = excluded.t, upper = excluded.upper,
       energy = excluded.energy, size = excluded.size, teacher_norm = excluded.teacher_norm`,
    [
      key,
      JSON.stringify(layout),
      JSON.stringify(groups.labels),
      floatBytes(t),
      floatBytes(groups.upper),
      floatBytes(groups.energy),
      floatBytes(groups.size),
      floatBytes(teacherNorm),
    ],
  );
  seal(connection, 'frames', 'key', key);
}

function readFrame(connection: Connection, key: string): ExperimentFrame {
  const row = connection.get('SELECT * FROM frames WHERE key = ?', [key]);
  if (!row) throw new DamagedRecord('no frame is stored');
  try {
    requireSound('frames', row);
    const layout = layoutSchema.parse(json(row, 'layout'));
    const labels = z.array(z.string()).parse(json(row, 'labels'));
    const floats = (column: string, length?: number) => {
      const values = floatsOf(blob(row, column));
      if (length !== undefined && values.length !== length) {
        throw new DamagedRecord(`${column}: expected ${length} numbers, got ${values.length}`);
      }
      return values;
    };
    return {
      layout,
      t: floats('t'),
      groups: {
        upper: floats('upper', layout.groups),
        energy: floats('energy', layout.classes * layout.groups),
        size: floats('size', layout.groups),
        labels,
      },
      teacherNorm: floats('teacher_norm', layout.teacherOutputs),
    };
  } catch (error) {
    if (error instanceof DamagedRecord) throw error;
    throw new DamagedRecord(reason(error), { cause: error });
  }
}
