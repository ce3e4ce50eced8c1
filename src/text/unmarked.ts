/** Markdown as it is read in one line: its marks go, and no character that only looks like one. */

/** One way to match each text: what begins no pair is left alone, and costs no second look. */
const PAIRS: readonly RegExp[] = [
  /(\*{1,3})(?=\S)([^*\n]*[^\s*])\1/g,
  // within a word an underscore is a subscript: R_SGD
  /(?<![\p{L}\p{N}_])(_{1,3})(?=\S)([^_\n]*[^\s_])\1(?![\p{L}\p{N}_])/gu,
  /(`)([^`\n]+)\1/g,
];

/** @param markdown outside of formulas. */
export function unmarked(markdown: string): string {
  const lines = markdown
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+/gm, '')
    .replace(/!?\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])/g, '$1');
  return PAIRS.reduce((text, pair) => text.replace(pair, '$2'), lines);
}
