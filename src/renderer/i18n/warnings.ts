/** A warning of a study's settings in the language of the interface. */
import { type Warning } from '../../study/warnings.ts';
import { formatNumber } from '../format.ts';
import { t } from './index.ts';

export const warningText = ({ code, numbers }: Warning): string =>
  t(
    `warning.${code}`,
    Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, formatNumber(value, 3)])),
  );
