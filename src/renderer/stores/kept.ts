/** Documents that could not be saved in an earlier session and were kept: offered at the start. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { draftSchema } from '../../study/draft.ts';
import { type KeptDraft, type StudyDraft } from '../../api/types.ts';
import { lab } from '../lab.ts';

/** A document that was kept; `draft` is null if it cannot be read as one. */
export interface OfferedDraft {
  readonly kept: KeptDraft;
  readonly draft: StudyDraft | null;
  readonly name: string;
}

export const useKept = defineStore('kept', () => {
  const offered = shallowRef<readonly OfferedDraft[]>([]);
  const shown = ref(false);

  async function load(): Promise<void> {
    offered.value = (await lab().keptDrafts()).map((kept) => {
      const draft = draftOf(kept.study);
      return { kept, draft, name: draft?.name ?? '' };
    });
    shown.value = offered.value.length > 0;
  }

  function remove(draft: OfferedDraft): void {
    offered.value = offered.value.filter((each) => each !== draft);
    if (offered.value.length === 0) shown.value = false;
  }

  async function discard(draft: OfferedDraft): Promise<void> {
    await lab().dropDraft({ studyId: draft.kept.studyId, since: draft.kept.since });
    remove(draft);
  }

  return { offered, shown, load, remove, discard };
});

function draftOf(study: unknown): StudyDraft | null {
  if (study === null || typeof study !== 'object') return null;
  const { format: _format, version: _version, ...document } = study as Record<string, unknown>;
  const parsed = draftSchema.safeParse(document);
  return parsed.success ? parsed.data : null;
}
