/**
 * Numbers as people read them: a true minus sign, powers of ten with superscripts. Figures, reports and warnings write
 * `formatValue` and its relatives, the same in every language; the page's running text `formatNumber`, with the
 * separators of its language; a terminal's table `formatDecimals`.
 */
import { type Language } from './language.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `−12` as superscript. */
function superscript(value: number): string {
  return String(value)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
}

/** 10ⁿ; 1 for n = 0. */
export const powerOfTen = (exponent: number): string => (exponent === 0 ? '1' : `10${superscript(exponent)}`);

const minus = (text: string): string => text.replace('-', '−');

const notFinite = (value: number): string => (Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞');

/** Where a power of ten is read more easily than the zeros. */
const isExtreme = (value: number, large = 1e6): boolean =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= large);

/** The exponent of the power of ten at or below a number, but for rounding: 2 for 345, −4 for 0.0001 less its last bit. */
export const orderOf = (value: number): number => Number(value.toExponential(14).split('e')[1]);

/** Of 0.00012 with two digits: `1.2` and `10⁻⁴`. */
function factored(value: number, digits: number): [factor: string, power: string] {
  const [factor, exponent] = value.toExponential(digits - 1).split('e');
  return [minus(factor), `10${superscript(Number(exponent))}`];
}

/** Of a factor from 1 to 9.99…: `1.50` → `1.5`, `2.00` → `2`. */
const withoutZeros = (factor: string): string => factor.replace(/\.?0+$/, '');

/** Up to `digits` significant digits; with a power of ten outside 10⁻³ … 10⁶. */
export function formatValue(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (!isExtreme(value)) return minus(String(Number(value.toPrecision(digits))));
  const [factor, power] = factored(value, digits);
  return `${withoutZeros(factor)}×${power}`;
}

/** As formatValue, powers of ten without their 1: 10⁹. */
export const formatShort = (value: number, digits = 4): string => formatValue(value, digits).replace(/^1×/, '');

/** As formatValue with all digits kept, for columns of numbers: 0.1500, 1.234×10⁻⁵. */
export function formatFixed(value: number, digits = 4): string {
  if (!Number.isFinite(value) || value === 0) return formatValue(value, digits);
  if (isExtreme(value)) return factored(value, digits).join('×');
  const text = value.toPrecision(digits);
  return minus(text.includes('e') ? String(Number(text)) : text);
}

/** A fraction as people write it (¼, ½ …) where it is one, else two digits. */
export function formatFraction(value: number): string {
  const simple: [number, string][] = [
    [1 / 4, '¼'],
    [1 / 3, '⅓'],
    [1 / 2, '½'],
    [2 / 3, '⅔'],
    [3 / 4, '¾'],
  ];
  return simple.find(([fraction]) => Math.abs(fraction - value) < 1e-9)?.[1] ?? formatValue(value, 2);
}

/** `0.06119 ± 0.00079`, `(5.9 ± 2.2)×10⁻⁴`: the deviation with two digits, the mean with as many decimals. */
export function formatWithDeviation(mean: number, deviation: number): string {
  if (!Number.isFinite(mean) || !(deviation > 0) || !Number.isFinite(deviation)) {
    return `${formatFixed(mean)} ± ${formatValue(deviation, 2)}`;
  }
  const size = Math.max(Math.abs(mean), deviation);
  const exponent = isExtreme(size) ? orderOf(size) : 0;
  const unit = Number(`1e${exponent}`);
  const decimals = Math.min(12, Math.max(0, 1 - orderOf(deviation / unit)));
  const text = `${minus((mean / unit).toFixed(decimals))} ± ${(deviation / unit).toFixed(decimals)}`;
  return exponent === 0 ? text : `(${text})×10${superscript(exponent)}`;
}

/** 40000 → 40,000; up to `digits` significant digits where it is not whole; 1.2 × 10⁻⁷ outside 10⁻³ … 10⁹. */
export function formatNumber(language: Language, value: number, digits = 4): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (!isExtreme(value, 1e9)) {
    const options = Number.isInteger(value) ? {} : { maximumSignificantDigits: digits };
    return minus(value.toLocaleString(language, options));
  }
  const [factor, power] = factored(value, Math.min(digits, 3));
  const short = withoutZeros(factor);
  return short === '1' ? power : `${short} × ${power}`;
}

/** Five decimals, or the exponent where they would say nothing: 0.06119, 1.20e-4. */
export const formatDecimals = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toFixed(5);
