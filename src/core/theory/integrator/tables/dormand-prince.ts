/**
 * Dormand–Prince 5(4) with Shampine's dense output of order 4: J. R. Dormand, P. J. Prince, J. Comput. Appl. Math. 6
 * (1980) 19–26; L. F. Shampine, Math. Comp. 46 (1986) 135–150.
 */
import { type RungeKuttaTable } from '../runge-kutta.ts';

const b = [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84];

/** Coefficients of θ, θ², θ³, θ⁴ of each stage's weight. */
const dense: readonly (readonly number[])[] = [
  [1, -8048581381 / 2820520608, 8663915743 / 2820520608, -12715105075 / 11282082432],
  [0, 0, 0, 0],
  [0, 131558114200 / 32700410799, -68118460800 / 10900136933, 87487479700 / 32700410799],
  [0, -1754552775 / 470086768, 14199869525 / 1410260304, -10690763975 / 1880347072],
  [0, 127303824393 / 49829197408, -318862633887 / 49829197408, 701980252875 / 199316789632],
  [0, -282668133 / 205662961, 2019193451 / 616988883, -1453857185 / 822651844],
  [0, 40617522 / 29380423, -110615467 / 29380423, 69997945 / 29380423],
];

export const dormandPrince: RungeKuttaTable = {
  name: 'Dormand–Prince 5(4)',
  order: 5,
  estimateOrder: 5,
  denseOrder: 4,
  stages: [
    { c: 0, a: [] },
    { c: 1 / 5, a: [1 / 5] },
    { c: 3 / 10, a: [3 / 40, 9 / 40] },
    { c: 4 / 5, a: [44 / 45, -56 / 15, 32 / 9] },
    { c: 8 / 9, a: [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729] },
    { c: 1, a: [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656] },
  ],
  b,
  errors: [[-71 / 57600, 0, 71 / 16695, -71 / 1920, 17253 / 339200, -22 / 525, 1 / 40]],
  estimate: ([error]) => error,
  denseStages: [],
  denseWeights(theta, out) {
    for (let s = 0; s < 7; s++) {
      const [c1, c2, c3, c4] = dense[s];
      out[s] = theta * (c1 + theta * (c2 + theta * (c3 + theta * c4)));
    }
  },
};
