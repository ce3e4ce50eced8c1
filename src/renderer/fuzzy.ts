/** Fuzzy search: the letters of a query in their order, better where they are together and begin words. */

/**
 * How well a text fits a query, word by word; the words may stand in any order.
 * @returns larger is better; null if a word does not fit at all.
 */
export function fuzzyScore(text: string, query: string): number | null {
  const plain = text.normalize('NFKC').toLowerCase();
  let score = 0;
  for (const word of query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)) {
    const of = wordScore(plain, word);
    if (of === null) return null;
    score += of;
  }
  return score - plain.length / 1000;
}

const startsWord = (text: string, at: number): boolean => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]);

function wordScore(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at >= 0) return 100 + (startsWord(text, at) ? 50 : 0);
  // each letter after the one before: one that goes on, or begins a word, counts more
  let score = 0;
  let from = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found < 0) return null;
    score += found === from && from > 0 ? 5 : startsWord(text, found) ? 4 : -1;
    from = found + letter.length;
  }
  // letters that are scattered over the text are chance
  return score > 0 ? score : null;
}
