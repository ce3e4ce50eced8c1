/**
 * Fewer nodes for the same dynamics, exactly: directions with the same eigenvalues in every class form a block, and by
 * (L4) its basis may be rotated. A basis whose first k directions span the block's means (and teacher rows) leaves
 * n − k directions without mean and teacher, which all behave alike: one node of weight n − k.
 */
import { type Setup } from '../../experiment/setup.ts';
import { blockDirections } from '../../model/blocks.ts';
import { emptyDirections, everyDirection, type Directions } from '../../model/directions.ts';
import { type Mixture } from '../../model/mixture.ts';
import { compressDirections } from './compression.ts';
import { knownStart } from '../../experiment/start.ts';
import { limitDirections } from './limit.ts';
import { smoothModel } from './smooth-model.ts';

/**
 * The nodes that the theory of a setup is solved on: the blocks of a model that has them in closed form, the compressed
 * directions of a smooth model, else merged ones. In the limit d → ∞, where the experiment asks for it, nodes over u.
 * Updates that are not equivariant keep all directions, and those that are not monotone are not compressed.
 * @param tolerance see compressDirections and limitDirections.
 */
export function reduceDirections(setup: Setup, tolerance: number): Directions {
  if (setup.experiment.theory.limit) return limitDirections(setup, tolerance);
  const start = knownStart(setup);
  if (start.length === 0) return reducedDirections(setup, tolerance);
  // a known start is carried by the nodes as a teacher is
  const { teacher, mixture } = setup;
  const carried = reducedDirections({ ...setup, blocks: null, teacher: joinedRows(teacher, start) }, tolerance);
  const responses = (teacher.length / mixture.dimension) * carried.nodes;
  return {
    ...carried,
    teacher: carried.teacher.subarray(0, responses),
    start: carried.teacher.subarray(responses),
  };
}

/** Rows of d numbers, one array behind the other. */
export function joinedRows(first: Float64Array, second: Float64Array): Float64Array {
  const rows = new Float64Array(first.length + second.length);
  rows.set(first);
  rows.set(second, first.length);
  return rows;
}

function reducedDirections(setup: Setup, tolerance: number): Directions {
  const { mixture, teacher, groups, experiment, update } = setup;
  if (!update.equivariant) return everyDirection(mixture, teacher, groups.of);
  if (setup.blocks) return blockDirections(setup.blocks);
  const smooth = update.monotone ? smoothModel(experiment.model) : null;
  const compressed = smooth && compressDirections(smooth, mixture, teacher, groups.of, tolerance);
  return compressed ?? mergeDirections(mixture, teacher, groups.of);
}

/** Directions of one block, ascending. */
interface Block {
  readonly members: Uint32Array;
  readonly group: number;
}

/**
 * Merged directions of a mixture, or all of them where merging saves nothing.
 * @param teacher x*, ℓ*×d row-major, or empty.
 * @param group spectral group of each direction: blocks do not cross groups, so that group observables stay exact.
 */
export function mergeDirections(mixture: Mixture, teacher: Float64Array, group: Uint16Array): Directions {
  const blocks = equalBlocks(mixture, group);
  const all = () => everyDirection(mixture, teacher, group);
  if (!blocks) return all();
  const { dimension, classes } = mixture;
  const rows = [
    ...Array.from({ length: classes }, (_, i) => mixture.means.subarray(i * dimension, (i + 1) * dimension)),
    ...Array.from({ length: teacher.length / dimension }, (_, o) =>
      teacher.subarray(o * dimension, (o + 1) * dimension),
    ),
  ];
  const parts = blocks.map((block) => rotate(block, rows));
  const nodes = parts.reduce((sum, part) => sum + part.weight.length, 0);
  if (nodes >= dimension) return all();
  return assemble(mixture, blocks, parts, nodes, rows.length - classes);
}

/** A block in its new basis. */
interface RotatedBlock {
  /** Weight of each node. */
  readonly weight: readonly number[];
  /** Coefficients of each row (means, then teacher) on each node. */
  readonly coefficients: readonly (readonly number[])[];
}

