/** Spectral groups of an experiment for figures: names, shares that alignment is compared with, the clean group. */
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type Texts } from '../text/texts.ts';
import { formatValue } from '../text/numbers.ts';

/** Share of directions that counts as clean by default where no group has λ̄ = 0. */
const CLEAN_SHARE = 0.25;

export interface GroupShares {
  /** Share of the directions, G. */
  readonly directions: Float64Array;
  /** Share of the means' energy: Σ_i p_i ‖μ_{i,G}‖² over its sum, G; NaN without means. */
  readonly energy: Float64Array;
}

/** The baselines of alignment: what the shares of weight would be without any preference. */
export function groupShares({ experiment, frame }: ExperimentResults): GroupShares {
  const { size, energy } = frame.groups;
  const count = size.length;
  const weighted = new Float64Array(count);
  experiment.model.priors.forEach((prior, i) => {
    for (let g = 0; g < count; g++) weighted[g] += prior * energy[i * count + g];
  });
  return { directions: normalised(size), energy: normalised(weighted) };
}

function normalised(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}

/** Indices of groups from clean to noisy. */
export function cleanToNoisy({ frame }: ExperimentResults): number[] {
  const { upper } = frame.groups;
  return [...upper.keys()].sort((a, b) => upper[a] - upper[b] || a - b);
}

/** The name of a group. */
export function groupLabel({ say }: Texts, { frame }: ExperimentResults, g: number): string {
  const { labels, upper } = frame.groups;
  if (labels[g]) return upper[g] === 0 ? say('clean.group', { name: labels[g] }) : labels[g];
  return `λ̄ ≤ ${formatValue(upper[g], 2)}`;
}

/** λ̄ up to which groups count as clean unless the reader says so: 0 if there are such, else the cleanest quarter. */
export function defaultThreshold(results: ExperimentResults): number {
  const { upper, size } = results.frame.groups;
  const order = cleanToNoisy(results);
  const dimension = size.reduce((sum, value) => sum + value, 0);
  let directions = 0;
  for (const g of order) {
    directions += size[g];
    if (upper[g] === 0 && size[g] > 0) return 0;
    if (directions >= CLEAN_SHARE * dimension * (1 - 1e-9)) return upper[g];
  }
  return upper[order[order.length - 1]] ?? 0;
}

/**
 * λ̄ up to which groups count as clean, ascending: the threshold that was chosen, or the different defaults of these
 * experiments. What figures draw, what they say and what the slider shows is all from here.
 * @param threshold null for the default.
 */
export function cleanLimits(results: readonly ExperimentResults[], threshold: number | null): number[] {
  if (threshold !== null) return [threshold];
  return [...new Set(results.map(defaultThreshold))].sort((a, b) => a - b);
}

/** Groups with λ̄ at most the threshold; null for the default. May be none, or all. */
export function cleanGroups(results: ExperimentResults, threshold: number | null): number[] {
  const [limit] = cleanLimits([results], threshold);
  const { upper } = results.frame.groups;
  // a threshold that was read off a label or slider must catch the group it names
  return cleanToNoisy(results).filter((g) => isWithin(upper[g], limit));
}

/** Whether a group of this largest λ̄ is clean up to a limit. */
export const isWithin = (upper: number, limit: number): boolean => upper <= limit + 1e-9 * Math.abs(limit);

/** Sum of a share over the clean groups. */
export const cleanPart = (share: Float64Array, clean: readonly number[]): number =>
  clean.reduce((sum, g) => sum + share[g], 0);

/** E.g. `clean: λ̄ = 0` or `clean: λ̄ ≤ 0.02`. */
export function cleanName({ say }: Texts, results: readonly ExperimentResults[], threshold: number | null): string {
  const limits = cleanLimits(results, threshold);
  if (limits.length > 1 && limits.every((limit) => limit > 0)) return say('clean.quarter');
  if (limits.length !== 1) return say('clean.either');
  return limits[0] === 0 ? say('clean.zero') : say('clean.upTo', { value: formatValue(limits[0], 3) });
}

/** Above this many groups curves are of merged groups. */
const MANY_GROUPS = 6;
const MERGED = 4;

export interface DrawnGroup {
  readonly label: string;
  /** Spectral groups in it. */
  readonly members: readonly number[];
}

/** Groups as curves show them, clean to noisy: the spectral groups, or quarters of the directions where they are many. */
export function drawnGroups(texts: Texts, results: ExperimentResults): DrawnGroup[] {
  const order = cleanToNoisy(results);
  if (order.length <= MANY_GROUPS) return order.map((g) => ({ label: groupLabel(texts, results, g), members: [g] }));
  const { directions } = groupShares(results);
  const quarters: number[][] = Array.from({ length: MERGED }, () => []);
  let before = 0;
  for (const g of order) {
    const middle = before + directions[g] / 2;
    quarters[Math.min(MERGED - 1, Math.floor(middle * MERGED))].push(g);
    before += directions[g];
  }
  const { upper } = results.frame.groups;
  return quarters
    .filter((members) => members.length > 0)
    .map((members) => ({ label: `λ̄ ≤ ${formatValue(Math.max(...members.map((g) => upper[g])), 2)}`, members }));
}

/** What is said of merged groups, or nothing. */
export function mergedNote({ say }: Texts, results: ExperimentResults): string[] {
  const { groups } = results.frame.layout;
  return groups > MANY_GROUPS ? [say('clean.merged', { n: groups })] : [];
}
