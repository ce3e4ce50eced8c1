/**
 * The limit d → ∞ at fixed t (T7): with x̄_ρ = ξ(u)/√d and S_ρ = s(u)/d, u = ρ/d, sums over
 * directions become integrals over u in (0, 1], and nodes of a quadrature rule stand for shares of the directions. The
 * means around u span a few directions, each a node of its own; of the noise they have no share as d → ∞, so that the
 * share of their directions may be divided among the nodes in any way: they all have the same s.
 */
import { type Setup } from '../../experiment/setup.ts';
import { labelsKind } from '../../labels/labels-spec.ts';
import { labelsOf } from '../../loss/loss-spec.ts';
import { choleskySemidefinite } from '../../math/cholesky.ts';
import { log, pow, squared } from '../../math/elementary.ts';
import { gaussLegendre } from '../../math/gauss-legendre.ts';
import { emptyDirections, type Directions } from '../../model/directions.ts';
import { powerAt, powerMean } from '../../model/limit.ts';
import { groupRuns, panelRatio, smoothNodes, spareNodes } from './compression.ts';
import {
  convergence,
  isBlock,
  limitModel,
  lowestExponent,
  steepest,
  type LimitModel,
  type LimitPart,
} from './limit-model.ts';

/** Averages over (0, c] stand for what is there where cosines have gone through a phase of this at most. */
const STILL = 1e-6;
/** Where averages stand for powers, they are this much better than the tolerance. */
const MARGIN = 1e-4;
/** Nodes more than elsewhere in panels whose nodes are merged in the end. */
const MERGED_SPARE = 6;
/** Rounding in inner products of means. */
const ROUNDING = 1e-13;

/**
 * Nodes of the limit; their weights are shares of the directions, sum 1, and their means and teacher entries √d times
 * those of a direction.
 * @param tolerance relative accuracy wanted of integrals over u.
 * @throws RangeError where the description has no limit.
 */
export function limitDirections({ experiment, groups, loss }: Setup, tolerance: number): Directions {
  const model = limitModel(experiment.model);
  const labels = labelsOf(experiment);
  const teacherVariance = labelsKind(labels.kind).teacherVariance?.(labels);
  if (!model || teacherVariance === null) throw new RangeError('custom numbers have no limit d → ∞');
  const cells = model.parts.flatMap((part, place) => {
    if (part.end <= part.start) return [];
    const resolution = resolutionOf(part, tolerance, experiment.horizon);
    return isBlock(part)
      ? [merged(cellsOf(model, part, place, resolution))]
      : groupEdges(groups.of, part).flatMap((own) => cellsOf(model, own, own.group, resolution));
  });
  return assemble(cells, experiment.model.priors.length, loss.teacherOutputs, teacherVariance ?? 0);
}

interface Resolution {
  /** Averages stand for what is in (0, cut]. */
  readonly cut: number;
  /** Eigenvalues up to this are not felt before the horizon. */
  readonly negligible: number;
  /** Nodes of every panel beyond what smoothNodes asks for. */
  readonly spare: number;
}

function resolutionOf(part: LimitPart, tolerance: number, horizon: number): Resolution {
  // x̄ grows at most like t, and what eigenvalues change in it by one power more; large ones bound it
  const growth = lowestExponent(part) < 0 ? 1 : squared(1 + horizon);
  const negligible = (MARGIN * tolerance) / growth;
  return {
    cut: Math.max(1e-300, pow(negligible, 1 / convergence(part))),
    negligible,
    spare: spareNodes(tolerance) + (isBlock(part) ? MERGED_SPARE : 0),
  };
}

/** A part cut where spectral groups end. */
function groupEdges(group: Uint16Array, part: LimitPart): (LimitPart & { group: number })[] {
  return groupRuns(group).flatMap((run) => {
    const start = Math.max(part.start, (run.first - 1) / group.length);
    const end = Math.min(part.end, run.last / group.length);
    return end > start ? [{ ...part, start, end, group: run.group }] : [];
  });
}

/** Directions around one u, or those of a block. */
interface Cell {
  /** Share of the directions. */
  readonly weight: number;
  readonly group: number;
  /** λ_i, C. */
  readonly eigenvalues: readonly number[];
  /** ⟨M_i M_j⟩, C×C row-major. */
  readonly products: Float64Array;
}

