/** What can be read of a study whose document is damaged: every stored curve names the description it is of. */
import { type ExperimentDraft, type StudyDraft } from '../../api/types.ts';
import { type Connection } from './connection.ts';
import { json } from './rows.ts';

/** A draft of the experiments that have results, each as it was described last; null if there are none. */
export function recoverDraft(connection: Connection, study: string, name: string): StudyDraft | null {
  const rows = connection.all(
    `SELECT experiment AS description, max(ran)
     FROM lineage JOIN descriptions ON hash = lineage.description
     WHERE study = ? GROUP BY line ORDER BY min(ran), line`,
    [study],
  );
  const ids = new Set<string>();
  const experiments = rows.flatMap((row): ExperimentDraft[] => {
    try {
      const described = json(row, 'description') as ExperimentDraft;
      // a description is stored once, under the id that it was first run as
      let { id } = described;
      for (let n = 2; ids.has(id); n++) id = `${described.id}-${n}`;
      ids.add(id);
      return [{ ...described, id }];
    } catch {
      // damaged as well: the others are still recovered
      return [];
    }
  });
  return experiments.length > 0 ? { name, notes: '', experiments } : null;
}
