/**
 * What can be read of a study whose document is damaged: the parts of the document that are sound, and the experiments
 * that have results, for every stored curve names the description it is of.
 */
import { draftSchema } from '../../study/draft.ts';
import { MAX_EXPERIMENTS } from '../../core/experiment/sweep.ts';
import { type ExperimentDraft, type StudyDraft } from '../../api/types.ts';
import { type Connection } from './connection.ts';
import { json } from './rows.ts';

const { name: _name, notes: notesSchema, experiments: experimentsSchema, ...optional } = draftSchema.shape;

/** A draft of what can be read; null if that is no experiment. */
export function recoverDraft(connection: Connection, study: string, name: string): StudyDraft | null {
  const document = documentOf(connection, study);
  const listed = Array.isArray(document.experiments) ? (document.experiments as unknown[]) : [];
  const own = listed.flatMap(sound);
  const isWhole = own.length > 0 && own.length === listed.length;
  const known = new Set(own.map(({ id }) => id));
  const described = isWhole ? [] : describedExperiments(connection, study).filter(({ id }) => !known.has(id));
  const experiments = withOwnIds([...own, ...described]).slice(0, MAX_EXPERIMENTS);
  if (experiments.length === 0) return null;
  const notes = notesSchema.safeParse(document.notes);
  const others = Object.keys(optional).flatMap((key) => (key in document ? [[key, document[key]]] : []));
  return { name, notes: notes.success ? notes.data : '', experiments, ...(Object.fromEntries(others) as object) };
}

/** The stored document as far as it is an object. */
function documentOf(connection: Connection, study: string): Readonly<Record<string, unknown>> {
  try {
    const row = connection.get('SELECT draft FROM documents WHERE study = ?', [study]);
    const document = row && json(row, 'draft');
    return document !== null && typeof document === 'object' ? (document as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function sound(experiment: unknown): ExperimentDraft[] {
  const parsed = experimentsSchema.element.safeParse(experiment);
  return parsed.success ? [parsed.data] : [];
}

/** Experiments that have results, each as it was described last. */
function describedExperiments(connection: Connection, study: string): ExperimentDraft[] {
  const rows = connection.all(
    `SELECT experiment AS description, max(ran)
     FROM lineage JOIN descriptions ON hash = lineage.description
     WHERE study = ? GROUP BY line ORDER BY min(ran), line`,
    [study],
  );
  return rows.flatMap((row) => {
    try {
      return sound(json(row, 'description'));
    } catch {
      // damaged as well: the others are still recovered
      return [];
    }
  });
}

/** A description is stored once, under the id that it was first run as: several may have the same. */
function withOwnIds(experiments: readonly ExperimentDraft[]): ExperimentDraft[] {
  const ids = new Set<string>();
  return experiments.map((experiment) => {
    let { id } = experiment;
    for (let n = 2; ids.has(id); n++) id = `${experiment.id}-${n}`;
    ids.add(id);
    return { ...experiment, id };
  });
}
