/**
 * Search in the library: every word of the query occurs somewhere in the study's text, as a substring, whatever the
 * case. A plain text column and instr(), not a full-text index. An index cuts texts into words, which Japanese does not
 * have, or into trigrams, which do not find 対数; thousands of studies of a few kB are scanned in milliseconds.
 */
import { piecesOf } from '../../text/formulas.ts';
import { unmarked } from '../../text/unmarked.ts';
import { type StudyDraft } from '../../api/types.ts';

/** Longest text that is searched, in characters; notes come first, long lists of numbers are left out. */
const MAX_SEARCH = 200_000;
/** Lists longer than this are data, not parameters that anyone looks for. */
const MAX_LIST = 64;
const EXCERPT = 280;

/** Same letters whatever the case and the width (full-width Latin, half-width katakana). */
const normalize = (text: string): string => plain(text).normalize('NFKC').toLowerCase();

/** Without control characters and halves of surrogate pairs, which the database's text columns cannot hold. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is removed
  return text.replace(/[\u0000-\u001f\u007f]|\p{Cs}/gu, ' ');
}

/** The words that must all occur. */
export function searchWords(query: string): string[] {
  return normalize(query)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Everything that is searched of a study: names, notes, tags, and the parameters with their keys. */
export function searchText(draft: StudyDraft, tags: readonly string[]): string {
  const parts = [draft.name, ...tags, draft.notes];
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  const add = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  const visit = (value: unknown): void => {
    if (length > MAX_SEARCH) return;
    if (typeof value === 'string' || typeof value === 'number') add(String(value));
    else if (Array.isArray(value)) {
      if (value.length <= MAX_LIST) value.forEach(visit);
    } else if (value !== null && typeof value === 'object') {
      for (const [key, entry] of Object.entries(value)) {
        add(key);
        visit(entry);
      }
    }
  };
  visit(draft.experiments);
  return normalize(parts.join(' ').slice(0, MAX_SEARCH));
}

const flat = (text: string): string => plain(text).replace(/\s+/g, ' ');

/** First lines of Markdown notes without the marks that matter least in a list. */
export function excerpt(notes: string): string {
  // formulas keep their marks, and none is cut in two
  const pieces = piecesOf(notes.slice(0, 4 * EXCERPT)).map(({ kind, text }) =>
    kind === 'formula' ? `$${flat(text)}$` : flat(unmarked(text)),
  );
  let text = '';
  for (const [k, piece] of pieces.entries()) {
    const left = EXCERPT - text.length;
    if (piece.length <= left - (k === pieces.length - 1 ? 0 : 1)) text += piece;
    else return `${(text + (piece.startsWith('$') ? '' : piece.slice(0, left - 1))).trim()}…`;
  }
  return text.trim();
}
