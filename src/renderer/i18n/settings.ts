/** Settings by the names that the editor gives them. */
import { named } from './index.ts';

/** Label of the field at a path, in the language of the interface: `optimizer.schedule.rates[2]` → `Rates γ`. */
export function settingLabel(path: string): string {
  const parts = path.replace(/\[[^\]]*\]$/, '').split('.');
  const last = parts[parts.length - 1];
  const parent = parts[parts.length - 2] ?? '';
  return named(`field.${parent}.${last}`, named(`field.${last}`, last));
}

/** `Ridge δ (optimizer.ridge)`: as the editor says it, and as the study's file does. */
export const settingName = (path: string): string => `${settingLabel(path)} (${path})`;
