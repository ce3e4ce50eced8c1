/** Durations, sizes and dates as people read them, in a language. */
import { formatNumber, orderOf } from './numbers.ts';
import { type Texts } from './texts.ts';

/** Seconds as a rough duration: 0.8 s, 14 s, 3 min, 2.5 h, 4 d. */
export function formatDuration({ language, say }: Texts, seconds: number): string {
  if (seconds < 0.1) return say('time.instant');
  if (seconds < 9.95) return say('time.seconds', { n: formatNumber(language, seconds, 2) });
  if (seconds < 99.5) return say('time.seconds', { n: Math.round(seconds) });
  if (seconds < 5400) return say('time.minutes', { n: Math.round(seconds / 60) });
  if (seconds < 172_800) return say('time.hours', { n: formatNumber(language, seconds / 3600, 2) });
  return say('time.days', { n: formatNumber(language, seconds / 86_400, 2) });
}

/** Bytes as kB, MB, GB (powers of 1000). */
export function formatBytes({ language }: Texts, bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(orderOf(Math.max(1, bytes)) / 3));
  return `${formatNumber(language, bytes / Number(`1e${3 * power}`), power === 0 ? 4 : 2)} ${units[power]}`;
}

/**
 * How long ago, or the date where that is more than a week.
 * @param milliseconds since 1970, as `now` is.
 */
export function formatWhen({ language, say }: Texts, milliseconds: number, now: number): string {
  const seconds = (milliseconds - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (seconds > -60) return say('time.now');
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (seconds > -7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return new Date(milliseconds).toLocaleDateString(language, { year: 'numeric', month: 'short', day: 'numeric' });
}
