/** Settings by the names that the editor of the app gives them. */
import { type Texts } from './texts.ts';

/** Label of the field at a path: `optimizer.schedule.rates[2]` → `Rates γ`. */
export function settingLabel({ named }: Texts, path: string): string {
  const parts = path.replace(/\[[^\]]*\]$/, '').split('.');
  const last = parts[parts.length - 1];
  const parent = parts[parts.length - 2] ?? '';
  return named(`field.${parent}.${last}`, named(`field.${last}`, last));
}

/** `Ridge δ (optimizer.ridge)`: as the editor says it, and as the study's file does. */
export const settingName = (texts: Texts, path: string): string => `${settingLabel(texts, path)} (${path})`;
