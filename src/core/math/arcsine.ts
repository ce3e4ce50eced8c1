/** The inverse sine, with the same bits everywhere: the rational approximation of fdlibm. */

const P = [
  1.66666666666666657415e-1, -3.25565818622400915405e-1, 2.01212532134862925881e-1, -4.00555345006794114027e-2,
  7.91534994289814532176e-4, 3.4793310759602116757e-5,
];
const Q = [1, -2.40339491173441421878, 2.02094576023350569471, -6.8828397160545329303e-1, 7.70381505559019352791e-2];

const polynomial = (coefficients: readonly number[], t: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);

/** (asin √t)/√t for t from 0 to 1/4. */
const overRoot = (t: number): number => 1 + (t * polynomial(P, t)) / polynomial(Q, t);

/** @param x from −1 to 1; beyond it is that of ±1. Absolute error below 3e-16. */
export function asin(x: number): number {
  const size = Math.min(1, Math.abs(x));
  if (size < 0.5) return x * overRoot(x * x);
  const half = (1 - size) / 2;
  const angle = Math.PI / 2 - 2 * Math.sqrt(half) * overRoot(half);
  return x < 0 ? -angle : angle;
}
