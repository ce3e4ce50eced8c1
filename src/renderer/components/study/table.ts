/** The settings in which experiments differ, in the editor's words: pure functions. */
import { settingName, settingLabel } from '../../../text/setting-names.ts';
import { type Texts } from '../../../text/texts.ts';

export interface SettingDifference {
  readonly path: string;
  /** As the editor calls the setting. */
  readonly label: string;
  /** One text per experiment; empty where the setting is not there. */
  readonly values: readonly string[];
}

/** Settings whose values are not the same in all descriptions, or all settings; ids and names aside. */
export function settingDifferences(
  texts: Texts,
  descriptions: readonly Readonly<Record<string, unknown>>[],
  all = false,
): SettingDifference[] {
  const flat = descriptions.map(({ id: _id, name: _name, ...settings }) => new Map(leaves(settings, '')));
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))].filter(
    (path) => all || new Set(flat.map((settings) => JSON.stringify(settings.get(path)))).size > 1,
  );
  const labels = paths.map((path) => labelOf(texts, path));
  return paths.map((path, k) => ({
    path,
    // two settings of one name are told apart by where they stand in the file
    label: labels.indexOf(labels[k]) === labels.lastIndexOf(labels[k]) ? labels[k] : settingName(texts, path),
    values: flat.map((settings) => (settings.has(path) ? valueOf(texts, path, settings.get(path)) : '')),
  }));
}

/** Plain settings by path; a list is one setting. */
function leaves(value: unknown, path: string): [string, unknown][] {
  if (Array.isArray(value)) return [[path, value]];
  if (value === null || typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, path === '' ? key : `${path}.${key}`));
}

/** What a kind is of: `loss.kind` → `loss`, `model.spectrum.kind` → `spectrum`. */
const sectionOf = (path: string): string => path.split('.').at(-2) ?? '';

function labelOf(texts: Texts, path: string): string {
  if (!path.endsWith('kind')) return settingLabel(texts, path);
  const section = sectionOf(path);
  return texts.named(`section.${section}`, texts.named(`field.${section}`, section));
}

const LONGEST = 8;

function valueOf(texts: Texts, path: string, value: unknown): string {
  if (Array.isArray(value)) {
    const words = value.slice(0, LONGEST).map((entry) => valueOf(texts, path, entry));
    return `(${[...words, ...(value.length > LONGEST ? [`… ${value.length}`] : [])].join(', ')})`;
  }
  if (value === null) return '–';
  if (typeof value === 'object')
    return Object.values(value)
      .map((entry) => valueOf(texts, path, entry))
      .join(' ');
  if (typeof value === 'boolean') return texts.say(value ? 'report.on' : 'report.off');
  if (typeof value !== 'string') return String(value);
  const section = path.endsWith('kind') ? sectionOf(path) : (path.split('.').at(-1) ?? '');
  return texts.named(`kind.${section}.${value}`, texts.named(`engine.${value}`, value));
}
