/** The folder in which a cluster computes the study that is open, as it was seen last. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { type Answer, type ClusterFolder, type StudyId } from '../../api/types.ts';
import { failureText, refusalText } from '../failure.ts';
import { t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useStudy } from './study.ts';
import { useToasts } from './toasts.ts';

export const useCluster = defineStore('cluster', () => {
  const study = useStudy();
  const toasts = useToasts();
  let busy = false;
  const seen = shallowRef<{ readonly studyId: StudyId; readonly folder: ClusterFolder } | null>(null);

  const folder = computed(() => (seen.value?.studyId === study.id ? seen.value.folder : null));

  function update(studyId: StudyId, now: ClusterFolder | null): void {
    if (studyId === study.id) seen.value = now && { studyId, folder: now };
  }

  watch(
    () => study.id,
    async (id) => {
      if (id === null) return;
      const now = await lab().clusterOf({ id });
      // what has been told in between is younger
      if (id === study.id && seen.value?.studyId !== id) update(id, now);
    },
    { immediate: true },
  );

  /** What is planned is what is stored. */
  async function begin(ask: (id: StudyId) => Promise<Answer<ClusterFolder> | null>): Promise<void> {
    const id = study.id;
    // a plan takes its time, and a second one would be of another folder's tasks
    if (id === null || busy) return;
    busy = true;
    try {
      await asked(id, ask);
    } finally {
      busy = false;
    }
  }

  async function asked(id: StudyId, ask: (id: StudyId) => Promise<Answer<ClusterFolder> | null>): Promise<void> {
    if (!(await study.flush())) return void toasts.studyTrouble(t('notSaved.export'));
    try {
      const answer = await ask(id);
      if (answer === null) return;
      if (answer.ok) update(id, answer.value);
      else toasts.studyTrouble(refusalText(answer.refusals));
    } catch (error) {
      toasts.studyTrouble(failureText(error));
    }
  }

  const plan = () => begin((id) => lab().planCluster({ id }));
  const look = () => begin((id) => lab().watchCluster({ id }));

  async function forget(): Promise<void> {
    const id = study.id;
    if (id === null) return;
    await lab().forgetCluster({ id });
    update(id, null);
  }

  return { folder, update, plan, look, forget };
});
