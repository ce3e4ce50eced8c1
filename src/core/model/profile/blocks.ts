/** Block profile: e_ρ = w_β / n_β in block β of a zero-one spectrum, which has n_β directions. */
import { z } from 'zod';
import { numberList, strict } from '../../description/strict.ts';
import { texList } from '../../description/tex.ts';
import { constantPower } from '../limit.ts';
import { type ProfileKind } from './profile.ts';

const schema = strict({
  kind: z.literal('blocks'),
  weights: numberList({ min: 0 }).meta({ widget: { kind: 'per-block' } }),
});

export const blockProfile = {
  kind: 'blocks',
  label: 'Blocks',
  schema,
  template: (blocks) => ({ kind: 'blocks', weights: new Array<number>(blocks).fill(1 / blocks) }),
  tex: ({ weights }) => `w_\\beta / n_\\beta,\\; w = ${texList(weights)}`,
  check(spec, blocks) {
    if (blocks === null) {
      return [{ path: ['kind'], code: 'profile-blocks', allowed: {} }];
    }
    if (spec.weights.length !== blocks.length) {
      return [
        {
          path: ['weights'],
          code: 'weight-per-block',
          allowed: { blocks: blocks.length },
          found: String(spec.weights.length),
        },
      ];
    }
    return blocks.flatMap((block, k) =>
      spec.weights[k] > 0 && block.end === block.start
        ? [{ path: ['weights', k], code: 'empty-block' as const, allowed: {} }]
        : [],
    );
  },
  blockEnergies: (spec) => spec.weights,
  limit: ({ weights }, pieces) =>
    pieces.map(({ end }, k) => {
      const size = end - (k > 0 ? pieces[k - 1].end : 0);
      return constantPower(size > 0 ? weights[k] / size : 0);
    }),
  energies(spec, blocks, _dimension, out) {
    for (const [k, block] of (blocks ?? []).entries()) {
      out.fill(spec.weights[k] / (block.end - block.start), block.start, block.end);
    }
  },
} satisfies ProfileKind<z.infer<typeof schema>> & { schema: typeof schema };
