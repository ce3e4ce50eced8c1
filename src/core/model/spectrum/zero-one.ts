/** Zero-one spectrum: blocks of directions with λ ∈ {0, 1} per class; (0, …, 0) holds the clean directions. */
import { z } from 'zod';
import { counted, finite, listOf, shortList, strict } from '../../description/strict.ts';
import { coded } from '../../description/issues.ts';
import { texNumber } from '../../description/tex.ts';
import { constantPower, type LimitPiece } from '../limit.ts';
import { inBlocks, type SpectrumKind } from './spectrum.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

const zeroOrOne = z.union([z.literal(0), z.literal(1)], { error: coded('zero-or-one', {}) });
const schema = strict({
  kind: z.literal('zero-one'),
  blocks: shortList(
    strict({
      fraction: finite({ min: 0, max: 1 }),
      eigenvalues: listOf(zeroOrOne, coded('zero-one-list', {})),
    }),
    coded('block-list', {}),
    { ...counted('block', 1024), max: 1024 },
  ).meta({ widget: { kind: 'blocks' } }),
});

type ZeroOneSpec = z.infer<typeof schema>;

/** Block k ends at u = φ_1 + … + φ_k, of d directions at the nearest whole one; the last block ends at 1. */
function pieces(spec: ZeroOneSpec): LimitPiece[] {
  let sum = 0;
  return spec.blocks.map(({ fraction, eigenvalues }, k) => {
    sum += fraction;
    return { end: k === spec.blocks.length - 1 ? 1 : Math.min(1, sum), eigenvalues: eigenvalues.map(constantPower) };
  });
}

function check(spec: ZeroOneSpec, classes: number): RelativeRefusal[] {
  const refusals: RelativeRefusal[] = [];
  const sum = spec.blocks.reduce((total, block) => total + block.fraction, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    refusals.push({ path: ['blocks'], code: 'fractions-sum', allowed: { sum }, found: null });
  }
  for (const [k, block] of spec.blocks.entries()) {
    if (block.eigenvalues.length !== classes) {
      refusals.push({
        path: ['blocks', k, 'eigenvalues'],
        code: 'entry-per-class',
        allowed: { classes },
        found: String(block.eigenvalues.length),
      });
    }
  }
  return refusals;
}

/** All 2^C tuples for two classes; for more a clean block, one per class, and a noisy one. */
function templateTuples(classes: number): (0 | 1)[][] {
  const tuple = (entry: (i: number) => boolean) => Array.from({ length: classes }, (_, i): 0 | 1 => (entry(i) ? 1 : 0));
  if (classes <= 2) {
    return Array.from({ length: 1 << classes }, (_, k) => tuple((i) => ((k >> (classes - 1 - i)) & 1) === 1));
  }
  return [tuple(() => false), ...Array.from({ length: classes }, (_, k) => tuple((i) => i === k)), tuple(() => true)];
}

export const zeroOne = {
  kind: 'zero-one',
  label: 'Zero-one',
  schema,
  template(classes) {
    const tuples = templateTuples(classes);
    return {
      kind: 'zero-one',
      blocks: tuples.map((eigenvalues) => ({ fraction: 1 / tuples.length, eigenvalues })),
    };
  },
  tex({ blocks: list }) {
    const shown = list.slice(0, 6).map((block) => `(${block.eigenvalues.join(',')})\\!: ${texNumber(block.fraction)}`);
    return `\\lambda_{i,\\rho} \\in \\{0, 1\\}, \\quad ${shown.join(',\\; ')}`;
  },
  complete: (spec) => spec,
  check,
  ...inBlocks(pieces),
} satisfies SpectrumKind<ZeroOneSpec> & { schema: typeof schema };
