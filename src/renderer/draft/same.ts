/** Whether two drafts describe the same: drafts share what was not edited, so that most of it is compared by identity. */
import { type ExperimentDraft } from '../../core/session/types.ts';

/** The same in everything but the name, which no result depends on. */
export function sameDescription(a: ExperimentDraft | undefined, b: ExperimentDraft | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [{ name: _a, ...first }, { name: _b, ...second }] = [a, b];
  return a === b || same(first, second);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
