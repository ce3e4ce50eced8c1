/** Results that look like those of an experiment, from formulas: figures are tested without solving or simulating. */
import { prepare } from '../../src/core/experiment/setup.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { type CurveSource } from '../../src/core/experiment/curve-source.ts';
import { experimentFrame, type Curve, type ExperimentResults } from '../../src/study/experiment-results.ts';
import { type FigureInput, type FigureView, defaultView } from '../../src/figures/index.ts';

export interface Synthetic {
  id?: string;
  name?: string;
  loss?: Record<string, unknown>;
  labels?: Record<string, unknown>;
  priors?: number[];
  spectrum?: Record<string, unknown>;
  grid?: Record<string, unknown>;
  ridge?: number;
  /** Of iterates; their average is there after `from`. */
  average?: { kind: 'uniform'; from: number };
  dimension?: number;
  runs?: number;
  /** Grid points that run r has reached; all without. */
  reached?: (run: number, points: number) => number;
  theory?: boolean;
  flow?: boolean;
  /** Theory of an escape, by quantiles. */
  escape?: boolean;
  /** Theory of d → ∞. */
  limit?: boolean;
  meanScale?: number;
  /** Other parts of the description. */
  more?: Record<string, unknown>;
  /** Standard deviations over runs, by theory, in the place of this many times the curve. */
  spread?: number;
}

/** Labels that phase retrieval takes. */
export const RESPONSE = { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 2 } };
const ESCAPE: Synthetic = { escape: true, labels: RESPONSE, loss: { kind: 'phase-retrieval', form: 'quartic' } };
const ONE_TEACHER: Synthetic = {
  meanScale: 0,
  priors: [1],
  spectrum: { kind: 'identity' },
  loss: { kind: 'teacher-least-squares', noise: 0.1, teacher: { kind: 'gaussian', seed: 3, scale: 1 } },
};
const DIAGONAL: Synthetic = { ...ONE_TEACHER, more: { parameterization: { kind: 'diagonal', scale: 1 } } };

/** What an experiment must be for a figure that not every one has. */
export const having: Readonly<Record<string, Synthetic>> = {
  teacher: { loss: { kind: 'teacher-least-squares', noise: 0.1, teacher: { kind: 'gaussian', seed: 3, scale: 1 } } },
  'average-risk': { average: { kind: 'uniform', from: 1 } },
  'squared-cosine': ESCAPE,
  'mean-risk': ESCAPE,
  'train-risk': { ...ONE_TEACHER, more: { data: { kind: 'finite', samplesPerDimension: 2, sampling: 'reshuffled' } } },
  'second-layer': {
    loss: { kind: 'two-layer', hidden: 2, activation: 'relu', classLabels: [1, 0], secondLayer: [1, -1] },
  },
  'effective-scale': DIAGONAL,
  l1: DIAGONAL,
};

