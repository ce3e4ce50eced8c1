/** Diagonal networks from rich to kernel: a sparse teacher, and a sweep over the scale α₀ of the start. */
import { inId, type Preset, study } from './preset.ts';

const SCALES = [0.1, 0.3, 1, 3];

const NOTES = `Diagonal networks $X = u^2 - v^2$ with $u = v = \\alpha_0 d^{-1/4}$ at the start, and a teacher of which one entry in ten is not 0. A step moves $u$ and $v$ by $\\gamma/\\sqrt{d}$. Small $\\alpha_0$ is the *rich* regime: entries grow in proportion to themselves, those that matter first, and $X$ stays sparse. With large $\\alpha_0$ the weights hardly move and $X$ follows the gradient as a linear model does: the *kernel* regime. The noise of SGD makes $uv$ decay like $e^{-8\\gamma^2 \\lambda \\int R}$ and so lowers the effective $\\alpha$.

The rates differ so that all learn in about the same time: $X$ moves with $4\\gamma(u^2 + v^2)$, of order $\\gamma\\alpha_0^2$ at the start.`;

export const richAndKernel: Preset<'rich-and-kernel'> = {
  name: 'rich-and-kernel',
  study: () =>
    study(
      'Rich and kernel',
      NOTES,
      SCALES.map((scale) => ({
        id: `scale-${inId(scale)}`,
        name: `α₀ = ${scale}`,
        model: {
          dimension: 400,
          priors: [1],
          spectrum: { kind: 'identity' as const, variances: [1] },
          means: { arrangement: { kind: 'cosine' as const }, profile: { kind: 'flat' as const }, scale: 0 },
        },
        loss: {
          kind: 'teacher-least-squares' as const,
          noise: 0.1,
          teacher: { kind: 'gaussian' as const, seed: 3, scale: 1, sparsity: 0.1 },
        },
        parameterization: { kind: 'diagonal' as const, scale },
        optimizer: {
          schedule: { kind: 'constant' as const, rate: Number((0.1 / Math.max(1, scale * scale)).toFixed(4)) },
        },
        horizon: 20,
        grid: { kind: 'linear' as const, points: 41 },
        simulation: { runs: 4, seed: 1 },
      })),
    ),
};
