/** Studies written in the thread that reads files, so that the window goes on. */
import { type Answer } from '../api/types.ts';
import { type Exportable } from '../lab/database/library-types.ts';
import { type ExportTask } from '../lab/exported-study.ts';
import { type Laboratory } from './laboratory.ts';
import { refusedBy } from './refused.ts';

/** Writes a study; where it is. */
export async function writeExported(
  lab: Laboratory,
  exportable: Exportable,
  format: ExportTask['format'],
  target: string,
): Promise<Answer<string>> {
  try {
    return await lab.reader.writeExported({ exportable, format, target, language: lab.texts().language });
  } catch (error) {
    return refusedBy(error, target);
  }
}
