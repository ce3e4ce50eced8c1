/** The comparison: experiments of any studies with their results, overlaid. It is kept by the library like a look. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { COMPARISON } from '../../api/commands.ts';
import { type ExperimentDraft, type StudyId } from '../../api/types.ts';
import { type FigureInput } from '../../figures/index.ts';
import { type Standing } from '../../study/standing.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { freeId } from '../draft/experiment.ts';
import { answered } from '../failure.ts';
import { lab } from '../lab.ts';
import { useView } from './view.ts';

/** An experiment by where it is. */
export interface Picked {
  readonly study: StudyId;
  readonly experiment: string;
}

/** A picked experiment with what was found of it. */
export interface Compared extends Picked {
  /** Its name in the comparison: one that no other has, whatever study it is of; a sound id. */
  readonly key: string;
  readonly studyName: string;
  readonly name: string;
  /** Null where the study, or the experiment in it, is not there any more. */
  readonly draft: ExperimentDraft | null;
  readonly results: ExperimentResults | null;
  readonly standing: Standing;
}

const isSame = (a: Picked, b: Picked): boolean => a.study === b.study && a.experiment === b.experiment;

export const useComparison = defineStore('comparison', () => {
  const view = useView();
  const all = shallowRef<readonly Compared[]>([]);

  /** Names, told apart by the study where experiments of several are compared. */
  const labels = computed(() => {
    const several = new Set(all.value.map(({ study }) => study)).size > 1;
    return new Map(all.value.map(({ key, name, studyName }) => [key, several ? `${name} (${studyName})` : name]));
  });
  const inputs = computed<readonly (FigureInput & { readonly standing: Standing })[]>(() =>
    all.value.flatMap(({ key, results, standing }, place) =>
      results && results.curves.length > 0 ? [{ results, label: labels.value.get(key) ?? key, place, standing }] : [],
    ),
  );
  const keys = computed(() => all.value.map(({ key }) => key));
  const has = (picked: Picked): boolean => all.value.some((each) => isSame(each, picked));

  /** Shows the comparison as it was left, with what studies have now. */
  async function open(): Promise<void> {
    const found = await lab()
      .look({ of: COMPARISON })
      .catch(() => ({ compared: undefined }));
    all.value = await read(found.compared ?? []);
    await view.follow(COMPARISON, keys.value, { overlaid: [...keys.value] });
    remember();
  }

  /** Adds experiments that are not there yet, and shows them. */
  async function add(picked: readonly Picked[]): Promise<void> {
    const fresh = picked.filter((each) => !has(each));
    if (fresh.length === 0) return;
    const before = keys.value;
    all.value = await read([...all.value, ...fresh]);
    view.overlaid = [...view.overlaid, ...keys.value.filter((key) => !before.includes(key))];
    view.selected ??= keys.value[0] ?? null;
    remember();
  }

  function remove(picked: readonly Picked[]): void {
    all.value = all.value.filter((each) => !picked.some((other) => isSame(each, other)));
    view.keepTo(keys.value);
    remember();
  }

  function move(key: string, to: number): void {
    const from = keys.value.indexOf(key);
    if (from < 0 || to < 0 || to >= all.value.length) return;
    all.value = all.value.toSpliced(from, 1).toSpliced(to, 0, all.value[from]);
    remember();
  }

  const remember = (): void =>
    view.keepAlso({ compared: all.value.map(({ study, experiment }) => ({ study, experiment })) });

  return { all, labels, inputs, keys, has, open, add, remove, move };
});

/** Reads experiments and their results; one that is not there stays in the list and says so. */
async function read(picked: readonly Picked[]): Promise<Compared[]> {
  const studies = new Map(
    await Promise.all(
      [...new Set(picked.map(({ study }) => study))].map(
        async (id) => [id, await answered(lab().openStudy({ id }))] as const,
      ),
    ),
  );
  const taken: string[] = [];
  const keyed = picked.map(({ study, experiment }) => {
    const key = freeId(`${experiment.slice(0, 40)}-${study.slice(0, 8)}`, taken);
    taken.push(key);
    return { study, experiment, key };
  });
  return Promise.all(
    keyed.map(async ({ study, experiment, key }): Promise<Compared> => {
      const opened = studies.get(study);
      const record = opened?.ok ? opened.value : null;
      const draft = record?.draft.experiments.find(({ id }) => id === experiment) ?? null;
      const stored = draft ? await lab().results({ id: study, experiment: draft }) : null;
      const name = String(draft?.name || experiment);
      return {
        study,
        experiment,
        key,
        studyName: record?.draft.name ?? '',
        name,
        draft,
        // under the name that it has here: two studies may each have an experiment of one id
        results: stored?.results
          ? { ...stored.results, experiment: { ...stored.results.experiment, id: key, name } }
          : null,
        standing: stored?.standing ?? 'current',
      };
    }),
  );
}
