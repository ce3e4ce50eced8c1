/** Numbers as programs and people write them, one at a time. */

/** A complex number, which is read where its imaginary part is 0. */
export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

// one way to match each text: what fails must not be tried in all ways
const MANTISSA = '(?:\\d+(?:\\.\\d*)?|\\.\\d+)';
const PLAIN = new RegExp(`^[+-]?${MANTISSA}(?:[eE][+-]?\\d+)?$`);
/** 1.0D-05, as Fortran writes double precision, and 1.0Q-05. */
const FORTRAN = new RegExp(`^([+-]?${MANTISSA})[dDqQ]([+-]?\\d+)$`);
/** 5.68-304: Fortran leaves out the letter where the exponent has three digits. */
const FORTRAN_BARE = /^([+-]?(?:\d+\.\d*|\.\d+))([+-]\d{3})$/;
/** 1.5*^-8 and 1.5`16.*^-8, as Mathematica writes. */
const MATHEMATICA = new RegExp(`^([+-]?${MANTISSA})(?:\`[\\d.]*)?(?:\\*(?:10)?\\^([+-]?\\d+))?$`);
const COMPLEX = new RegExp(
  `^\\(?([+-]?${MANTISSA}(?:[eE][+-]?\\d+)?)\\s*(\\+-|[+-])\\s*(${MANTISSA}(?:[eE][+-]?\\d+)?)\\*?[ijIJ]\\)?$`,
);
const DECIMAL_COMMA = /^[+-]?\d+,\d+(?:[eEdD][+-]?\d+)?$/;
/** What can be whole numbers with separated thousands. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** A number, or null for what is none. Not finite ones are none. */
export function parseNumber(cell: string): number | Complex | null {
  if (PLAIN.test(cell)) return finite(Number(cell));
  const parts = FORTRAN.exec(cell) ?? FORTRAN_BARE.exec(cell) ?? MATHEMATICA.exec(cell);
  if (parts) return finite(Number(`${parts[1]}e${parts[2] ?? 0}`));
  const [, real, sign, size] = COMPLEX.exec(cell) ?? [];
  if (real === undefined) return null;
  const imaginary = sign === '+' ? Number(size) : -Number(size);
  return finite(Number(real)) === null || finite(imaginary) === null ? null : { real: Number(real), imaginary };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const hasDecimalComma = (cell: string): boolean => DECIMAL_COMMA.test(cell);
export const mayBeThousands = (cell: string): boolean => THOUSANDS.test(cell);

/** Where a number with a decimal comma is meant. */
export const parseDecimalComma = (cell: string): number | null => {
  const value = parseNumber(cell.replace(',', '.'));
  return typeof value === 'number' ? value : null;
};

/** A word that stands for a number that is not there. */
const isMissing = (cell: string): boolean =>
  /^[+-]?(?:nan|inf|infinity|na|n\/a|null|nil|none|missing|indeterminate)$/i.test(cell);

/** Whether a cell can be a name: it has a letter, and does not begin as a number does. */
export const isName = (cell: string): boolean =>
  /\p{L}/u.test(cell) && !/^[+-]?[.,]?\d/.test(cell) && !isMissing(cell) && !/^\(?[+-]?\d/.test(cell);
