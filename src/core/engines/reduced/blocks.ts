/** Which setups fall into few blocks, and their blocks in the form that the reduced chain needs. */
import { type Setup } from '../../experiment/setup.ts';
import { blocksOf, MAX_BLOCKS, type BlockModel } from '../../model/blocks.ts';
import { spectrumKind } from '../../model/spectrum/spectrum-spec.ts';
import { joinedRows, mergeDirections } from '../../theory/nodes/directions.ts';
import { withLargeRest } from './chain.ts';

/** Whether directions fall into blocks: by construction, or because there are at most MAX_BLOCKS tuples of eigenvalues. */
export function hasFewBlocks(setup: Setup): boolean {
  const { experiment, mixture } = setup;
  const { spectrum } = experiment.model;
  if (setup.blocks || spectrumKind(spectrum).blocks(spectrum, mixture.classes, mixture.dimension)) return true;
  return countTuples(setup, MAX_BLOCKS) <= MAX_BLOCKS;
}

/** Distinct tuples of group and eigenvalues; stops above `limit`. */
function countTuples({ mixture, groups }: Setup, limit: number): number {
  const { dimension, classes, eigenvalues } = mixture;
  const { of } = groups;
  const seen = new Set<string>();
  let last = -1;
  const repeats = (rho: number) => {
    if (last < 0 || of[rho] !== of[last]) return false;
    for (let i = 0; i < classes; i++) {
      if (eigenvalues[i * dimension + rho] !== eigenvalues[i * dimension + last]) return false;
    }
    return true;
  };
  for (let rho = 0; rho < dimension && seen.size <= limit; rho++) {
    if (repeats(rho)) continue;
    last = rho;
    const values = Array.from({ length: classes }, (_, i) => eigenvalues[i * dimension + rho]);
    seen.add(`${of[rho]} ${values.join(' ')}`);
  }
  return seen.size;
}

/** Merging arrays costs a look at every direction: once per setup, not once per run. */
const known = new WeakMap<Setup, BlockModel>();

export function reducedBlocks(setup: Setup): BlockModel {
  const { mixture, teacher, groups, loss } = setup;
  const found = known.get(setup);
  if (found) return found;
  const { start } = setup.experiment.optimizer;
  // a given start is in the span of the basis, as a teacher is
  const given = Float64Array.from(start.kind === 'custom' ? start.vectors.flat() : []);
  const closed = given.length === 0 ? setup.blocks : null;
  const carried = joinedRows(teacher, given);
  const model = closed ?? blocksOf(mergeDirections(mixture, carried, groups.of), mixture.classes);
  const result = { ...model, blocks: model.blocks.map((block) => withLargeRest(block, loss.outputs)) };
  known.set(setup, result);
  return result;
}
