/** A study in which every loss, engine, spectrum, schedule, start, arrangement and profile of version 0.1.0 is used. */
const SPECTRA = {
  two: [
    { kind: 'identity', variances: [1, 0.5] },
    { kind: 'power-law', exponents: [0.5, 1.2] },
    {
      kind: 'zero-one',
      blocks: [
        { fraction: 0.25, eigenvalues: [0, 0] },
        { fraction: 0.25, eigenvalues: [0, 1] },
        { fraction: 0.5, eigenvalues: [1, 1] },
      ],
    },
  ],
  three: [
    { kind: 'identity', variances: [1, 0.5, 0.2] },
    { kind: 'power-law', exponents: [0.5, 1, 1.5] },
    {
      kind: 'zero-one',
      blocks: [
        { fraction: 0.25, eigenvalues: [0, 0, 1] },
        { fraction: 0.25, eigenvalues: [0, 1, 0] },
        { fraction: 0.5, eigenvalues: [1, 1, 1] },
      ],
    },
  ],
};
const LOSSES = [
  { loss: { kind: 'logistic' }, classes: 'two' },
  { loss: { kind: 'binary-least-squares' }, classes: 'two' },
  { loss: { kind: 'softmax' }, classes: 'three' },
  { loss: { kind: 'one-hot-least-squares' }, classes: 'three' },
  {
    loss: { kind: 'teacher-least-squares', noise: 0.2, teacher: { kind: 'gaussian', seed: 3, outputs: 2 } },
    classes: 'three',
  },
];
const PRIORS = { two: [0.4, 0.6], three: [0.2, 0.3, 0.5] };
const ENGINES = ['sgd', 'reduced', 'hsgd'];
const ARRANGEMENTS = [{ kind: 'opposite' }, { kind: 'cosine' }, { kind: 'gaussian', seed: 5 }];
const PROFILES = [{ kind: 'flat' }, { kind: 'power-law', exponent: 0.3 }];
const SCHEDULES = [
  { kind: 'constant', rate: 0.4 },
  { kind: 'power-decay', rate: 0.8, timescale: 2, exponent: 0.5 },
  { kind: 'piecewise', times: [0, 2], rates: [0.5, 0.1] },
  { kind: 'warmup', rate: 0.5, duration: 1 },
  { kind: 'adagrad-norm', rate: 1, offset: 1 },
  { kind: 'polyak' },
  { kind: 'line-search' },
];
const OPTIMIZERS = [
  {},
  { batchSize: 3 },
  { ridge: 0.05, start: { kind: 'gaussian', seed: 2, scale: 0.5 } },
  { batchSize: 2, ridge: 0.1 },
];

/** Every loss with every engine and spectrum; the others change along, each at its own pace. */
export function everyKind() {
  const experiments = [];
  let k = 0;
  for (const { loss, classes } of LOSSES) {
    for (const engine of ENGINES) {
      for (const spectrum of SPECTRA[classes]) {
        for (const schedule of [SCHEDULES[k % SCHEDULES.length], SCHEDULES[(k + 3) % SCHEDULES.length]]) {
          k++;
          const arrangement = ARRANGEMENTS[k % ARRANGEMENTS.length];
          experiments.push({
            id: `${loss.kind}-${engine}-${spectrum.kind}-${schedule.kind}-${k}`,
            model: {
              // the reduced engine takes at most 64 distinct tuples of eigenvalues
              dimension: engine === 'reduced' && spectrum.kind === 'power-law' ? 40 : 60 + k,
              priors: PRIORS[classes],
              spectrum,
              means: {
                arrangement: classes === 'three' && arrangement.kind === 'opposite' ? ARRANGEMENTS[1] : arrangement,
                profile: PROFILES[k % PROFILES.length],
              },
            },
            loss,
            optimizer: { schedule, ...OPTIMIZERS[k % OPTIMIZERS.length] },
            horizon: 3,
            grid: k % 2 ? { kind: 'linear', points: 7 } : { kind: 'log', first: 0.05, points: 7 },
            theory: { curves: ['ode', 'gradient-flow'] },
            simulation: { engine, runs: 3, seed: k },
          });
        }
      }
    }
  }
  return { format: 'sgdlab-study', version: 1, name: 'Every kind', experiments: [...experiments, ...special()] };
}

/** Numbers given one by one, a profile by blocks, the limit d → ∞, and dimensions at which directions are merged. */
function special() {
  const dimension = 12;
  const row = (f) => Array.from({ length: dimension }, (_, rho) => f(rho));
  const flat = { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } };
  const theory = { curves: ['ode', 'gradient-flow'] };
  const experiment = (id, model, loss, { engine = 'sgd', runs = 2, horizon = 5, limit } = {}) => ({
    id,
    model,
    loss,
    optimizer: { schedule: { kind: 'constant', rate: 0.3 } },
    horizon,
    grid: { kind: 'log', first: 0.1, points: 9 },
    theory: { ...theory, ...(limit ? { limit } : {}) },
    simulation: { engine, runs, seed: 9 },
  });
  const custom = {
    dimension,
    priors: PRIORS.two,
    spectrum: { kind: 'custom', eigenvalues: [row((rho) => 1 / (1 + rho)), row((rho) => 1 / (2 + rho))] },
    means: {
      arrangement: { kind: 'custom', means: [row((rho) => (rho === 0 ? 1 : 0.1)), row((rho) => -0.05 * rho)] },
    },
  };
  const teacher = { kind: 'custom', vectors: [row((rho) => Math.sqrt(rho)), row((rho) => 1 - rho / 4)] };
  const byBlocks = {
    dimension: 400,
    priors: PRIORS.two,
    spectrum: SPECTRA.two[2],
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'blocks', weights: [0.2, 0.3, 0.5] }, scale: 1.5 },
  };
  const large = (spectrum, classes, profile) => ({
    dimension: 20_000,
    priors: PRIORS[classes],
    spectrum,
    means: { arrangement: { kind: 'cosine' }, profile },
  });
  const none = { runs: 0, horizon: 1000 };
  return [
    ...ENGINES.map((engine) => experiment(`custom-${engine}`, custom, { kind: 'logistic' }, { engine })),
    experiment('custom-teacher', custom, { kind: 'teacher-least-squares', noise: 0.1, teacher }),
    ...ENGINES.map((engine) => experiment(`blocks-${engine}`, byBlocks, { kind: 'logistic' }, { engine })),
    experiment('many-logistic', large(SPECTRA.two[1], 'two', PROFILES[1]), { kind: 'logistic' }, none),
    experiment('many-softmax', large(SPECTRA.three[1], 'three', PROFILES[0]), { kind: 'softmax' }, none),
    experiment('many-one-hot', large(SPECTRA.three[1], 'three', PROFILES[0]), { kind: 'one-hot-least-squares' }, none),
    experiment('many-squares', large(SPECTRA.two[1], 'two', PROFILES[1]), { kind: 'binary-least-squares' }, none),
    ...LOSSES.slice(0, 4).map(({ loss, classes }) =>
      experiment(`limit-${loss.kind}`, { ...large(SPECTRA[classes][1], classes, PROFILES[1]), dimension: 500 }, loss, {
        ...none,
        horizon: 1e6,
        limit: true,
      }),
    ),
    experiment('wide', { ...byBlocks, means: flat }, { kind: 'binary-least-squares' }, { engine: 'hsgd' }),
  ];
}
