/** Losses of one output that see a label, with the closed forms of their moments: registered ones and ones with kinks. */
import { type LabelledFunction } from '../../../src/core/loss/labelled-moments.ts';
import { createLoss } from '../../../src/core/loss/loss-spec.ts';
import { normalCdf, normalDensity } from '../../../src/core/math/normal.ts';
import { createScalarMoments } from '../../../src/core/math/scalar-moments.ts';
import { softplusMoments } from '../../../src/core/math/softplus-moments.ts';

/** y = ±1 of a label. */
const sign = (label: number): number => (label === 0 ? 1 : -1);
const step = (u: number): number => (u > 0 ? 1 : u < 0 ? 0 : 0.5);
const none = new Float64Array(0);

/** A registered loss of class labels. */
export function registered(kind: 'logistic' | 'binary-least-squares'): LabelledFunction {
  const loss = createLoss({ kind }, 2);
  const [r, out] = [new Float64Array(1), new Float64Array(1)];
  return {
    value: (label, output) => loss.value(label, Float64Array.of(output), none),
    slope(label, output) {
      r[0] = output;
      loss.gradient(label, r, none, out);
      return out[0];
    },
    curvature(label, output) {
      r[0] = output;
      loss.hessian(label, r, none, out);
      return out[0];
    },
  };
}

/** R, g, H, Q under N(m, B), of the label. */
type Closed = (label: number, m: number, B: number) => readonly [number, number, number, number];

export interface Subject {
  readonly name: string;
  readonly loss: LabelledFunction;
  readonly closed: Closed;
}

const WIDTH = 0.7;
export const subjects: readonly Subject[] = [
  {
    name: 'logistic',
    loss: registered('logistic'),
    closed(label, m, B) {
      const out = createScalarMoments();
      softplusMoments(-sign(label) * m, B, out);
      return [out.risk, -sign(label) * out.gradient, out.curvature, out.gradientSquare];
    },
  },
  {
    name: 'least squares',
    loss: registered('binary-least-squares'),
    closed(label, m, B) {
      const g = m - sign(label);
      return [0.5 * (B + g * g), g, 1, B + g * g];
    },
  },
  {
    name: 'hinge',
    loss: {
      value: (label, r) => Math.max(0, 1 - sign(label) * r),
      slope: (label, r) => -sign(label) * step(1 - sign(label) * r),
      curvature: () => 0,
      kinks: (label) => [sign(label)],
    },
    closed(label, m, B) {
      const [mu, s] = [1 - sign(label) * m, Math.sqrt(B)];
      const [cdf, density] = [normalCdf(mu / s), normalDensity(mu / s)];
      return [mu * cdf + s * density, -sign(label) * cdf, density / s, cdf];
    },
  },
  {
    name: 'squared hinge',
    loss: {
      value: (label, r) => Math.max(0, 1 - sign(label) * r) ** 2,
      slope: (label, r) => -2 * sign(label) * Math.max(0, 1 - sign(label) * r),
      curvature: (label, r) => 2 * step(1 - sign(label) * r),
      kinks: (label) => [sign(label)],
    },
    closed(label, m, B) {
      const [mu, s] = [1 - sign(label) * m, Math.sqrt(B)];
      const [cdf, density] = [normalCdf(mu / s), normalDensity(mu / s)];
      const risk = (mu * mu + B) * cdf + mu * s * density;
      return [risk, -2 * sign(label) * (mu * cdf + s * density), 2 * cdf, 4 * risk];
    },
  },
  {
    name: 'Huber',
    loss: {
      value(label, r) {
        const u = Math.abs(r - sign(label));
        return u <= WIDTH ? 0.5 * u * u : WIDTH * u - 0.5 * WIDTH * WIDTH;
      },
      slope: (label, r) => Math.max(-WIDTH, Math.min(WIDTH, r - sign(label))),
      curvature: (label, r) => step(WIDTH - Math.abs(r - sign(label))),
      kinks: (label) => [sign(label) - WIDTH, sign(label) + WIDTH],
    },
    closed(label, given, B) {
      const [m, s] = [given - sign(label), Math.sqrt(B)];
      const [a, b] = [(-WIDTH - m) / s, (WIDTH - m) / s];
      const [low, high, da, db] = [normalCdf(a), normalCdf(-b), normalDensity(a), normalDensity(b)];
      const inside = m >= 0 ? normalCdf(-a) - high : normalCdf(b) - low;
      // b·φ(b) at infinity is 0
      const ends = (a === -Infinity ? 0 : a * da) - (b === Infinity ? 0 : b * db);
      const square = m * m * inside + 2 * m * s * (da - db) + B * (inside + ends);
      const outside = m * high + s * db - (m * low - s * da);
      return [
        0.5 * square + WIDTH * outside - 0.5 * WIDTH * WIDTH * (low + high),
        m * inside + s * (da - db) + WIDTH * (high - low),
        inside,
        square + WIDTH * WIDTH * (low + high),
      ];
    },
  },
  {
    name: '|r|',
    loss: { value: (_, r) => Math.abs(r), slope: (_, r) => Math.sign(r), curvature: () => 0, kinks: () => [0] },
    closed(_, m, B) {
      const s = Math.sqrt(B);
      const [cdf, density] = [normalCdf(m / s), normalDensity(m / s)];
      const g = normalCdf(m / s) - normalCdf(-m / s);
      return [m * g + 2 * s * density, cdf < 0 ? NaN : g, (2 * density) / s, 1];
    },
  },
];
