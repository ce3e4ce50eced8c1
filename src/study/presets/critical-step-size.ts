/** Steps of order 1/d, the critical ones, and smaller ones: the passage from the ODE to gradient flow (F0, F1). */
import { HALVES, inId, type Preset, study } from './preset.ts';

const RATES = [0.25, 1, 4, 8];
/** γ t at the horizon: every rate has gone as far along its gradients. */
const REACH = 40;

const NOTES = `Steps $\\delta_d = \\gamma/d$ are critical: noise of the steps adds up to a part of the drift, $\\gamma^2 v Q$ of $q = \\|X_\\perp\\|^2$ (F1). For $\\delta_d \\ll 1/d$ that part is gone, and SGD follows gradient flow in the time $\\gamma t$. So gradient flow and the ODE *are* the sub-critical and the critical limit, and with $\\gamma \\to 0$ at fixed $\\gamma t$ one passes into the other: each experiment here ends at $\\gamma t = 40$, on a grid of as many points, so that the $k$-th points of all are at the same $\\gamma t$.

Binary mixture with $K = vI$ and means $\\pm\\mu$, $\\|\\mu\\|^2 = v = 1$, logistic loss. Gradient flow ends at $m = 2\\|\\mu\\|^2/v$, $q = 0$ with the error $\\Phi(-1) = 0.1587$. At finite $\\gamma$ the fixed point has $q > 0$: $m$, $q$ and the error are 2.044, 0.131, 0.1624 at $\\gamma = 0.25$; 2.195, 0.597, 0.1728 at 1; 3.100, 4.199, 0.2021 at 4; 5.005, 16.02, 0.2174 at 8. Around it runs fluctuate: the stationary spread, of order $d^{-1/2}$, is that of theory (\`theory.spread\`).`;

export const criticalStepSize: Preset<'critical-step-size'> = {
  name: 'critical-step-size',
  study: () =>
    study(
      'Critical step size',
      NOTES,
      RATES.map((rate) => ({
        id: `rate-${inId(rate)}`,
        name: `γ = ${rate}`,
        model: {
          dimension: 400,
          priors: HALVES,
          spectrum: { kind: 'identity' as const, variances: [1, 1] },
          means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'flat' as const }, scale: 1 },
        },
        loss: { kind: 'logistic' as const },
        optimizer: { schedule: { kind: 'constant' as const, rate } },
        horizon: REACH / rate,
        grid: { kind: 'linear' as const, points: 41 },
        theory: { curves: ['ode', 'gradient-flow'], spread: true },
        simulation: { engine: 'reduced', runs: 20, seed: 1 },
      })),
    ),
};
