/** What is dragged into the comparison: studies of the library, or an experiment. */
import { type StudyId } from '../api/types.ts';
import { parseJson } from '../core/description/json.ts';
import { answered } from './failure.ts';
import { lab } from './lab.ts';
import { type Picked } from './stores/comparison.ts';

/** Of the drag's data, in the browser's own table. */
export const COMPARED_TYPE = 'text/x-to-compare';

/** Experiments are named; of a study all of them are meant. */
export type Dragged = readonly (Picked | { readonly study: StudyId })[];

/** A sweep has hundreds: no figure tells more than this apart. */
export const MOST_COMPARED = 60;

export const startDrag = (event: DragEvent, dragged: Dragged): void =>
  event.dataTransfer?.setData(COMPARED_TYPE, JSON.stringify(dragged));

/** What was dropped; nothing where it is of another kind. */
export function droppedOf(event: DragEvent): Dragged {
  try {
    const found = parseJson(event.dataTransfer?.getData(COMPARED_TYPE) ?? '');
    const isText = (value: unknown) => typeof value === 'string' && value.length <= 200;
    return Array.isArray(found)
      ? found.flatMap((each: unknown): Dragged => {
          const { study, experiment } = each as Record<string, unknown>;
          if (!isText(study)) return [];
          return [
            isText(experiment)
              ? { study: study as string, experiment: experiment as string }
              : { study: study as string },
          ];
        })
      : [];
  } catch {
    return [];
  }
}

/** The experiments that are meant: those of studies in their order, and how many there are beyond the most. */
export async function pickedOf(
  dragged: Dragged,
): Promise<{ readonly picked: readonly Picked[]; readonly beyond: number }> {
  const all = await Promise.all(
    dragged.map(async (each): Promise<readonly Picked[]> => {
      if ('experiment' in each) return [each];
      const opened = await answered(lab().openStudy({ id: each.study }));
      return opened.ok ? opened.value.draft.experiments.map(({ id }) => ({ study: each.study, experiment: id })) : [];
    }),
  );
  const found = all.flat();
  return { picked: found.slice(0, MOST_COMPARED), beyond: Math.max(0, found.length - MOST_COMPARED) };
}
