/** Sweeps with their experiments solved and simulated. */
import { keysOf, workKey } from '../../../src/core/experiment/identity.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { type FigureInput } from '../../../src/figures/index.ts';
import { sweptResults, type Swept } from '../../../src/figures/sweep/index.ts';
import { createWasmKernel } from '../../../src/core/kernel/wasm.ts';
import { type RowSink } from '../../../src/core/experiment/outcome.ts';
import { simulate } from '../../../src/core/engines/engine.ts';
import { createSgdEngine } from '../../../src/core/engines/sgd.ts';
import { parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { type CurveSource } from '../../../src/core/experiment/curve-source.ts';
import { experimentFrame, type Curve } from '../../../src/study/experiment-results.ts';
import { type Experiment, type Study } from '../../../src/core/experiment/schema.ts';
import { curveKind } from '../../../src/core/theory/curves/curve-kind.ts';

const never = () => false;

/** A study of one sweep, parsed. */
export function sweepStudy(sweep: unknown): Study {
  return requireParsed(parseStudy({ format: 'sgdlab-study', version: 1, experiments: [], sweep }));
}

/** Every curve that an experiment asks for. */
export async function compute(experiment: Experiment, place: number, tolerance = 1e-8): Promise<FigureInput> {
  const setup = prepare(experiment);
  const frame = experimentFrame(setup);
  const record = async (source: CurveSource, work: (onRow: RowSink) => Promise<Curve['outcome']>): Promise<Curve> => {
    const rows = new Float64Array(frame.t.length * frame.layout.size).fill(NaN);
    let points = 0;
    const outcome = await work((point, row) => {
      rows.set(row, point * frame.layout.size);
      points = point + 1;
    });
    return {
      source,
      key: workKey(keysOf(experiment), source),
      rows,
      points,
      outcome,
      report: { origin: null, seconds: 0, details: {} },
    };
  };
  const engine = createSgdEngine(createWasmKernel());
  const curves = await Promise.all([
    ...experiment.theory.curves.map((kind) =>
      record(
        { kind },
        async (onRow) => (await curveKind(kind).solve(setup, { tolerance, onRow, shouldStop: never })).outcome,
      ),
    ),
    ...Array.from({ length: experiment.simulation.runs }, (_, run) =>
      record({ kind: 'simulation', run }, async (onRow) => {
        const onPoint = (_: number, point: number, row: Float64Array) => onRow(point, row);
        return (await simulate(engine, setup, { runs: [run], onRow: onPoint, shouldStop: never }))[0];
      }),
    ),
  ]);
  return { place, results: { experiment, frame, curves } };
}

/** The study's sweep with everything computed. */
export async function computedSweep(study: Study, tolerance?: number): Promise<Swept> {
  if (!study.sweep) throw new Error('no sweep');
  return sweptResults(
    study.sweep,
    await Promise.all(study.experiments.map((experiment, place) => compute(experiment, place, tolerance))),
  );
}
