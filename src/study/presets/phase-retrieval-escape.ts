/** Phase retrieval from a random start: when runs leave it, by quantiles. */
import { type ExperimentInput, type Preset, study } from './preset.ts';

const NOTES = `Phase retrieval hears $|r^*|$ alone: the loss is even in X, and a random start has an overlap q with the teacher of order $d^{-1/2}$ only. SGD stays near q = 0 for a time that grows like log d, and then escapes.

- **Averaged over starts the equations never escape**: x̄ = 0 stays 0. Theory here is the law of escape: the overlap is as if it had begun at $\\sqrt{V/d}\\, z$ with a standard normal z, where V holds the start and the noise that SGD adds while q is still small.
- Lines are medians, bands 10–90 % of the runs, by theory and of the runs themselves. The sign of q is random; the squared cosine is drawn.
- The **mean** of the risk is far above the risk of the median run as long as some runs have not left.
- The absolute loss escapes sooner than the quartic at these rates. The quartic diverges from γ = 1/3 on, and single runs of a small d may diverge below it.`;

const FORMS = [
  { form: 'quartic' as const, name: 'Quartic, γ = 0.1', rate: 0.1, horizon: 40 },
  { form: 'absolute' as const, name: 'Absolute, γ = 0.5', rate: 0.5, horizon: 40 },
];

const described = ({ form, name, rate, horizon }: (typeof FORMS)[number]): ExperimentInput => ({
  id: form,
  name,
  model: {
    dimension: 400,
    priors: [1],
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
  },
  labels: { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 1 } },
  loss: { kind: 'phase-retrieval', form },
  optimizer: { schedule: { kind: 'constant', rate }, start: { kind: 'gaussian', seed: 1, scale: 1 } },
  horizon,
  grid: { kind: 'linear', points: 81 },
  theory: { start: 'escape' },
  simulation: { runs: 40, seed: 1 },
});

export const phaseRetrievalEscape: Preset<'phase-retrieval-escape'> = {
  name: 'phase-retrieval-escape',
  look: () => ({
    overlaid: FORMS.map(({ form }) => form),
    timeLog: false,
    figures: ['squared-cosine', 'risk', 'mean-risk', 'norm'],
  }),
  study: () => study('Phase retrieval: escape', NOTES, FORMS.map(described)),
};
