/** Numbers, durations and dates as people read them, in the language of the interface. */
import { locale, t } from './i18n/index.ts';

/** 40000 → 40,000; up to `digits` significant digits where it is not whole. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-3)) return scientific(value, Math.min(digits, 3));
  const options = Number.isInteger(value) ? {} : { maximumSignificantDigits: digits };
  return value.toLocaleString(locale(), options).replace('-', '−');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 1.2 × 10⁻⁷. */
function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const power = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  const factor = String(Number(mantissa)).replace('-', '−');
  return factor === '1' ? `10${power}` : `${factor} × 10${power}`;
}

/** Seconds as a rough duration: 0.8 s, 14 s, 3 min, 2.5 h, 4 d. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.1) return t('time.instant');
  if (seconds < 9.95) return t('time.seconds', { n: formatNumber(seconds, 2) });
  if (seconds < 99.5) return t('time.seconds', { n: Math.round(seconds) });
  if (seconds < 5400) return t('time.minutes', { n: Math.round(seconds / 60) });
  if (seconds < 172_800) return t('time.hours', { n: formatNumber(seconds / 3600, 2) });
  return t('time.days', { n: formatNumber(seconds / 86_400, 2) });
}

/** Bytes as kB, MB, GB (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${formatNumber(bytes / 1000 ** power, power === 0 ? 4 : 2)} ${units[power]}`;
}

/** How long ago, or the date where that is more than a week. */
export function formatWhen(milliseconds: number, now: number = Date.now()): string {
  const seconds = (milliseconds - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (seconds > -60) return t('time.now');
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (seconds > -7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return new Date(milliseconds).toLocaleDateString(locale(), { year: 'numeric', month: 'short', day: 'numeric' });
}
