import { expect, it } from 'vitest';
import { asin } from '../../../src/core/math/arcsine.ts';

it('the inverse sine is that of the engine to 5e-16, and of ±1 beyond', () => {
  for (let k = -2000; k <= 2000; k++) {
    const x = Math.sin((k / 2000) * (Math.PI / 2));
    expect(Math.abs(asin(x) - Math.asin(x)), `at ${x}`).toBeLessThan(5e-16);
  }
  expect([asin(1 + 1e-12), asin(-2), asin(0)]).toEqual([Math.PI / 2, -Math.PI / 2, 0]);
  expect(asin(1e-200)).toBe(1e-200);
});
