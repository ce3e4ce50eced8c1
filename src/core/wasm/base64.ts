/** Base64 without Buffer or atob, which Node and the page do not both have in a form that core may use. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS_PER_GROUP = 4;

/** Bytes of a padded base64 text (RFC 4648, section 4) that is known to be well formed. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const sextetOf = new Uint8Array(128);
  for (let k = 0; k < ALPHABET.length; k++) sextetOf[ALPHABET.charCodeAt(k)] = k;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / SEXTETS_PER_GROUP) * 3 - padding);
  for (let from = 0, to = 0; from < text.length; from += SEXTETS_PER_GROUP, to += 3) {
    let group = 0;
    for (let k = 0; k < SEXTETS_PER_GROUP; k++) group = (group << 6) | sextetOf[text.charCodeAt(from + k)];
    // writes past the end of a typed array, which the padding asks for, are dropped
    bytes[to] = group >> 16;
    bytes[to + 1] = (group >> 8) & 255;
    bytes[to + 2] = group & 255;
  }
  return bytes;
}
