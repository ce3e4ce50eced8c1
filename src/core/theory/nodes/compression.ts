/**
 * Compression of smooth spectra. Sums over the directions of a panel, consecutive integers ρ, of functions that are
 * smooth in ρ (smooth-model.ts) are sums over few nodes of a Gauss rule, to all digits that matter. Each node is then a
 * direction of its own, with a weight. Panels are dyadic, because power laws vary by constant factors over them, and
 * they end where spectral groups end, so that sums by group are as exact as those over everything.
 *
 * With means that are smooth in ρ so are x̄_ρ and S_ρ. With others, random ones or a teacher's, x̄_ρ = Σ_j μ_{j,ρ} ψ_j(ρ)
 * (+ x*_ρ …) with smooth ψ_j, and S_ρ = σ(ρ) + Σ_i μ_{i,ρ}² σ_i(ρ). What is needed are sums of smooth functions, for
 * which there are nodes without means, and of smooth functions times products μ_{i,ρ} μ_{j,ρ}. For these a Gauss rule
 * for matrix-valued sums gives nodes that carry means and next to no weight.
 */
import { log, pow } from '../../math/elementary.ts';
import { gaussDiscrete } from '../../math/gauss-discrete.ts';
import { matrixGauss } from '../../math/matrix-gauss.ts';
import { type Directions } from '../../model/directions.ts';
import { type Mixture } from '../../model/mixture.ts';
import { type SmoothModel } from './smooth-model.ts';

/** Directions 1…SINGLES stand for themselves. */
const SINGLES = 16;
/** Most runs of directions of one spectral group for which panels may be cut there. */
const MAX_RUNS = 256;
const MAX_PANEL_NODES = 24;
/** Nodes of a panel that carry means, at most: their computation grows like the third power. */
const MOST_MEAN_NODES = 160;
/** Weight of a node that carries means alone: in directions it is nothing. */
const NO_WEIGHT = 1e-30;
/** Nodes added to every panel, two at a time, where the fit asks for too few. */
const MOST_MORE = 6;

/** Directions first…last (1-based) of one group, and how many nodes stand for them. */
interface Panel {
  readonly first: number;
  readonly last: number;
  readonly group: number;
  readonly nodes: number;
}

/**
 * Compressed directions of a smooth model.
 * @param teacher x*, ℓ*×d row-major, or empty.
 * @param group spectral group of each direction.
 * @param tolerance relative accuracy wanted of sums over directions; below 1e-9 every panel gets one node more, which
 * is good for about 1e-11.
 * @returns null where it would save nothing, or where the rule fails on sums that are known exactly.
 */
export function compressDirections(
  model: SmoothModel,
  mixture: Mixture,
  teacher: Float64Array,
  group: Uint16Array,
  tolerance: number,
): Directions | null {
  const runs = groupRuns(group).flatMap((run) => cutAt(model.ends, run));
  if (runs.length > MAX_RUNS) return null;
  const { mean } = model;
  const nodesOf =
    mean && teacher.length === 0
      ? (panel: Panel) => smoothNodesOf(panel, mixture.classes, mean)
      : (panel: Panel) => givenNodesOf(panel, rowsOf(mixture, teacher));
  for (let more = 0; more <= MOST_MORE; more += 2) {
    const panels = runs.flatMap((run) => panelsOf(model, spareNodes(tolerance) + more, run));
    const parts = panels.map(nodesOf);
    const nodes = parts.reduce((sum, part) => sum + part.position.length, 0);
    if (nodes >= mixture.dimension) return null;
    const directions = assemble(model, mixture.classes, panels, parts, nodes);
    if (sumsAgree(directions, mixture)) return directions;
  }
  return null;
}

type Run = Pick<Panel, 'first' | 'last' | 'group'>;

/** Runs of neighbouring directions of one group, in order. */
export function groupRuns(group: Uint16Array): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < group.length;) {
    let end = start + 1;
    while (end < group.length && group[end] === group[start]) end++;
    runs.push({ first: start + 1, last: end, group: group[start] });
    start = end;
  }
  return runs;
}

/** A run cut where the model's functions are other ones. */
const cutAt = (ends: readonly number[], run: Run): Run[] =>
  ends
    .map((end, k) => ({
      ...run,
      first: Math.max(run.first, k > 0 ? ends[k - 1] + 1 : 1),
      last: Math.min(run.last, end),
    }))
    .filter(({ first, last }) => first <= last);

/** Panels of a run: single directions, then panels over which ρ, and every eigenvalue, varies by a bounded factor. */
function panelsOf(model: SmoothModel, spare: number, { first, last, group }: Run): Panel[] {
  const panels: Panel[] = [];
  const ratio = panelRatio(model.exponent);
  for (let start = first; start <= last;) {
    // panels of the run's own: from its start on, by constant ratios
    const end = Math.min(last, start <= SINGLES ? SINGLES : Math.max(start, Math.ceil(start * ratio) - 1));
    const points = end - start + 1;
    panels.push({ first: start, last: end, group, nodes: Math.min(points, panelNodes(model, spare, start, end)) });
    start = end + 1;
  }
  return panels;
}

function panelNodes({ exponent, frequency }: SmoothModel, spare: number, first: number, last: number): number {
  if (last <= SINGLES) return Infinity;
  const length = Math.max(1, last - first);
  const centre = (last + first) / length;
  return smoothNodes(spare, centre, exponent * log(last / first), frequency * (last - first));
}

