/** Numbers as figures write them: a true minus sign, powers of ten with superscripts, four significant digits. */
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `−12` as superscript. */
function superscript(value: number): string {
  return String(value)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
}

/** 10ⁿ; 1 for n = 0. */
export const powerOfTen = (exponent: number): string => (exponent === 0 ? '1' : `10${superscript(exponent)}`);

/** Up to `digits` significant digits; with a power of ten outside 10⁻³ … 10⁵. */
export function formatValue(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return minus(`${Number(mantissa)}×10${superscript(Number(exponent))}`);
  }
  return minus(String(Number(value.toPrecision(digits))));
}

/** As formatValue with all digits kept, for columns of numbers: 0.1500, 1.234×10⁻⁵. */
export function formatFixed(value: number, digits = 4): string {
  if (!Number.isFinite(value) || value === 0) return formatValue(value, digits);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return minus(`${mantissa}×10${superscript(Number(exponent))}`);
  }
  const text = value.toPrecision(digits);
  return minus(text.includes('e') ? String(Number(text)) : text);
}

const minus = (text: string): string => text.replace('-', '−');

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
  const exponent = size < 1e-3 || size >= 1e6 ? Math.floor(Math.log10(size)) : 0;
  const unit = Number(`1e${exponent}`);
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(deviation / unit))));
  const text = `${minus((mean / unit).toFixed(decimals))} ± ${(deviation / unit).toFixed(decimals)}`;
  return exponent === 0 ? text : `(${text})×10${superscript(exponent)}`;
}
