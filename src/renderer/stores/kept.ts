/** What could not be saved in an earlier session and was kept, documents and results: offered at the start. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { draftSchema } from '../../study/draft.ts';
import { type KeptDraft, type KeptResults, type StudyDraft, type StudyId } from '../../api/types.ts';
import { refusalText } from '../failure.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

/** A document that was kept; `draft` is null if it cannot be read as one. */
export interface OfferedDraft {
  readonly kept: KeptDraft;
  readonly draft: StudyDraft | null;
  readonly name: string;
  /** When the youngest that was kept of the same study was written, if this is an older one (ms since 1970). */
  readonly younger: number | null;
}

export const useKept = defineStore('kept', () => {
  const offered = shallowRef<readonly OfferedDraft[]>([]);
  const results = shallowRef<readonly KeptResults[]>([]);
  const shown = ref(false);

  async function load(): Promise<void> {
    const found = await lab().keptDrafts();
    offered.value = found.map((kept) => {
      const draft = draftOf(kept.study);
      const youngest = Math.max(...found.filter((other) => other.studyId === kept.studyId).map(({ saved }) => saved));
      return { kept, draft, name: draft?.name ?? '', younger: youngest > kept.saved ? youngest : null };
    });
    results.value = await lab().keptResults();
    shown.value = !isEmpty();
  }

  function remove(draft: OfferedDraft): void {
    offered.value = offered.value.filter((each) => each !== draft);
    if (isEmpty()) shown.value = false;
  }

  async function discard(draft: OfferedDraft): Promise<void> {
    await lab().dropDraft({ studyId: draft.kept.studyId, since: draft.kept.since });
    remove(draft);
  }

  /** Makes a study of kept results; null if they stay where they are. */
  async function take(kept: KeptResults): Promise<StudyId | null> {
    const answer = await lab().takeKeptResults({ path: kept.path });
    if (!answer.ok) {
      useToasts().studyTrouble(refusalText(answer.refusals));
      return null;
    }
    forget(kept);
    return answer.value[0] ?? null;
  }

  async function drop(kept: KeptResults): Promise<void> {
    await lab().dropKeptResults({ path: kept.path });
    forget(kept);
  }

  function forget(kept: KeptResults): void {
    results.value = results.value.filter((each) => each !== kept);
    if (isEmpty()) shown.value = false;
  }

  const isEmpty = () => offered.value.length === 0 && results.value.length === 0;

  return { offered, results, shown, load, remove, discard, take, drop };
});

function draftOf(study: unknown): StudyDraft | null {
  if (study === null || typeof study !== 'object') return null;
  const { format: _format, version: _version, ...document } = study as Record<string, unknown>;
  const parsed = draftSchema.safeParse(document);
  return parsed.success ? parsed.data : null;
}
