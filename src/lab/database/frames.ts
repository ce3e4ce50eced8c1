/** Frames of results (time grid, groups, layout), stored once per description of the theory. */
import { z } from 'zod';
import { prepare } from '../../core/experiment.ts';
import { experimentFrame, type ExperimentFrame } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { floatBytes, floatsOf } from '../archive/little-endian.ts';
import { type Connection } from './connection.ts';
import { DamagedRecord } from './errors.ts';
import { blob, json, reason } from './rows.ts';

const count = z.int().min(0);
const layoutSchema = z.object({
  classes: count,
  outputs: count,
  teacherOutputs: count,
  groups: count,
  classifies: z.boolean(),
  fields: z.array(z.object({ key: z.string(), offset: count, shape: z.array(count), length: count })),
  size: count,
});

/** Stores the frame of an experiment under its theory key, if it is not there. */
export function storeFrame(connection: Connection, key: string, experiment: Experiment, given?: ExperimentFrame): void {
  if (connection.get('SELECT 1 FROM frames WHERE key = ?', [key])) return;
  const { layout, groups, t, teacherNorm } = given ?? experimentFrame(prepare(experiment));
  connection.run('INSERT INTO frames VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
    key,
    JSON.stringify(layout),
    JSON.stringify(groups.labels),
    floatBytes(t),
    floatBytes(groups.upper),
    floatBytes(groups.energy),
    floatBytes(groups.size),
    floatBytes(teacherNorm),
  ]);
}

/**
 * The stored frame of a theory key; a damaged one is computed again from the description and replaced.
 * @throws RangeError if it has to be computed and the experiment's arrays would be too large.
 */
export function loadFrame(connection: Connection, key: string, experiment: Experiment): ExperimentFrame {
  try {
    return readFrame(connection, key);
  } catch (error) {
    const frame = experimentFrame(prepare(experiment));
    if (error instanceof DamagedRecord) {
      connection.run(
        'UPDATE frames SET layout = ?, labels = ?, t = ?, upper = ?, energy = ?, size = ?, teacher_norm = ? WHERE key = ?',
        [
          JSON.stringify(frame.layout),
          JSON.stringify(frame.groups.labels),
          floatBytes(frame.t),
          floatBytes(frame.groups.upper),
          floatBytes(frame.groups.energy),
          floatBytes(frame.groups.size),
          floatBytes(frame.teacherNorm),
          key,
        ],
      );
    }
    return frame;
  }
}

function readFrame(connection: Connection, key: string): ExperimentFrame {
  const row = connection.get('SELECT * FROM frames WHERE key = ?', [key]);
  if (!row) throw new DamagedRecord('no frame is stored');
  try {
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