function rotate({ members }: Block, rows: readonly Float64Array[]): RotatedBlock {
  const n = members.length;
  const own = rows.map((row) => Float64Array.from(members, (rho) => row[rho]));
  if (n <= rows.length + 1) {
    return { weight: new Array<number>(n).fill(1), coefficients: own.map((row) => [...row]) };
  }
  const basis = orthonormalBasis(own);
  const weight = [...new Array<number>(basis.length).fill(1), n - basis.length];
  return { weight, coefficients: own.map((row) => [...basis.map((direction) => dot(row, direction)), 0]) };
}

/**
 * Orthonormal basis of the span of vectors, by Gram–Schmidt with pivoting, each vector orthogonalised twice. Vectors
 * whose rest is rounding (1e-13 of the longest) count as dependent.
 */
function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const rests = vectors.map((vector) => Float64Array.from(vector));
  const longest = Math.sqrt(Math.max(...rests.map((rest) => dot(rest, rest))));
  const basis: Float64Array[] = [];
  while (basis.length < vectors.length) {
    const lengths = rests.map((rest) => dot(rest, rest));
    const pivot = lengths.indexOf(Math.max(...lengths));
    const rest = rests[pivot];
    for (const direction of basis) subtract(rest, dot(rest, direction), direction);
    const length = Math.sqrt(dot(rest, rest));
    if (!(length > 1e-13 * longest)) break;
    const direction = rest.map((value) => value / length);
    basis.push(direction);
    for (const other of rests) subtract(other, dot(other, direction), direction);
  }
  return basis;
}

function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += u[k] * v[k];
  return sum;
}

function subtract(from: Float64Array, factor: number, direction: Float64Array): void {
  for (let k = 0; k < from.length; k++) from[k] -= factor * direction[k];
}

function assemble(
  mixture: Mixture,
  blocks: readonly Block[],
  parts: readonly RotatedBlock[],
  nodes: number,
  teacherOutputs: number,
): Directions {
  const { dimension, classes } = mixture;
  const directions = emptyDirections(nodes, classes, teacherOutputs);
  const { weight, eigenvalues, means, teacher, group } = directions;
  let start = 0;
  for (const [b, part] of parts.entries()) {
    const { members } = blocks[b];
    for (let k = 0; k < part.weight.length; k++) {
      const n = start + k;
      weight[n] = part.weight[k];
      group[n] = blocks[b].group;
      for (let i = 0; i < classes; i++) {
        eigenvalues[i * nodes + n] = mixture.eigenvalues[i * dimension + members[0]];
        means[i * nodes + n] = part.coefficients[i][k];
      }
      for (let o = 0; o < teacherOutputs; o++) teacher[o * nodes + n] = part.coefficients[classes + o][k];
    }
    start += part.weight.length;
  }
  return directions;
}

/** After this many directions, a spectrum with hardly any equal eigenvalues is recognised as such. */
const SAMPLE = 2048;

/** Blocks of equal eigenvalues and group; null where there are too many for merging to pay. */
function equalBlocks(mixture: Mixture, group: Uint16Array): Block[] | null {
  const { dimension, classes, eigenvalues } = mixture;
  const found = new Map<string, { group: number; runs: [number, number][]; size: number }>();
  const same = (rho: number, other: number) => {
    if (group[rho] !== group[other]) return false;
    for (let i = 0; i < classes; i++) {
      if (eigenvalues[i * dimension + rho] !== eigenvalues[i * dimension + other]) return false;
    }
    return true;
  };
  for (let start = 0; start < dimension;) {
    let end = start + 1;
    while (end < dimension && same(start, end)) end++;
    const values = Array.from({ length: classes }, (_, i) => eigenvalues[i * dimension + start]);
    const key = `${group[start]} ${values.join(' ')}`;
    const block = found.get(key);
    if (block) {
      block.runs.push([start, end]);
      block.size += end - start;
    } else {
      found.set(key, { group: group[start], runs: [[start, end]], size: end - start });
    }
    if (end > SAMPLE && found.size > 0.9 * end) return null;
    start = end;
  }
  return [...found.values()].map((block) => {
    const members = new Uint32Array(block.size);
    let k = 0;
    for (const [start, end] of block.runs) for (let rho = start; rho < end; rho++) members[k++] = rho;
    return { members, group: block.group };
  });
}
