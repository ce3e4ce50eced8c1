/** Text with what XML 1.0 forbids replaced: an SVG with a control character of a name in it is not read at all. */
export const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
