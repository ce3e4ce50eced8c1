/** Results of an experiment as arrays: rows of observables (observables/row-layout.ts) on the experiment's time grid. */
import { type Setup } from '../core/experiment/setup.ts';
import { fieldOf, type RowLayout } from '../core/observables/row-layout.ts';
import { curveKinds, spreadKinds } from '../core/theory/curves/curve-kinds.ts';
import { comparedOrder, spreadKindFor } from '../core/theory/curves/curve-kind.ts';
import { type Outcome } from '../core/experiment/outcome.ts';
import { isRun, type CurveSource } from '../core/experiment/curve-source.ts';
import { type Experiment } from '../core/experiment/schema.ts';

/** Where and when a curve was computed. */
export interface Origin {
  /** Version of the app. */
  readonly app: string;
  /** Versions of the runtime, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  /** ISO 8601, of the first and the last step. */
  readonly started: string;
  readonly ended: string;
}

/** Work and provenance of one curve. */
export interface CurveReport {
  /** Null where it is not known: results of other programs, and of version 0.1.0. */
  readonly origin: Origin | null;
  /** Wall seconds of the computation alone; an equal share of them for runs that were simulated together. */
  readonly seconds: number;
  /** For theory: integrator, nodes, accepted and rejected steps, evaluations, moment error. For a run: engine, kernel, seed. */
  readonly details: Readonly<Record<string, string | number>>;
}

export interface Curve {
  readonly source: CurveSource;
  /** Key of the work (identity.ts) that it was computed for, made where it was computed. */
  readonly key: string;
  /** P×size row-major; rows from `points` on are NaN. */
  readonly rows: Float64Array;
  /** Grid points that were reached. */
  readonly points: number;
  readonly outcome: Outcome;
  readonly report: CurveReport;
}

/** What does not depend on the curves: computed from the description. */
export interface ExperimentFrame {
  readonly layout: RowLayout;
  /** t = steps / d at the grid points, P. */
  readonly t: Float64Array;
  readonly groups: {
    /** Largest λ̄ of each group, G. */
    readonly upper: Float64Array;
    /** ‖μ_{i,G}‖², C×G row-major. */
    readonly energy: Float64Array;
    /** Directions in each group, G. */
    readonly size: Float64Array;
    /** Names for people: `(0,1)` for zero-one blocks, else empty. */
    readonly labels: readonly string[];
  };
  /** ‖X*_o‖² per teacher output; empty without a teacher. */
  readonly teacherNorm: Float64Array;
}

export interface ExperimentResults {
  /** The description that the curves were computed from. */
  readonly experiment: Experiment;
  readonly frame: ExperimentFrame;
  /** Theory curves and finished simulation runs, the latter ordered by run. */
  readonly curves: readonly Curve[];
}

/** The frame of a setup. */
export function experimentFrame(setup: Setup): ExperimentFrame {
  const { experiment, mixture, groups, teacher, layout } = setup;
  const { spectrum } = experiment.model;
  const teacherNorm = new Float64Array(layout.teacherOutputs);
  teacherNorm.forEach((_, o) => {
    const row = teacher.subarray(o * mixture.dimension, (o + 1) * mixture.dimension);
    teacherNorm[o] = row.reduce((sum, value) => sum + value * value, 0);
  });
  return {
    layout,
    t: setup.steps.map((step) => step / mixture.dimension),
    groups: {
      upper: groups.upper,
      energy: groups.energy,
      size: groups.size,
      labels: spectrum.kind === 'zero-one' ? spectrum.blocks.map((block) => `(${block.eigenvalues.join(',')})`) : [],
    },
    teacherNorm,
  };
}

/** One field of a curve's rows, P×length row-major. */
export function curveField(frame: ExperimentFrame, rows: Float64Array, key: string): Float64Array {
  const { offset, length } = fieldOf(frame.layout, key);
  const points = frame.t.length;
  const result = new Float64Array(points * length);
  for (let p = 0; p < points; p++) {
    const start = p * frame.layout.size + offset;
    result.set(rows.subarray(start, start + length), p * length);
  }
  return result;
}

/** The curve of a theory kind, if it is there. */
export function theoryCurve(results: ExperimentResults, kind: string): Curve | undefined {
  return results.curves.find((curve) => curve.source.kind === kind);
}

/** The curve that runs are compared with: the first one in which SGD's noise acts, on finite data one of them, if it is there. */
export function expectedCurve(results: ExperimentResults): Curve | undefined {
  for (const { kind } of comparedOrder(results.experiment.data.kind !== 'stream')) {
    const curve = theoryCurve(results, kind);
    if (curve) return curve;
  }
  return undefined;
}

/** The standard deviations of that curve's rows over runs, if they are there: of the engine that the description names. */
export function spreadCurve(results: ExperimentResults): Curve | undefined {
  const { engine } = results.experiment.simulation;
  const curve = theoryCurve(results, spreadKindFor(engine).kind);
  return curve && results.experiment.theory.spread ? curve : undefined;
}

/** Theory curves beside that one, as registered; those of a newer program are not known here. */
export function otherCurves(results: ExperimentResults): Curve[] {
  const expected = expectedCurve(results);
  return curveKinds.flatMap(({ kind }) => {
    const curve = theoryCurve(results, kind);
    return curve && curve !== expected ? [curve] : [];
  });
}

const known = [...curveKinds, ...spreadKinds];

/** Order of the curves of an experiment: theory as registered, those of a newer program after it, then the runs. */
export function bySource(a: { source: CurveSource }, b: { source: CurveSource }): number {
  const rank = ({ source }: { source: CurveSource }) => {
    if (isRun(source)) return source.run;
    const place = known.findIndex(({ kind }) => kind === source.kind);
    return place < 0 ? -1 : place - known.length - 1;
  };
  return rank(a) - rank(b);
}

/** Simulation runs, by run. */
export function simulationCurves(results: ExperimentResults): Curve[] {
  return results.curves.filter((curve) => isRun(curve.source));
}
