/** Numbers, durations, sizes and dates in the language of the interface, reactive in it. */
import { formatNumber as numberIn } from '../text/numbers.ts';
import { formatBytes as bytesIn, formatDuration as durationIn, formatWhen as whenIn } from '../text/quantities.ts';
import { currentTexts, locale } from './i18n/index.ts';

export const formatNumber = (value: number, digits?: number): string => numberIn(locale(), value, digits);
export const formatDuration = (seconds: number): string => durationIn(currentTexts(), seconds);
export const formatBytes = (bytes: number): string => bytesIn(currentTexts(), bytes);
export const formatWhen = (milliseconds: number): string => whenIn(currentTexts(), milliseconds, Date.now());
