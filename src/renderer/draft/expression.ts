/** Sums, products, powers and square roots of plain numbers: `1/3`, `2^-3`, `sqrt(2)/2`, `3*10^-4`. */
import { pow } from '../../core/math/elementary.ts';

const TOKEN = /\s*(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|sqrt|√|\*\*|[-+*/^()×·])/iy;
/** Parentheses and powers within each other; a text with more is no number that somebody types. */
const MOST_DEEP = 40;

/** Value of an expression; null if it is none, or if its value is not finite. */
export function valueOf(text: string): number | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const reader = new Reader(tokens);
  const value = reader.sum(0);
  return value !== null && reader.atEnd && Number.isFinite(value) ? value : null;
}

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  const scan = new RegExp(TOKEN);
  const length = text.trimEnd().length;
  while (scan.lastIndex < length) {
    const found = scan.exec(text);
    if (!found) return null;
    tokens.push(found[1].toLowerCase());
  }
  return tokens;
}

/** Descends by precedence; null wherever the text is no expression. */
class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  private take(...wanted: string[]): string | null {
    const token = this.tokens[this.at];
    if (!wanted.includes(token)) return null;
    this.at++;
    return token;
  }

  sum(depth: number): number | null {
    let value = this.product(depth);
    for (let sign = this.take('+', '-'); sign !== null && value !== null; sign = this.take('+', '-')) {
      const next = this.product(depth);
      value = next === null ? null : sign === '+' ? value + next : value - next;
    }
    return value;
  }

  private product(depth: number): number | null {
    let value = this.signed(depth);
    const signs = ['*', '×', '·', '/'];
    for (let sign = this.take(...signs); sign !== null && value !== null; sign = this.take(...signs)) {
      const next = this.signed(depth);
      value = next === null ? null : sign === '/' ? value / next : value * next;
    }
    return value;
  }

  /** A sign binds less than a power: −2^2 is −4. */
  private signed(depth: number): number | null {
    if (depth > MOST_DEEP) return null;
    const sign = this.take('+', '-');
    if (sign === null) return this.power(depth);
    const value = this.signed(depth + 1);
    return value === null || sign === '+' ? value : -value;
  }

  private power(depth: number): number | null {
    const base = this.atom(depth);
    if (base === null || this.take('^', '**') === null) return base;
    const exponent = this.signed(depth + 1);
    if (exponent === null) return null;
    // of a negative base whole powers alone are real
    return base < 0 ? (Number.isInteger(exponent) ? base ** exponent : null) : pow(base, exponent);
  }

  private atom(depth: number): number | null {
    const root = this.take('sqrt', '√') !== null;
    if (this.take('(') !== null) {
      const value = this.sum(depth + 1);
      if (value === null || this.take(')') === null) return null;
      return root ? Math.sqrt(value) : value;
    }
    const token = this.tokens[this.at] ?? '';
    if (!/^[.\d]/.test(token)) return null;
    this.at++;
    const value = Number(token);
    return root ? Math.sqrt(value) : value;
  }
}
