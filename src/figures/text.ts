/** Widths of text without a canvas: figures are laid out in workers, Node and the page alike. */

/** Widths in em, a little generous, of a sans-serif like Inter or Helvetica. */
const NARROW = new Set([..."iljtfrI.,:;|!'()[]{}/ ·‖⁻¹"]);
const WIDE = new Set([...'mwMWOQGD@%∞Σ×—']);

/** Estimated width in pixels; errs to the wide side, so that nothing drawn beside it overlaps. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x2e80) em += 1.05;
    else if (/[⁰-⁹²³¹⁻]/u.test(character)) em += 0.42;
    else if (NARROW.has(character)) em += 0.34;
    else if (WIDE.has(character)) em += 0.86;
    else if (character >= 'A' && character <= 'Z') em += 0.7;
    else em += 0.6;
  }
  return em * fontSize;
}

/** The text, or its beginning with an ellipsis, within `width` pixels. */
export function truncate(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, fontSize) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Characters that a line of Japanese does not begin with, and those that it does not end with. */
const NOT_FIRST = new Set([...'、。・:;,.!?)」』】〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョー々%°']);
const NOT_LAST = new Set([...'(「『【〈《']);

const isWide = (character: string): boolean => (character.codePointAt(0) ?? 0) >= 0x2e80;

/** Pieces between which a line may end: words with the space before them; between the characters of Japanese too. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let before = '';
  for (const character of text) {
    const mayBreak =
      character === ' ' ||
      ((isWide(character) || isWide(before)) && before !== ' ' && !NOT_FIRST.has(character) && !NOT_LAST.has(before));
    if (mayBreak || found.length === 0) found.push(character);
    else found[found.length - 1] += character;
    before = character;
  }
  return found;
}

/** Lines of whole words within `width` pixels; at most `most`, the last one truncated. */
export function wrap(text: string, fontSize: number, width: number, most: number): string[] {
  const lines: string[] = [''];
  for (const piece of pieces(text)) {
    const last = lines.length - 1;
    const longer = `${lines[last]}${piece}`;
    if (lines[last] === '' || textWidth(longer.trimStart(), fontSize) <= width) lines[last] = longer;
    else lines.push(piece);
  }
  const kept = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join('')];
  return kept.map((line) => truncate(line.trimStart(), fontSize, width));
}
