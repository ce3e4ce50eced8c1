/**
 * JSON of files, which may be hostile. `JSON.parse` takes any depth, and what walks the value afterwards by recursion
 * (schemas, canonical JSON, messages) would run out of stack: the depth is looked at before anything is parsed.
 */
import { reason, Refused, type Reason } from '../../refusal/refusal.ts';
import { visible } from './found.ts';

/** Deepest nesting of objects and lists that is read. A study has at most 9 levels. */
const MAX_JSON_DEPTH = 64;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((sign) =>
  sign.charCodeAt(0),
);

/**
 * The value of a JSON text; a byte order mark before it is allowed.
 * @throws Refused if it is not JSON or nested deeper than MAX_JSON_DEPTH.
 */
export function parseJson(text: string): unknown {
  const deep = tooDeepAt(text);
  if (deep >= 0) throw refused(reason('json-depth', { most: MAX_JSON_DEPTH, at: deep + 1 }));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // the engine quotes the text
    const said = visible((error as Error).message);
    const at = / at position (\d+)/.exec(said)?.[1];
    throw refused(reason('json-syntax', { said, at: at === undefined ? null : Number(at) + 1 }), error);
  }
}

const refused = (why: Reason, cause?: unknown): Refused => new Refused([{ path: '', ...why }], { cause });

/** Index where a text is nested deeper than is read, or -1. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    const sign = text.charCodeAt(k);
    if (sign === QUOTE) k = endOfString(text, k);
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      if (++depth > MAX_JSON_DEPTH) return k;
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth--;
  }
  return -1;
}

/** Index of the quote that ends the string starting at `from`; the text's length if there is none. */
function endOfString(text: string, from: number): number {
  for (let k = from + 1; k < text.length; k++) {
    const sign = text.charCodeAt(k);
    if (sign === QUOTE) return k;
    if (sign === BACKSLASH) k++;
  }
  return text.length;
}
