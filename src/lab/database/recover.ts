/** What can be read of a study whose document is damaged: every stored curve names the description it is of. */
import { type ExperimentDraft, type StudyDraft } from '../../api/types.ts';
import { type Connection } from './connection.ts';
import { json, text } from './rows.ts';

/** A draft of the experiments that have results, each as it was described last; null if there are none. */
export function recoverDraft(connection: Connection, study: string, name: string): StudyDraft | null {
  const rows = connection.all(
    `SELECT lineage.experiment AS id, descriptions.experiment AS description, max(ran)
     FROM lineage JOIN descriptions ON hash = lineage.description
     WHERE study = ? GROUP BY lineage.experiment ORDER BY min(ran), lineage.experiment`,
    [study],
  );
  const experiments = rows.flatMap((row): ExperimentDraft[] => {
    try {
      return [{ ...(json(row, 'description') as ExperimentDraft), id: text(row, 'id') }];
    } catch {
      // damaged as well: the others are still recovered
      return [];
    }
  });
  return experiments.length > 0 ? { name, notes: '', experiments } : null;
}