/**
 * Nodes that integrate what occurs over a panel (exponentials and fractions in the eigenvalues, times powers and
 * cosines). They are fitted to numerical experiments over panels up to ratio 2 and exponents up to 8. The form is that
 * which the theory of Gauss rules suggests: 1/log of the Bernstein ellipse on which ρ = 0 lies, plus growth of the
 * functions in the complex plane.
 * @param centre of the panel in half-lengths from ρ = 0; `growth` log of the factor by which the steepest power varies
 * over the panel; `phase` by which the fastest cosine advances.
 * @returns Infinity where it takes more than MAX_PANEL_NODES.
 */
export function smoothNodes(spare: number, centre: number, growth: number, phase: number): number {
  const ellipse = log(centre + Math.sqrt(centre * centre - 1));
  const nodes = spare + 5.3 / ellipse + 3 * growth + (phase > 0 ? 0.77 * phase + 1 : 0);
  return nodes > MAX_PANEL_NODES ? Infinity : Math.ceil(nodes);
}

/** Largest ratio of a panel's ends, for a steepest power of `exponent`. */
export const panelRatio = (exponent: number): number => Math.min(2, pow(2, 4 / Math.max(exponent, 1e-9)));

/** Nodes of every panel beyond what the fit asks for: below a tolerance of 1e-9 one more, good for about 1e-11. */
export const spareNodes = (tolerance: number): number => (tolerance < 1e-9 ? 2 : 1);

/** Nodes of one panel: their ρ and weights, and the rows of means and teacher at them. */
interface PanelNodes {
  readonly position: readonly number[];
  readonly weight: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** The rule for the directions of a panel, counted from 0; all of them where it has as many nodes. */
function ruleOf({ first, last, nodes }: Panel): { position: number[]; weight: number[] } {
  const points = last - first + 1;
  const rule = nodes < points ? gaussDiscrete(points, nodes) : null;
  return {
    position: Array.from({ length: nodes }, (_, k) => first + (rule ? rule.nodes[k] : k)),
    weight: Array.from({ length: nodes }, (_, k) => (rule ? rule.weights[k] : 1)),
  };
}

function smoothNodesOf(panel: Panel, classes: number, mean: (classIndex: number, rho: number) => number): PanelNodes {
  const rule = ruleOf(panel);
  return { ...rule, rows: Array.from({ length: classes }, (_, i) => rule.position.map((rho) => mean(i, rho))) };
}

/** Means and teacher of all directions, row by row. */
function rowsOf({ means, dimension }: Mixture, teacher: Float64Array): Float64Array[] {
  return [means, teacher].flatMap((array) =>
    Array.from({ length: array.length / dimension }, (_, i) => array.subarray(i * dimension, (i + 1) * dimension)),
  );
}

function givenNodesOf(panel: Panel, all: readonly Float64Array[]): PanelNodes {
  const { first, last, nodes } = panel;
  const rows = all.map((row) => row.subarray(first - 1, last));
  const carriers = nodes * rows.length;
  if (nodes + carriers >= last - first + 1 || carriers > MOST_MEAN_NODES) {
    const every = ruleOf({ ...panel, nodes: last - first + 1 });
    return { ...every, rows: rows.map((row) => [...row]) };
  }
  const rule = ruleOf(panel);
  const carrying = matrixGauss(rows, nodes);
  const scale = 1 / Math.sqrt(NO_WEIGHT);
  return {
    position: [...rule.position, ...Array.from(carrying.nodes, (node) => first + node)],
    weight: [...rule.weight, ...Array.from(carrying.nodes, () => NO_WEIGHT)],
    rows: carrying.vectors.map((row) => [...rule.position.map(() => 0), ...Array.from(row, (value) => value * scale)]),
  };
}

function assemble(
  model: SmoothModel,
  classes: number,
  panels: readonly Panel[],
  parts: readonly PanelNodes[],
  nodes: number,
): Directions {
  const weight = new Float64Array(nodes);
  const group = new Uint16Array(nodes);
  const eigenvalues = new Float64Array(classes * nodes);
  const rows = new Float64Array((parts[0]?.rows.length ?? classes) * nodes);
  let start = 0;
  parts.forEach((part, p) => {
    weight.set(part.weight, start);
    group.fill(panels[p].group, start, start + part.weight.length);
    for (let i = 0; i < classes; i++) {
      part.position.forEach((rho, k) => (eigenvalues[i * nodes + start + k] = model.eigenvalue(i, rho)));
    }
    part.rows.forEach((row, i) => rows.set(row, i * nodes + start));
    start += part.weight.length;
  });
  const means = rows.slice(0, classes * nodes);
  return { nodes, weight, eigenvalues, means, teacher: rows.slice(classes * nodes), group };
}

/** Whether Σ λ_i, Σ μ_i² and Σ λ_i μ_i² come out right: a check of the rule where the truth is at hand. */
function sumsAgree(directions: Directions, mixture: Mixture): boolean {
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * (Math.abs(a) + Math.abs(b));
  for (let i = 0; i < mixture.classes; i++) {
    const exact = classSums(mixture.eigenvalues, mixture.means, mixture.dimension, i, null);
    const rule = classSums(directions.eigenvalues, directions.means, directions.nodes, i, directions.weight);
    if (!exact.every((value, k) => close(value, rule[k]))) return false;
  }
  return true;
}

function classSums(
  eigenvalues: Float64Array,
  means: Float64Array,
  count: number,
  classIndex: number,
  weight: Float64Array | null,
): [number, number, number] {
  let [trace, energy, product] = [0, 0, 0];
  const at = classIndex * count;
  for (let n = 0; n < count; n++) {
    const w = weight ? weight[n] : 1;
    const square = means[at + n] * means[at + n];
    trace += w * eigenvalues[at + n];
    energy += w * square;
    product += w * eigenvalues[at + n] * square;
  }
  return [trace, energy, product];
}
