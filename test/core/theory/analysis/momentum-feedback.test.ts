/** The factor by which a velocity's noise feeds itself, against the equations: below 1 they settle, above they do not. */
import { describe, expect, it } from 'vitest';
import { momentumFeedback } from '../../../../src/core/theory/analysis/momentum-feedback.ts';
import { stabilityThreshold } from '../../../../src/core/theory/analysis/stability.ts';
import { createProblem } from '../../../../src/core/theory/equations/problem.ts';
import { reduceDirections } from '../../../../src/core/theory/nodes/directions.ts';
import { constantRate, identity, setupOf, solved } from '../solving.ts';

const setupFor = (method: object, rate: number, more: object = {}) =>
  setupOf({
    model: identity(100, [1, 0.5]),
    loss: { kind: 'binary-least-squares' },
    optimizer: { method, ...constantRate(rate) },
    horizon: 60,
    ...more,
  });
type Setup = ReturnType<typeof setupOf>;
const feedback = (setup: Setup) =>
  momentumFeedback(createProblem(setup, reduceDirections(setup, 1e-10), { noise: true }), 1);
const grows = (setup: Setup) => {
  const { curve } = solved(setup);
  const risks = curve('risk');
  return risks.length < 101 || risks[100] > 1.02 * risks[70];
};

describe('the feedback of a velocity', () => {
  it.each([0.3, 1.5])('without coupling is γ over the threshold of the equations of plain SGD: γ = %d', (rate) => {
    const { ofTheory } = stabilityThreshold(setupFor({ kind: 'sgd' }, rate));
    expect(feedback(setupFor({ kind: 'momentum', coupling: 0, decay: 1 }, rate))).toBeCloseTo(rate / ofTheory, 10);
  });

  it.each([
    { kind: 'momentum', decay: 1 },
    { kind: 'momentum', decay: 4 },
  ])('is 1 where the equations begin to grow: θ = $decay', (method) => {
    let [low, high] = [0, 100];
    const at = (coupling: number) => setupFor({ ...method, coupling }, 0.3);
    for (let k = 0; k < 40; k++) {
      const middle = 0.5 * (low + high);
      if (feedback(at(middle)) < 1) low = middle;
      else high = middle;
    }
    expect(grows(at(0.85 * low))).toBe(false);
    expect(grows(at(1.15 * low))).toBe(true);
  });

  it('of teacher labels is that of class labels of the same curvature', () => {
    const labels = { kind: 'teacher-sign', flip: 0.1, teacher: { kind: 'gaussian', seed: 1, scale: 1 } };
    const [own, teacher] = [{}, { labels }].map((more) => stabilityThreshold(setupFor({ kind: 'sgd' }, 1, more)));
    expect(teacher.kind).toBe('exact');
    expect(teacher.threshold).toBeCloseTo(own.threshold, 8);
  });
});
