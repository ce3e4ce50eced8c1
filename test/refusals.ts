/** Refusals as people read them in English, for tests that say what is to be read. */
import { type Refusal } from '../src/refusal/refusal.ts';
import { readArray as read, readArrayText as readText, type ArrayResult } from '../src/study/arrays.ts';
import { reasonOf } from '../src/text/reason.ts';
import { refusalsIn } from '../src/text/refusals/index.ts';

export const inEnglish = (refusals: readonly Refusal[]): { path: string; message: string }[] =>
  refusals.map((each) => ({ path: each.path, message: refusalsIn('en').reason(each) }));

type Said<Result> = Result extends { readonly ok: true }
  ? Omit<Result, 'notices'> & { readonly notices: readonly string[] }
  : { readonly ok: false; readonly place: string; readonly message: string; readonly remedy: string };

const { reason, array } = refusalsIn('en');

/** A read array, or what is said of it: place, sentence and remedy. */
function said(result: ArrayResult): Said<ArrayResult> {
  if (result.ok) return { ...result, notices: result.notices.map(array.notice) };
  const { place, why, remedy } = result;
  return {
    ok: false,
    place: place ? array.place(place) : '',
    message: reason(why),
    remedy: remedy ? array.remedy(remedy) : '',
  };
}

export const readArray = (...given: Parameters<typeof read>) => said(read(...given));
export const readArrayText = (...given: Parameters<typeof readText>) => said(readText(...given));

/** What an exception says in English. */
export function saidBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return reasonOf(error);
  }
  return '';
}