/** Results of such an experiment; deterministic. */
export function synthetic(options: Synthetic = {}): ExperimentResults {
  const { runs = 5, theory = true, flow = false } = options;
  const parsed = parseExperiment({
    id: options.id ?? 'one',
    name: options.name ?? 'One',
    model: {
      dimension: options.dimension ?? 64,
      priors: options.priors ?? [0.5, 0.5],
      spectrum: options.spectrum ?? { kind: 'power-law', exponents: [1.1, 1.5] },
      means: { arrangement: { kind: 'gaussian', seed: 3 }, profile: { kind: 'flat' }, scale: options.meanScale ?? 1 },
    },
    ...(options.labels ? { labels: options.labels } : {}),
    loss: options.loss ?? { kind: 'logistic' },
    optimizer: {
      schedule: { kind: 'constant', rate: 1 },
      ridge: options.ridge ?? 0,
      average: options.average,
      ...(options.escape ? { start: { kind: 'gaussian', seed: 1, scale: 1 } } : {}),
    },
    horizon: 20,
    grid: options.grid ?? { kind: 'log', first: 0.1, points: 40 },
    simulation: { runs },
    ...(options.limit ? { theory: { limit: true } } : {}),
    ...(options.spread === undefined ? {} : { theory: { spread: true } }),
    ...(options.escape ? { theory: { start: 'escape' } } : {}),
    ...options.more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const frame = experimentFrame(prepare(parsed.value));
  const points = frame.t.length;
  const curve = (source: CurveSource, wobble: number, reached = points): Curve => {
    const rows = new Float64Array(points * frame.layout.size).fill(NaN);
    for (let p = 0; p < reached; p++) writeRow(frame, rows, p, wobble, options.average?.from ?? 0);
    const t = frame.t[Math.max(0, reached - 1)];
    const outcome = reached < points ? ({ status: 'cancelled', t } as const) : ({ status: 'done', t } as const);
    return {
      source,
      key: workKey(keysOf(parsed.value), source),
      rows,
      points: reached,
      outcome,
      report: { origin: null, seconds: 0.1, details: { engine: 'sgd' } },
    };
  };
  const deviations = (factor: number): Curve => {
    const own = curve({ kind: 'ode-spread' }, 0);
    return { ...own, rows: own.rows.map((value) => factor * value) };
  };
  return {
    experiment: parsed.value,
    frame,
    curves: [
      ...(options.spread === undefined ? [] : [deviations(options.spread)]),
      ...(theory ? [curve({ kind: 'ode' }, 0)] : []),
      ...(flow ? [curve({ kind: 'gradient-flow' }, -0.05)] : []),
      ...Array.from({ length: runs }, (_, run) =>
        curve({ kind: 'simulation', run }, 0.02 * (run - (runs - 1) / 2 + 0.3), options.reached?.(run, points)),
      ),
    ],
  };
}

function writeRow(
  { t, layout, groups }: ExperimentResults['frame'],
  rows: Float64Array,
  p: number,
  wobble: number,
  averagesFrom: number,
): void {
  const at = Object.fromEntries(layout.fields.map((field) => [field.key, p * layout.size + field.offset]));
  const time = t[p];
  const shift = 1 + wobble * Math.cos(3 * time);
  const norm = time * shift;
  // what is not of its own shape below
  rows.fill(0.5 * Math.exp(-time / 6) * shift, p * layout.size, (p + 1) * layout.size);
  rows[at.risk] = (Math.LN2 / (1 + time)) * shift;
  if ('error' in at) rows[at.error] = 0.5 * Math.exp(-time / 4) * shift;
  if ('average_risk' in at) rows[at.average_risk] = time > averagesFrom ? (Math.LN2 / (2 + time)) * shift : NaN;
  rows[at.norm] = norm;
  rows[at.learning_rate] = 1;
  for (let i = 0; i < layout.classes * layout.outputs; i++)
    rows[at.overlap + i] = Math.log1p(time) * shift * (i % 2 ? -1 : 1);
  rows.fill(0.1 * time, at.variance, at.variance + layout.classes * layout.outputs ** 2);
  const total = groups.size.reduce((sum, value) => sum + value, 0);
  for (let g = 0; g < layout.groups; g++) {
    const share = groups.size[g] / total;
    rows[at.group_share + g] = norm > 0 ? share : 0;
    for (let o = 0; o < layout.outputs; o++)
      rows[at.group_norm + g * layout.outputs + o] = (norm * share) / layout.outputs;
    for (let i = 0; i < layout.classes; i++) {
      rows[at.group_overlap + g * layout.classes + i] = Math.log1p(time) * share * shift * (i % 2 ? -1 : 1);
    }
  }
  if ('cosine_quantiles' in at) {
    for (let level = 0; level < 5; level++) {
      rows[at.cosine_quantiles + level] = (1 - Math.exp(-time / 8)) * (0.5 + 0.1 * level);
      rows[at.risk_quantiles + level] = (1 + 0.1 * level) * rows[at.risk];
    }
    rows[at.mean_risk] = 1.5 * rows[at.risk];
  }
  if ('teacher_product' in at) {
    const length = layout.outputs * layout.teacherOutputs;
    rows.fill(0.2 * time, at.teacher_product, at.teacher_product + length);
  }
}

export const inputsOf = (...results: ExperimentResults[]): FigureInput[] =>
  results.map((each, place) => ({ results: each, place }));

export const viewOf = (changes: Partial<FigureView> = {}): FigureView => ({ ...defaultView, ...changes });
