/** Numbers as people type them. */

/** Number of a text: decimal, exponent (1e6) or fraction (1/3), with − for a minus; null if it is none of these. */
export function readNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[\u202f\u2009 ,](?=\d{3}(\D|$))/g, '');
  const fraction = /^([^/]+)\/([^/]+)$/.exec(plain);
  if (fraction) {
    const above = readNumber(fraction[1]);
    const below = readNumber(fraction[2]);
    return above === null || below === null || below === 0 ? null : above / below;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** What a field holds after `text` was typed: its number, or the text itself, which the parser then refuses. */
export function readField(text: string): number | string {
  return readNumber(text) ?? text;
}

/** A stored value as the text of its field. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' && Number.isFinite(value)) {
    const third = [3, 6, 7, 9].find((below) => value > 0 && value < 1 && isFraction(value, below));
    return third ? `${Math.round(value * third)}/${third}` : String(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a value is exactly k/below in lowest terms and has no short decimal form. */
function isFraction(value: number, below: number): boolean {
  const above = Math.round(value * below);
  return above / below === value && String(value).length > 10;
}
