/**
 * A small set of cases in which every two levels of different factors meet, if they may: greedy, and the same every time.
 * Levels that no allowed case has together are left out.
 */

/** A level of each factor, by its index. */
export type Case = readonly number[];

/**
 * @param sizes numbers of levels.
 * @param allowed whether a case may be.
 */
export function allPairs(sizes: readonly number[], allowed: (levels: Case) => boolean = () => true): Case[] {
  const every = product(sizes)
    .filter(allowed)
    .map((levels) => ({ levels, pairs: pairsOf(sizes, levels) }));
  const open = new Set(every.flatMap(({ pairs }) => pairs));
  const cases: Case[] = [];
  while (open.size > 0) {
    let [best, most] = [every[0], 0];
    for (const each of every) {
      let met = 0;
      for (const pair of each.pairs) if (open.has(pair)) met++;
      if (met > most) [best, most] = [each, met];
    }
    cases.push(best.levels);
    for (const pair of best.pairs) open.delete(pair);
  }
  return cases;
}

/** Numbers of the pairs of levels that a case has. */
export function pairsOf(sizes: readonly number[], levels: Case): number[] {
  const base = 1 + Math.max(...sizes);
  const pairs: number[] = [];
  for (let f = 0; f < levels.length; f++) {
    for (let h = f + 1; h < levels.length; h++) {
      pairs.push(((f * sizes.length + h) * base + levels[f]) * base + levels[h]);
    }
  }
  return pairs;
}

const product = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (cases, size) => cases.flatMap((each) => Array.from({ length: size }, (_, level) => [...each, level])),
    [[]],
  );
