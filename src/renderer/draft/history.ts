/** Undo and redo over immutable documents. Consecutive edits of the same thing become one step. */
interface Entry<T> {
  readonly document: T;
  /** What the edit that led away from this document was of; null never merges. */
  readonly topic: string | null;
  readonly at: number;
}

export interface History<T> {
  readonly past: readonly Entry<T>[];
  readonly future: readonly T[];
}

const MERGE_WITHIN_MS = 1500;
const MAX_STEPS = 200;

export function emptyHistory<T>(): History<T> {
  return { past: [], future: [] };
}

/** History after an edit of `before`. Edits with the same topic in quick succession are one step. */
export function recorded<T>(history: History<T>, before: T, topic: string | null, now: number): History<T> {
  const last = history.past[history.past.length - 1];
  const merges = topic !== null && last?.topic === topic && now - last.at < MERGE_WITHIN_MS && !history.future.length;
  if (merges) return { past: [...history.past.slice(0, -1), { ...last, at: now }], future: [] };
  return { past: [...history.past, { document: before, topic, at: now }].slice(-MAX_STEPS), future: [] };
}

/** The document before the last edit, with the history that leads back; null if there is none. */
export function undone<T>(history: History<T>, present: T): { document: T; history: History<T> } | null {
  const last = history.past[history.past.length - 1];
  if (!last) return null;
  return {
    document: last.document,
    history: { past: history.past.slice(0, -1), future: [present, ...history.future] },
  };
}

export function redone<T>(history: History<T>, present: T): { document: T; history: History<T> } | null {
  const [next, ...rest] = history.future;
  if (next === undefined) return null;
  return {
    document: next,
    history: { past: [...history.past, { document: present, topic: null, at: 0 }], future: rest },
  };
}
