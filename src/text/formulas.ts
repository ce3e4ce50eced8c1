/** Formulas in Markdown and in plain lines: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, taken as they are written. */
import type MarkdownIt from 'markdown-it';

/** Longest formula that is set; a longer one stays text. */
const MOST_CHARACTERS = 4000;

/** For KaTeX: nothing that loads, links or grows without bounds; what it cannot set is shown as it is written. */
export const FORMULA_OPTIONS = {
  throwOnError: false,
  strict: 'ignore',
  trust: false,
  maxSize: 20,
  maxExpand: 300,
} as const;

interface Formula {
  readonly source: string;
  readonly display: boolean;
  /** First character after it. */
  readonly end: number;
}

const PAIRS = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
  { open: '$', close: '$', display: false },
] as const;

/** The formula that begins at a place of a text; null if none does. */
function formulaAt(text: string, at: number): Formula | null {
  for (const { open, close, display } of PAIRS) {
    if (!text.startsWith(open, at)) continue;
    const start = at + open.length;
    const end = endOf(text, start, close);
    const source = text.slice(start, end);
    if (end < 0 || source.trim() === '' || source.length > MOST_CHARACTERS) continue;
    return { source: source.trim(), display, end: end + close.length };
  }
  return null;
}

/** Where a formula closes; −1 if it does not. Two prices, $5 and $6, are no formula. */
function endOf(text: string, start: number, close: string): number {
  const single = close === '$';
  if (single && /\s/.test(text[start] ?? ' ')) return -1;
  for (let at = start; at < text.length && at - start <= MOST_CHARACTERS; at++) {
    if (text.startsWith(close, at)) {
      if (!single) return at;
      return /\s/.test(text[at - 1]) || /\d/.test(text[at + 1] ?? '') ? -1 : at;
    }
    if (text[at] === '\\') at++;
    // a blank line ends a paragraph
    else if (single && text.startsWith('\n\n', at)) return -1;
  }
  return -1;
}

export type Piece = { readonly kind: 'text' | 'formula'; readonly text: string };

/** A line of text cut at its formulas. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const formula = '$\\'.includes(text[at]) ? formulaAt(text, at) : null;
    if (!formula) {
      // an escaped dollar is one
      if (text[at] === '\\') at++;
      continue;
    }
    if (at > from) pieces.push({ kind: 'text', text: text.slice(from, at) });
    pieces.push({ kind: 'formula', text: formula.source });
    from = formula.end;
    at = from - 1;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

type Markdown = InstanceType<typeof MarkdownIt>;

/** Teaches a Markdown parser formulas: tokens `formula` (in a line) and `formula_block`, with their source as content. */
export function withFormulas(markdown: Markdown): Markdown {
  markdown.inline.ruler.before('escape', 'formula', (state, silent) => {
    const formula = formulaAt(state.src.slice(0, state.posMax), state.pos);
    if (!formula) return false;
    if (!silent) {
      const token = state.push(formula.display ? 'formula_block' : 'formula', '', 0);
      token.content = formula.source;
    }
    state.pos = formula.end;
    return true;
  });
  // lines of a display may begin with what is a list or a heading elsewhere
  markdown.block.ruler.before(
    'fence',
    'formula_block',
    (state, first, last, silent) => {
      const start = state.bMarks[first] + state.tShift[first];
      if (!/^(\$\$|\\\[)/.test(state.src.slice(start, start + 2))) return false;
      const formula = formulaAt(state.src.slice(0, state.eMarks[last - 1]), start);
      if (!formula) return false;
      let line = first;
      while (line < last && state.eMarks[line] < formula.end) line++;
      // words after it make it a part of a paragraph
      if (state.src.slice(formula.end, state.eMarks[line]).trim() !== '') return false;
      if (silent) return true;
      const token = state.push('formula_block', '', 0);
      token.content = formula.source;
      token.map = [first, line + 1];
      state.line = line + 1;
      return true;
    },
    { alt: ['paragraph', 'blockquote', 'list'] },
  );
  return markdown;
}
