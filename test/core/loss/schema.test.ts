import { describe, expect, it } from 'vitest';
import { refusalsOfIssues } from '../../../src/core/description/issues.ts';
import { type Reason } from '../../../src/refusal/refusal.ts';
import { refusalsIn } from '../../../src/text/refusals/index.ts';
import { lossSchema } from '../../../src/core/loss/loss-spec.ts';

const complaints = (value: unknown) =>
  refusalsOfIssues(value, lossSchema.safeParse(value).error?.issues ?? []).map(
    ({ path, ...why }) => `${path.join('.')}: ${refusalsIn('en').reason({ ...why, found: null } as Reason)}`,
  );

describe('descriptions of losses', () => {
  it('take the defaults of a teacher: no noise, scale 1, one output', () => {
    expect(lossSchema.parse({ kind: 'teacher-least-squares', teacher: { kind: 'gaussian', seed: 3 } })).toEqual({
      kind: 'teacher-least-squares',
      noise: 0,
      teacher: { kind: 'gaussian', seed: 3, scale: 1, outputs: 1 },
    });
  });

  it.each(['logistic', 'binary-least-squares', 'softmax', 'one-hot-least-squares'])(
    '%s needs its kind alone',
    (kind) => {
      expect(lossSchema.parse({ kind })).toEqual({ kind });
      expect(complaints({ kind, noise: 1 })).toHaveLength(1);
    },
  );

  it.each([
    [{ kind: 'hinge' }, /^kind: expected one of "logistic", "binary-least-squares", "softmax"/],
    [{ kind: 'teacher-least-squares', noise: -1, teacher: { kind: 'gaussian', seed: 1 } }, /^noise: .*>= 0/],
    [{ kind: 'teacher-least-squares', teacher: { kind: 'gaussian', seed: 0.5 } }, /^teacher\.seed: .*whole number/],
    [
      { kind: 'teacher-least-squares', teacher: { kind: 'gaussian', seed: 1, outputs: 33 } },
      /^teacher\.outputs: expected a whole number from 1 to 32/,
    ],
    [{ kind: 'teacher-least-squares', teacher: { kind: 'custom', vectors: [] } }, /^teacher\.vectors: .*1 to 32/],
    [
      { kind: 'teacher-least-squares', teacher: { kind: 'custom', vectors: [[1, 'x']] } },
      /^teacher\.vectors\.0\.1: expected a finite number/,
    ],
  ])('%j is refused with the path and what is allowed', (value, message) => {
    expect(complaints(value)).toEqual([expect.stringMatching(message)]);
  });
});
