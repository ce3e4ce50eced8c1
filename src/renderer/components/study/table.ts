/** The settings in which experiments differ: pure functions. */
export interface SettingDifference {
  readonly path: string;
  /** One text per experiment; empty where the setting is not there. */
  readonly values: readonly string[];
}

/** Settings whose values are not the same in all descriptions (ids and names aside). */
export function settingDifferences(drafts: readonly Readonly<Record<string, unknown>>[]): SettingDifference[] {
  const flat = drafts.map((draft) => {
    const { id: _id, name: _name, ...settings } = draft;
    return new Map(leaves(settings, ''));
  });
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((settings) => settings.get(path) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Plain settings by path; a list of numbers is one setting. */
function leaves(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.every((entry) => entry === null || typeof entry !== 'object')) {
    return [
      [path, value.length > 8 ? `[${value.slice(0, 6).join(', ')}, … ${value.length}]` : `[${value.join(', ')}]`],
    ];
  }
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, entry]) => leaves(entry, path === '' ? key : `${path}.${key}`));
}
