import { describe, expect, it } from 'vitest';
import { prepare, type Setup } from '../../../src/core/experiment/setup.ts';
import { blockDirections, blocksOf, closedFormBlocks, type BlockModel } from '../../../src/core/model/blocks.ts';
import { spectrumKind } from '../../../src/core/model/spectrum/spectrum-spec.ts';
import { spectralGroups } from '../../../src/core/observables/groups.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { mergeDirections } from '../../../src/core/theory/nodes/directions.ts';

const BLOCKS = [
  { fraction: 0.25, eigenvalues: [0, 0] },
  { fraction: 0, eigenvalues: [1, 0] },
  { fraction: 0.3, eigenvalues: [0, 1] },
  { fraction: 0.45, eigenvalues: [1, 1] },
];

function setupOf(model: object): Setup {
  const parsed = parseExperiment({
    id: 'blocks',
    model: { priors: [0.4, 0.6], ...model },
    loss: { kind: 'logistic' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 1,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return prepare(parsed.value);
}

const opposite = (profile: object) => ({ arrangement: { kind: 'opposite' }, profile, scale: 1.5 });
const zeroOne = { kind: 'zero-one', blocks: BLOCKS };

const models = [
  { spectrum: { kind: 'identity', variances: [1, 0.5] }, means: opposite({ kind: 'flat' }) },
  { spectrum: zeroOne, means: opposite({ kind: 'flat' }) },
  { spectrum: zeroOne, means: opposite({ kind: 'blocks', weights: [0.6, 0, 0, 0.4] }) },
];

/** What dynamics depend on: sizes, eigenvalues and the means' inner products, block by block. */
const invariants = ({ blocks, classes }: BlockModel) =>
  blocks.map(({ size, group, eigenvalues, span, means }) => {
    const row = (i: number) => [...means.subarray(i * span, (i + 1) * span)];
    const products = Array.from({ length: classes * classes }, (_, k) =>
      row(Math.floor(k / classes)).reduce((sum, value, n) => sum + value * row(k % classes)[n], 0),
    );
    return { size, group, eigenvalues: [...eigenvalues], products };
  });

describe('block models', () => {
  it.each(models)('closed forms say what the arrays say: $spectrum.kind, $means.profile.kind', (model) => {
    const setup = setupOf({ dimension: 1000, ...model });
    const { mixture, teacher, groups, blocks } = setup;
    if (!blocks) throw new Error('expected blocks');
    const merged = blocksOf(mergeDirections(mixture, teacher, groups.of), 2);
    const [closed, arrays] = [invariants(blocks), invariants(merged)];
    expect(closed.length).toBe(arrays.length);
    closed.forEach((block, b) => {
      expect({ ...block, products: [] }).toEqual({ ...arrays[b], products: [] });
      // sums over 1000 directions round
      block.products.forEach((value, k) => expect(value).toBeCloseTo(arrays[b].products[k], 13));
    });
  });

  it.each(models)(
    'groups without arrays are the groups of the arrays: $spectrum.kind, $means.profile.kind',
    (model) => {
      const { mixture, groups, experiment } = setupOf({ dimension: 1000, ...model });
      const { spectrum } = experiment.model;
      const expected = spectralGroups(
        mixture,
        spectrum.kind === 'zero-one' ? spectrumKind(spectrum).blocks(spectrum, 2, 1000) : null,
      );
      expect(groups.count).toBe(expected.count);
      expect([...groups.of]).toEqual([...expected.of]);
      expect([...groups.size]).toEqual([...expected.size]);
      expect([...groups.upper]).toEqual([...expected.upper]);
      groups.energy.forEach((energy, k) => expect(energy).toBeCloseTo(expected.energy[k], 13));
    },
  );

  it('turn into directions and back', () => {
    const model = closedFormBlocks(setupOf({ dimension: 1000, ...models[2] }).experiment.model);
    if (!model) throw new Error('expected blocks');
    const directions = blockDirections(model);
    expect(directions.weight.reduce((sum, weight) => sum + weight, 0)).toBe(1000);
    expect(blocksOf(directions, 2)).toEqual(model);
  });

  it('reach d = 10⁹, where arrays are refused when somebody asks for them', () => {
    const setup = setupOf({ dimension: 1e9, ...models[1] });
    expect(setup.blocks?.blocks.map(({ size }) => size)).toEqual([2.5e8, 3e8, 4.5e8]);
    expect(setup.groups.count).toBe(4);
    expect(setup.groups.energy[0]).toBeCloseTo(1.5 ** 2 / 4, 14);
    expect(() => setup.mixture.means).toThrow(RangeError);
    expect(() => setup.mixture.eigenvalues).toThrow('arrays over 1000000000 directions: at most 10000000 are made');
  });

  it('are not there for means or profiles without a closed form, which need arrays', () => {
    const flat = { kind: 'flat' };
    const gaussian = { arrangement: { kind: 'gaussian', seed: 1 }, profile: flat };
    const slope = opposite({ kind: 'power-law', exponent: 1 });
    for (const means of [gaussian, slope]) {
      expect(setupOf({ dimension: 100, spectrum: zeroOne, means }).blocks).toBeNull();
      expect(() => setupOf({ dimension: 2e7, spectrum: zeroOne, means })).toThrow(RangeError);
    }
  });
});
