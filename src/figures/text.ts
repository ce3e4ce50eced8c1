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

/** Lines of whole words within `width` pixels; at most `most`, the last one truncated. */
export function wrap(text: string, fontSize: number, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && textWidth(`${last} ${word}`, fontSize) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines.map((line) => truncate(line, fontSize, width));
  const kept = lines.slice(0, most);
  kept[most - 1] = truncate(lines.slice(most - 1).join(' '), fontSize, width);
  return kept;
}
