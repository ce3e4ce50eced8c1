/**
 * What an experiment was before a kind or the number of classes was changed: a change back restores it. Kept while the
 * study is open, in no file; an edit made in between is never undone by it.
 */
import { type ExperimentDraft } from '../../api/types.ts';
import { classesOf, resizedSpectrum, withClasses } from './experiment.ts';
import { getAt, removeAt, setAt, type Path } from './path.ts';

interface Slot {
  /** The part that has the kind. */
  readonly of: Path;
  /** Parts that a change of the kind may replace as well. */
  readonly beside: readonly Path[];
  /** The kind of a part that is left out. */
  readonly missing?: string;
  /** Settings that all kinds have and that are compared with: what was typed last counts. */
  readonly carried?: readonly string[];
}

const SPECTRUM = ['model', 'spectrum'];
const PROFILE = ['model', 'means', 'profile'];
const ARRANGEMENT = ['model', 'means', 'arrangement'];

const slots = {
  spectrum: { of: SPECTRUM, beside: [PROFILE] },
  arrangement: { of: ARRANGEMENT, beside: [PROFILE] },
  profile: { of: PROFILE, beside: [] },
  loss: { of: ['loss'], beside: [['labels']] },
  labels: { of: ['labels'], beside: [['loss']], missing: 'class' },
  method: { of: ['optimizer', 'method'], beside: [], missing: 'sgd' },
  schedule: { of: ['optimizer', 'schedule'], beside: [], carried: ['rate'] },
  start: { of: ['optimizer', 'start'], beside: [], missing: 'zero' },
  average: { of: ['optimizer', 'average'], beside: [], missing: 'none' },
  grid: { of: ['grid'], beside: [], missing: 'linear' },
} as const satisfies Readonly<Record<string, Slot>>;

export type SlotName = keyof typeof slots;

/** Parts that follow the number of classes; loss and labels go together. */
const PER_CLASS: readonly (readonly Path[])[] = [
  [['model', 'priors']],
  [SPECTRUM],
  [ARRANGEMENT],
  [['loss'], ['labels']],
];

type Values = readonly unknown[];
type Change = (draft: ExperimentDraft) => ExperimentDraft;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const valuesAt = (draft: ExperimentDraft, paths: readonly Path[]): Values => paths.map((path) => getAt(draft, path));
const put = (draft: ExperimentDraft, path: Path, value: unknown): ExperimentDraft =>
  value === undefined ? removeAt(draft, path) : setAt(draft, path, value);
const putAll = (draft: ExperimentDraft, paths: readonly Path[], values: Values): ExperimentDraft =>
  paths.reduce((next, path, k) => put(next, path, values[k]), draft);

/** What a slot was, by kind, and what the last change of the kind made of it. */
interface Remembered {
  readonly byKind: Map<unknown, { readonly values: Values; readonly classes: number }>;
  made: Values | null;
}
/** A part as somebody chose it, the number of classes that was for, and what was made of it since. */
interface Origin {
  readonly classes: number;
  readonly values: Values;
  readonly made: Values;
}

/** Of one experiment. */
export class DraftMemory {
  private readonly slots = new Map<SlotName, Remembered>();
  private readonly origins = new Map<number, Origin>();

  /**
   * The draft with another kind in a slot: as it was when that kind was left, or as `change` makes it.
   * @returns the draft, and whether settings of before were restored.
   */
  switched(
    draft: ExperimentDraft,
    name: SlotName,
    kind: string,
    change: Change,
  ): { draft: ExperimentDraft; restored: boolean } {
    const slot: Slot = slots[name];
    const paths = [slot.of, ...slot.beside];
    const now = valuesAt(draft, paths);
    const memory = this.slots.get(name) ?? { byKind: new Map(), made: null };
    this.slots.set(name, memory);
    memory.byKind.set(getAt(now[0], ['kind']) ?? slot.missing, { values: now, classes: classesOf(draft) });
    const fresh = change(draft);
    const kept = memory.byKind.get(kind);
    const fits = kept && (name === 'spectrum' || kept.classes === classesOf(draft));
    const next = fits ? this.restored(draft, fresh, slot, kept.values, now, memory.made) : fresh;
    memory.made = valuesAt(next, paths);
    return { draft: next, restored: fits === true && !same(valuesAt(next, paths), valuesAt(fresh, paths)) };
  }

  private restored(
    draft: ExperimentDraft,
    fresh: ExperimentDraft,
    slot: Slot,
    kept: Values,
    now: Values,
    made: Values | null,
  ): ExperimentDraft {
    let part = slot.of === SPECTRUM ? resizedSpectrum(kept[0], classesOf(draft)) : kept[0];
    for (const key of slot.carried ?? []) {
      const typed = getAt(now[0], [key]);
      const edited = made !== null && typed !== undefined && !same(typed, getAt(made[0], [key]));
      if (edited && getAt(part, [key]) !== undefined) part = setAt(part, [key], typed);
    }
    return slot.beside.reduce(
      (next, path, k) => {
        const untouched = made === null || same(now[k + 1], made[k + 1]);
        return untouched ? put(next, path, kept[k + 1]) : next;
      },
      put(fresh, slot.of, part),
    );
  }

  /**
   * The draft with C classes. Each part is made from what somebody last chose it to be, not from what a number of
   * classes on the way (a first digit that is typed) has made of it.
   */
  withClasses(draft: ExperimentDraft, classes: number): ExperimentDraft {
    const origins = PER_CLASS.map((paths, k): Origin => {
      const now = valuesAt(draft, paths);
      const known = this.origins.get(k);
      return known && same(known.made, now) ? known : { classes: classesOf(draft), values: now, made: now };
    });
    const before = PER_CLASS.reduce((next, paths, k) => putAll(next, paths, origins[k].values), draft);
    let next = withClasses(before, classes);
    for (const [k, paths] of PER_CLASS.entries()) {
      if (origins[k].classes === classes) next = putAll(next, paths, origins[k].values);
      this.origins.set(k, { ...origins[k], made: valuesAt(next, paths) });
    }
    return next;
  }
}
