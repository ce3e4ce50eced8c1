/** Settings that sentences name, as the editor of the app calls them. */
const NAMES: readonly (readonly [path: RegExp, name: string])[] = [
  [/^optimizer\.ridge$/, 'Ridge δ'],
  [/^optimizer\.schedule\.rate$/, 'Rate γ'],
  [/^optimizer\.schedule\.rates\[\d+\]$/, 'Rates γ'],
  [/^optimizer\.schedule\.offset$/, 'Offset b₀'],
];

/** `Ridge δ (optimizer.ridge)`; the path alone of one that no sentence names. */
export function settingName(path: string): string {
  const name = NAMES.find(([of]) => of.test(path))?.[1];
  return name === undefined ? path : `${name} (${path})`;
}
