/** What the experiments of the open study were before kinds were changed (draft/memory.ts). */
import { defineStore } from 'pinia';
import { DraftMemory } from '../draft/memory.ts';
import { useStudy } from './study.ts';

export const useMemory = defineStore('memory', () => {
  const study = useStudy();
  let of: string | null = null;
  let known = new Map<string, DraftMemory>();

  /** Of an experiment of the study that is open now. */
  function memoryOf(experimentId: string): DraftMemory {
    if (of !== study.id) [of, known] = [study.id, new Map()];
    const found = known.get(experimentId) ?? new DraftMemory();
    known.set(experimentId, found);
    return found;
  }

  return { memoryOf };
});
