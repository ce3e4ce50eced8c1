/** Studies and curves with the right shapes and recognisable numbers, without computing anything. */
import { prepare } from '../../src/core/experiment/setup.ts';
import { rootStream } from '../../src/core/math/random.ts';
import { type Outcome } from '../../src/core/experiment/outcome.ts';
import { observableOf } from '../../src/core/observables/row-layout.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { type CurveSource } from '../../src/core/experiment/curve-source.ts';
import {
  experimentFrame,
  type Curve,
  type ExperimentFrame,
  type ExperimentResults,
  type Origin,
} from '../../src/study/experiment-results.ts';
import { type Experiment, type Study } from '../../src/core/experiment/schema.ts';

/** A binary logistic experiment on a zero-one spectrum, d = 40, P = 6. */
export const binary = {
  id: 'binary',
  name: 'Zero-one, γ = ½',
  model: {
    dimension: 40,
    priors: [0.25, 0.75],
    spectrum: {
      kind: 'zero-one',
      blocks: [
        { fraction: 0.25, eigenvalues: [0, 0] },
        { fraction: 0.75, eigenvalues: [0, 1] },
      ],
    },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
  horizon: 2,
  grid: { kind: 'linear', points: 6 },
  theory: { curves: ['ode', 'gradient-flow'] },
  simulation: { engine: 'sgd', runs: 3, seed: 5 },
};

/** A power law with 16 groups, d = 100, theory alone. */
export const powerLaw = {
  id: 'power-law',
  model: {
    dimension: 100,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 10,
  grid: { kind: 'log', first: 0.1, points: 9 },
};

export function studyOf(experiments: readonly unknown[], name = 'A study', notes = ''): Study {
  return requireParsed(parseStudy({ format: 'sgdlab-study', version: 1, name, notes, experiments }));
}

export const frameOf = (experiment: Experiment): ExperimentFrame => experimentFrame(prepare(experiment));

/** Where and when synthetic curves were computed. */
export const origin: Origin = {
  app: '0.1.7',
  versions: { node: '20' },
  platform: 'linux-x64',
  started: '2026-01-01T00:00:00.000Z',
  ended: '2026-01-01T00:01:00.000Z',
};

/** Normal numbers that depend on source and salt; NaN where the outcome left off. */
export function curveOf(
  experiment: Experiment,
  source: CurveSource,
  { outcome, points, salt = 0 }: { outcome?: Outcome; points?: number; salt?: number } = {},
): Curve {
  const frame = frameOf(experiment);
  const reached = points ?? frame.t.length;
  const stream = rootStream(salt).child(source.kind, source.kind === 'simulation' ? source.run : 0);
  const rows = new Float64Array(frame.t.length * frame.layout.size).fill(Number.NaN);
  for (let k = 0; k < reached * frame.layout.size; k++) rows[k] = stream.normal();
  for (const field of frame.layout.fields) {
    const kind = observableOf(field);
    const range = kind?.range;
    // there are no such numbers of one run, and no file has them
    const absent = source.kind === 'simulation' && kind?.ofTheory;
    for (let p = 0; (range ?? absent) && p < reached; p++) {
      const values = rows.subarray(p * frame.layout.size + field.offset).subarray(0, field.length);
      for (const [k, value] of values.entries()) values[k] = absent ? NaN : Math.abs(value) % (range?.most ?? Infinity);
    }
  }
  return {
    source,
    key: workKey(keysOf(experiment), source),
    rows,
    points: reached,
    outcome: outcome ?? { status: 'done', t: frame.t[frame.t.length - 1] },
    report: { origin, seconds: 0.125, details: { engine: 'synthetic', steps: 12 } },
  };
}

/** All curves that an experiment asks for. */
export function resultsFor(experiment: Experiment, salt = 0): ExperimentResults {
  const frame = frameOf(experiment);
  const sources: CurveSource[] = [
    ...experiment.theory.curves.map((kind) => ({ kind })),
    ...Array.from({ length: experiment.simulation.runs }, (_, run) => ({ kind: 'simulation' as const, run })),
  ];
  return { experiment, frame, curves: sources.map((source) => curveOf(experiment, source, { salt })) };
}
