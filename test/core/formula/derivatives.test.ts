/** Derivatives carried along, against differences; formulas that people type, where naive ones overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluator } from './at.ts';

/** Smooth where they are looked at. */
const SMOOTH = [
  'exp(-r*y) * s',
  'log(2 + r^2)',
  'log1p(r^2)',
  'expm1(r/2)',
  'sqrt(1 + (r - s)^2)',
  'tanh(2*r - s)',
  'sigmoid(3*r)',
  'softplus(-y*r)',
  'erf(r/2)',
  'sin(3*r) * cos(r + s)',
  'logcosh(2*r - s)',
  'r^3 - 2*r^5 + r^16',
  '(2 + r)^1.5',
  '(2 + r)^(-2)',
  '(2 + r)^r',
  '2^(r*s)',
  '1/(1 + r^2)',
  'r/(2 + sin(r))',
  '1/(1 + exp(-3*r))',
  'exp(2*r)/(1 + exp(2*r))',
  'log(exp(r) + exp(-2*r + s))',
  'log(1 - sigmoid(r))',
  'max(r, 5) + min(r, -5) + abs(r + 7) + step(r + 7) + sign(r - 7)',
  'clip(r/3, -1, 1)^2 + huber(r, 9) + huber(r + 20, 1)',
  'if(r + s > 9, 1, r^2)',
];

describe('derivatives by r', () => {
  it.each(SMOOTH)('of %s are those of differences', (text) => {
    const at = evaluator(text);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 1), (r, y) => {
        const place = (shift: number) => at({ r: r + shift, y, s: 0.7 });
        const [, slope, curvature] = place(0);
        const h = 1e-4;
        const [above, below] = [place(h), place(-h)];
        // h² of third derivatives below 4000 (r^16), rounding of the values over h
        const allowed = (derivative: number) => 2e-5 * (1 + Math.abs(derivative));
        expect(Math.abs((above[0] - below[0]) / (2 * h) - slope)).toBeLessThan(allowed(slope));
        expect(Math.abs((above[1] - below[1]) / (2 * h) - curvature)).toBeLessThan(1e2 * allowed(curvature));
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it.each([
    ['abs(r)', 0],
    ['max(0, r)', 0.5],
    ['min(0, r)', 0.5],
    ['max(0, 1 - (1 - r))', 0.5],
    ['max(r, -3*r)', -1],
    ['if(r > 0, 4*r, 0)', 2],
    ['clip(r, 0, 1)', 0.5],
    ['huber(r + 2, 2)', 2],
    ['sqrt(r^2)', 0],
    ['max(0, -y*r)', -0.5],
  ])('of %s at its kink are the mean of both sides, %d', (text, slope) => {
    expect(evaluator(text)({ r: 0 })[1]).toBe(slope);
  });
});

describe('formulas as they are typed', () => {
  it.each([
    ['log(1 + exp(-y*r))', 800, [0, 0]],
    ['log(1 + exp(-y*r))', -800, [800, -1]],
    ['log(exp(-y*r) + 1)', -800, [800, -1]],
    ['log1p(exp(-y*r))', -800, [800, -1]],
    ['-log(1/(1 + exp(-y*r)))', -800, [800, -1]],
    ['-log(sigmoid(y*r))', -800, [800, -1]],
    ['1/(1 + exp(-r))', -800, [0, 0]],
    ['1/(1 + exp(-r))', 800, [1, 0]],
    ['exp(r)/(1 + exp(r))', 800, [1, 0]],
    ['log(exp(r) + exp(-r))', 800, [800, 1]],
    ['log(exp(r) + exp(-r))', -800, [800, -1]],
    ['logcosh(r)', -800, [800 - Math.LN2, -1]],
    ['tanh(r)', -800, [-1, 0]],
    ['softplus(r)', -800, [0, 0]],
  ])('%s does not overflow at r = %d', (text, r, [value, slope]) => {
    const [f, first, second] = evaluator(text)({ r });
    expect(f).toBeCloseTo(value, 12);
    expect(first).toBeCloseTo(slope, 14);
    expect(second).toBeCloseTo(0, 14);
  });

  it('keep their digits where the typed form would lose them all', () => {
    const [value, slope] = evaluator('log(1 + exp(-y*r))')({ r: 700 });
    expect(value / Math.exp(-700)).toBeCloseTo(1, 12);
    expect(slope / -Math.exp(-700)).toBeCloseTo(1, 12);
    expect(evaluator('exp(r) - 1')({ r: 1e-12 })[0]).toBe(1.0000000000005e-12);
  });
});
