const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text with what XML 1.0 forbids replaced: an SVG with a control character of a name in it is not read at all. */
export const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

/** Text as it may stand in HTML, SVG and their quoted attributes. What XML forbids is replaced. */
export function escapeXml(text: string): string {
  return xmlText(text.replace(/[&<>"']/g, (character) => ENTITIES[character]));
}
