/** What warnings say: made from the same code and numbers in every language, alike on the page, in reports and in a terminal. */
import { type Warning } from '../study/warnings.ts';
import { formatValue } from './numbers.ts';
import { texts, type Texts } from './texts.ts';

/** The sentence, with numbers of three digits. */
export function warningText({ say }: Texts, { code, numbers }: Pick<Warning, 'code' | 'numbers'>): string {
  const written = Object.entries(numbers).map(([name, value]) => [name, formatValue(value, 3)]);
  return say(`warning.${code}`, Object.fromEntries(written) as Record<string, string>);
}

/** `path: sentence` in English, for the command line. */
export const formatWarning = (warning: Warning): string => `${warning.path}: ${warningText(texts('en'), warning)}`;
