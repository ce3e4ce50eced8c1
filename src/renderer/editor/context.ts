/** What the fields of the experiment editor share: the draft, its refusals, edits, and the field being explained. */
import { inject, provide, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { type ExperimentDraft } from '../../api/types.ts';
import { formatPath } from '../../core/description/path.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { reasonText } from '../i18n/refusals.ts';
import { type DraftMemory, type SlotName } from '../draft/memory.ts';
import { getAt, setAt, type Path } from '../draft/path.ts';

/** The field that has the focus or the pointer. */
export interface HelpTopic {
  readonly label: string;
  readonly text: string;
  readonly allowed: string;
  readonly fallback: string;
}

export interface EditorContext {
  readonly draft: ComputedRef<ExperimentDraft>;
  readonly refusals: ComputedRef<readonly Refusal[]>;
  /** The last description that parsed, for previews. */
  readonly experiment: ComputedRef<Experiment | null>;
  readonly topic: Ref<HelpTopic | null>;
  get(path: Path): unknown;
  set(path: Path, value: unknown): void;
  /** An edit of several parts, one step of undo. */
  edit(change: (draft: ExperimentDraft) => ExperimentDraft): void;
  /** Chooses another kind of a part: as it was when that kind was left, or as `change` makes it. */
  choose(slot: SlotName, kind: string, change: (draft: ExperimentDraft, kind: string) => ExperimentDraft): void;
  setClasses(classes: number): void;
  /** The part whose settings of before were restored by the last choice. */
  readonly restored: Ref<SlotName | null>;
  /** Sentences of refusals at a path; with `below` also of its parts. */
  messages(path: Path, below?: boolean): string[];
}

const key: InjectionKey<EditorContext> = Symbol('editor');

export function provideEditor(context: EditorContext): void {
  provide(key, context);
}

export function useEditor(): EditorContext {
  const context = inject(key);
  if (!context) throw new Error('a field outside an experiment editor');
  return context;
}

/** The context over a draft, with the edits going to `change`. */
export function createEditor(
  draft: ComputedRef<ExperimentDraft>,
  parsed: ComputedRef<{ refusals: readonly Refusal[]; experiment: Experiment | null }>,
  topic: Ref<HelpTopic | null>,
  change: (edit: (draft: ExperimentDraft) => ExperimentDraft, topic: string | null) => void,
  computedOf: <T>(getter: () => T) => ComputedRef<T>,
  memory: () => DraftMemory,
): EditorContext {
  const restored = shallowRef<SlotName | null>(null);
  return {
    restored,
    draft,
    topic,
    refusals: computedOf(() => parsed.value.refusals),
    experiment: computedOf(() => parsed.value.experiment),
    get: (path) => getAt(draft.value, path),
    set: (path, value) => change((before) => setAt(before, path, value), formatPath(path)),
    edit: (edit) => change(edit, null),
    choose: (slot, kind, make) =>
      change((before) => {
        const next = memory().switched(before, slot, kind, (draft) => make(draft, kind));
        restored.value = next.restored ? slot : null;
        return next.draft;
      }, null),
    setClasses: (classes) => change((before) => memory().withClasses(before, classes), null),
    messages(path, below = false) {
      const text = formatPath(path);
      return parsed.value.refusals
        .filter(({ path: at }) => at === text || (below && /^[.[]/.test(at.slice(text.length)) && at.startsWith(text)))
        .map(reasonText);
    },
  };
}
