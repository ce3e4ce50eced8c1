/** Titles and descriptions of the built-in studies in English: one of each for every preset, and one sentence. */
import { type PresetName } from '../../study/presets/presets.ts';

export const presets = {
  'preset.spectra-compared.title': 'Spectra compared',
  'preset.spectra-compared.description':
    'Identity, zero-one and power law, three learning rates each: the paper’s first figure.',
  'preset.clean-directions.title': 'Clean directions',
  'preset.clean-directions.description': 'Zero-one model with means everywhere: alignment by block over time.',
  'preset.power-laws.title': 'Mild and extreme power laws',
  'preset.power-laws.description':
    'Either side of the phase transition min α = β + 1, with the alignment by spectral bin.',
  'preset.many-classes.title': 'Many classes',
  'preset.many-classes.description': 'C = 2 to 16 classes with softmax and with one-hot least squares.',
  'preset.learning-rate-rules.title': 'Learning-rate rules',
  'preset.learning-rate-rules.description':
    'Constant, decay, piecewise, warm-up, AdaGrad-Norm, Polyak and line search on one model.',
  'preset.price-of-noise.title': 'Price of noise',
  'preset.price-of-noise.description':
    'ODE, gradient flow, SGD and homogenised SGD side by side, small and large learning rate.',
  'preset.phase-transition.title': 'Phase transition',
  'preset.phase-transition.description':
    'Risk at t = 10⁹ and d → ∞ over α × β, with the theoretical boundary min α = β + 1.',
  'preset.concentration.title': 'Concentration',
  'preset.concentration.description': 'Deviation of SGD from the theory against d, from 100 to 10⁴, with its slope.',
  'preset.teacher-on-mixture.title': 'Teacher on a mixture',
  'preset.teacher-on-mixture.description':
    'Least squares from a noisy linear teacher on three classes, without and with ridge, one and three outputs.',
  'preset.many-passes.title': 'One pass, many passes, and the optimum',
  'preset.many-passes.description':
    'SGD that passes over n samples again and again, theory of one pass and of many, and the minimum of the empirical risk.',
  'preset.double-descent.title': 'Double descent',
  'preset.double-descent.description':
    'Risk of the minimum of the empirical risk over n/d, without and with a ridge: it peaks at n = d.',
  'preset.momentum-and-dana.title': 'Momentum and DANA',
  'preset.momentum-and-dana.description':
    'Heavy ball, momentum of long memory and DANA beside plain SGD, with a teacher.',
  'preset.sign-and-clipping.title': 'Sign and clipping under heavy-tailed noise',
  'preset.sign-and-clipping.description':
    'SignSGD and clipping by norm where the noise of the labels is Student’s t of 3 degrees.',
  'preset.averages.title': 'Averages',
  'preset.averages.description':
    'Uniform and exponential averages of the iterates, beside cosine and warm-up-stable-decay rates.',
  'preset.theorys-own-band.title': 'Theory’s own band',
  'preset.theorys-own-band.description':
    'The spread of runs from the equations alone beside that of 200 runs, with and without memory, and where it is not valid.',
  'preset.two-layers-on-xor.title': 'Two layers on XOR',
  'preset.two-layers-on-xor.description':
    'Four hidden units that begin along the class means, with three sizes of steps; and an isotropic start, at whose saddle the theory stays.',
  'preset.rich-and-kernel.title': 'Rich and kernel',
  'preset.rich-and-kernel.description':
    'Diagonal networks u² − v² with a sparse teacher, from small to large scales of the start: risk, ‖X‖₁ and the effective scale.',
  'preset.critical-step-size.title': 'Critical step size',
  'preset.critical-step-size.description':
    'ODE, gradient flow and the passage between them at fixed γ t; fixed points and stationary spread of a binary mixture.',
  'preset.your-own-loss.title': 'Your own loss',
  'preset.your-own-loss.description':
    'Losses that are typed as formulas: hinge, squared hinge and Huber side by side, theory and SGD.',
  'preset.one-third-law.title': 'Hard labels: the one-third law',
  'preset.one-third-law.description':
    'Error and risk fall like t^(−1/3) with hard labels of a teacher: theory to t = 10⁷, exponents read off.',
  'preset.phase-retrieval-escape.title': 'Phase retrieval: escape',
  'preset.phase-retrieval-escape.description':
    'When runs leave a random start, by quantiles: quartic and absolute loss, theory beside SGD.',
} as const satisfies Record<`preset.${PresetName}.${'title' | 'description'}`, string>;