/** Cells of a part: one for (0, cut], then those of Gauss–Legendre rules on panels of bounded ratio. */
function cellsOf(model: LimitModel, part: LimitPart, group: number, resolution: Resolution): Cell[] {
  const { start, end, eigenvalues, energy } = part;
  const classes = eigenvalues.length;
  const frequency = model.arrangement.frequency(classes);
  const productsAt = (u: number, energyThere: number) =>
    Float64Array.from(
      { length: classes * classes },
      (_, k) =>
        squared(model.scale) * energyThere * model.arrangement.correlation(Math.floor(k / classes), k % classes, u),
    );
  const averaged = (from: number, to: number): Cell => ({
    weight: to - from,
    group,
    eigenvalues: eigenvalues.map((power) => powerMean(power, from, to)),
    products: productsAt(0.5 * (from + to), powerMean(energy, from, to)),
  });
  // averages are exact over blocks whose means keep their angles
  if (isBlock(part) && frequency === 0) return [averaged(start, end)];
  const still = frequency > 0 ? STILL / frequency : Infinity;
  const from = start > 0 ? start : Math.min(end, still, resolution.cut);
  return [
    ...(start > 0 ? [] : [averaged(0, from)]),
    ...panelsOf(part, from, end, frequency, resolution).flatMap((panel) => {
      const { nodes, weights } = gaussLegendre(panel.nodes);
      return Array.from(nodes, (node, k): Cell => {
        const u = panel.start + (panel.end - panel.start) * node;
        return {
          weight: (panel.end - panel.start) * weights[k],
          group,
          eigenvalues: eigenvalues.map((power) => powerAt(power, u)),
          products: productsAt(u, powerAt(energy, u)),
        };
      });
    }),
  ];
}

interface Panel {
  readonly start: number;
  readonly end: number;
  readonly nodes: number;
}

/** Panels of bounded ratio over [from, to], halved where a cosine turns too fast for one rule. */
function panelsOf(part: LimitPart, from: number, to: number, frequency: number, resolution: Resolution): Panel[] {
  const panels: Panel[] = [];
  const divide = (start: number, end: number, exponent: number): void => {
    const length = end - start;
    const growth = exponent * log(end / start);
    const nodes = smoothNodes(resolution.spare, (end + start) / length, growth, frequency * length);
    if (nodes < Infinity) {
      panels.push({ start, end, nodes });
      return;
    }
    const middle = 0.5 * (start + end);
    divide(start, middle, exponent);
    divide(middle, end, exponent);
  };
  for (let end = to; end > from;) {
    const exponent = steepest(part, end, resolution.negligible);
    // equal panels on what is left: no sliver at the end
    const count = Math.ceil(log(end / from) / log(panelRatio(exponent)) - 1e-9);
    const start = count > 1 ? end * pow(from / end, 1 / count) : from;
    divide(start, end, exponent);
    end = start;
  }
  return panels;
}

/** One cell for those of a block. */
function merged(cells: readonly Cell[]): Cell {
  const weight = cells.reduce((sum, cell) => sum + cell.weight, 0);
  const products = cells[0].products.map((_, k) =>
    cells.reduce((sum, cell) => sum + (cell.weight / weight) * cell.products[k], 0),
  );
  return { ...cells[0], weight, products };
}

/** The nodes of a cell: coefficients of each mean on orthogonal directions, the cell's weight divided among them. */
function spanOf({ products }: Cell, classes: number): number[][] {
  const factor = new Float64Array(classes * classes);
  const largest = products.reduce((most, value) => Math.max(most, value), 0);
  choleskySemidefinite(products, classes, ROUNDING * largest, factor);
  const columns = Array.from({ length: classes }, (_, column) =>
    Array.from({ length: classes }, (_row, i) => factor[i * classes + column]),
  );
  return columns.filter((column) => column.some((value) => value !== 0));
}

function assemble(
  cells: readonly Cell[],
  classes: number,
  teacherOutputs: number,
  teacherVariance: number,
): Directions {
  const spans = cells.map((cell) => spanOf(cell, classes));
  // the rows of X* are orthogonal to each other and to the means
  const own = teacherVariance > 0 ? teacherOutputs : 0;
  const counts = spans.map((span) => Math.max(1, span.length + own));
  const nodes = counts.reduce((sum, count) => sum + count, 0);
  const directions = emptyDirections(nodes, classes, teacherOutputs);
  const { weight, eigenvalues, means, teacher, group } = directions;
  let start = 0;
  for (const [c, cell] of cells.entries()) {
    const count = counts[c];
    // a node's share of the directions is 1/count of the cell's, but it carries all of its mean's energy
    const root = Math.sqrt(count);
    weight.fill(cell.weight / count, start, start + count);
    group.fill(cell.group, start, start + count);
    for (let i = 0; i < classes; i++) {
      eigenvalues.fill(cell.eigenvalues[i], i * nodes + start, i * nodes + start + count);
      spans[c].forEach((column, k) => (means[i * nodes + start + k] = root * column[i]));
    }
    for (let o = 0; o < own; o++) teacher[o * nodes + start + spans[c].length + o] = root * Math.sqrt(teacherVariance);
    start += count;
  }
  return directions;
}
