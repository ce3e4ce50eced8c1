/** A name near `wanted` that is not taken: `Name`, `Name (2)`, `Name (3)`. A number that it has is counted on. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  const base = wanted.replace(/ \(\d+\)$/, '');
  for (let n = 2; ; n++) {
    if (!taken.includes(`${base} (${n})`)) return `${base} (${n})`;
  }
}
