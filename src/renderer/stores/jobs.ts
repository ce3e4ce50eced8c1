/** Jobs that are queued or running, and how the last one of each study ended. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { type ExperimentDraft, type ExperimentProgress, type JobInfo, type StudyId } from '../../api/types.ts';
import { keysOf } from '../../core/experiment/identity.ts';
import { validated } from '../draft/validate.ts';
import { lab } from '../lab.ts';

/** Progress of what a draft describes: a job goes on with what an experiment was before an edit, and under its id. */
export function progressIn(job: JobInfo | undefined, draft: ExperimentDraft): ExperimentProgress | undefined {
  const parsed = validated(draft);
  if (!job || !parsed.ok) return undefined;
  const kind = parsed.value.simulation.runs > 0 ? 'simulation' : 'theory';
  const wanted = keysOf(parsed.value)[kind];
  return job.experiments.find(({ keys }) => keys[kind] === wanted);
}

export const useJobs = defineStore('jobs', () => {
  const jobs = shallowRef<readonly JobInfo[]>([]);

  const active = computed(() => jobs.value.filter((job) => job.state.kind !== 'finished'));

  async function load(): Promise<void> {
    jobs.value = await lab().listJobs();
  }

  function update(job: JobInfo): void {
    const known = jobs.value.some((other) => other.id === job.id);
    jobs.value = known ? jobs.value.map((other) => (other.id === job.id ? job : other)) : [...jobs.value, job];
  }

  /** The queued or running job of a study. */
  const ofStudy = (id: StudyId): JobInfo | undefined => active.value.find((job) => job.studyId === id);

  /** The last job of a study that has ended. */
  const lastOfStudy = (id: StudyId): JobInfo | undefined =>
    jobs.value.findLast((job) => job.studyId === id && job.state.kind === 'finished');

  const progressOf = (id: StudyId, draft: ExperimentDraft): ExperimentProgress | undefined =>
    progressIn(ofStudy(id), draft);

  const pause = (job: JobInfo, paused: boolean) => lab().pauseJob({ job: job.id, paused });
  const cancel = (job: JobInfo) => lab().cancelJob({ job: job.id });

  return { jobs, active, load, update, ofStudy, lastOfStudy, progressOf, pause, cancel };
});
