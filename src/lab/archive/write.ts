/** Writes `.sgdlab` files: the arrays of study-format.md, and what the app needs to restore the results bit for bit. */
import { buildMixture } from '../../core/model/mixture.ts';
import { observableOf, type Field } from '../../core/observables/row-layout.ts';
import { ESCAPE_LEVELS } from '../../core/observables/observable.ts';
import { runStream } from '../../core/experiment/start.ts';
import { gridTimes } from '../../core/experiment/grid.ts';
import { keysOf, requireIdentity, RESULTS_VERSION } from '../../core/experiment/identity.ts';
import {
  curveField,
  simulationCurves,
  spreadCurve,
  theoryCurve,
  type Curve,
  type ExperimentFrame,
  type ExperimentResults,
} from '../../study/experiment-results.ts';
import { endpointColumns } from '../../study/endpoint-columns.ts';
import { endpointsOf } from '../../core/theory/analysis/index.ts';
import { curveKinds, spreadKinds } from '../../core/theory/curves/curve-kinds.ts';
import { RUNS_FOLDER, spreadName } from './folders.ts';
import { floatArray, integerArray, npyPieces, type NpyArray } from '../../study/npy.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';
import { writeFileAtomically } from '../files.ts';
import { encodeOutcome, encodeReport } from './curve-record.ts';
import { provenanceOf } from './provenance.ts';
import { zipPieces, type ZipMember } from './zip-writer.ts';

/** Above this many directions `eigenvalues` and `means` are left out. */
export const MAX_STORED_DIMENSION = 1_000_000;
export const STUDY_MEMBER = 'study.json';
/** Sources, outcomes and reports of the curves: what is no array. */
export const RESULTS_MEMBER = 'results.json';
export const RESULTS_FORMAT = 'sgdlab-results';

/**
 * Writes a study and its results, atomically. The same input gives the same bytes.
 *
 * Beside the keys of the study format there are the optional ones `E/groups/size` (G), `E/teacher/norm` (ℓ*; with a
 * teacher), the observables that are not required, and `results.json`.
 *
 * `E/sgd/seed` has one integer per run: the run's own seed where its report has one (`details.seed`), else the first
 * 53 bits of the key of its named random stream, which tell streams apart. A run is repeated from the simulation's seed
 * in study.json and the run's index in results.json.
 * @throws IdentityError if results are not of the study's descriptions, RangeError if they would need more than 4 GiB.
 */
export function writeArchive(path: string, study: Study, results: readonly ExperimentResults[]): void {
  checkResults(study, results);
  writeFileAtomically(path, zipPieces(members(study, results)));
}

function checkResults(study: Study, results: readonly ExperimentResults[]): void {
  const ids = results.map(({ experiment }) => experiment.id);
  ids.forEach((id, k) => {
    const experiment = study.experiments.find((candidate) => candidate.id === id);
    if (!experiment) throw new RangeError(`${JSON.stringify(id)}: expected results of an experiment of the study`);
    for (const curve of results[k].curves) requireIdentity(curve, keysOf(experiment), id);
    if (ids.indexOf(id) !== k) throw new RangeError(`${JSON.stringify(id)}: expected results of each experiment once`);
  });
}

function* members(study: Study, results: readonly ExperimentResults[]): Generator<ZipMember> {
  yield json(STUDY_MEMBER, { ...study, provenance: provenanceOf(study, results) });
  // with the descriptions that the curves are of: study.json may be edited, these curves are then still theirs
  yield json(RESULTS_MEMBER, {
    format: RESULTS_FORMAT,
    version: 2,
    experiments: Object.fromEntries(
      results.map(({ experiment, curves }) => [
        experiment.id,
        { results: RESULTS_VERSION, description: experiment, curves: curves.map(record) },
      ]),
    ),
  });
  for (const experiment of study.experiments) {
    const found = results.find((candidate) => candidate.experiment.id === experiment.id);
    for (const [key, array] of arrays(experiment, found)) {
      yield { name: `${experiment.id}/${key}.npy`, pieces: npyPieces(array) };
    }
  }
}

function json(name: string, value: unknown): ZipMember {
  return { name, pieces: [Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8')] };
}

const record = ({ source, key, points, outcome, report }: Curve) => ({
  source,
  key,
  points,
  outcome: encodeOutcome(outcome),
  report: encodeReport(report),
});

/** A spread that the description asks for: there is room for one. */
const spreadOf = (results: ExperimentResults, kind: string): Curve | undefined => {
  const curve = spreadCurve(results);
  return curve?.source.kind === kind ? curve : undefined;
};

/** Made one by one as they are written, so that only one copy is in memory. */
function* arrays(experiment: Experiment, results: ExperimentResults | undefined): Generator<[string, NpyArray]> {
  const { model } = experiment;
  const { dimension } = model;
  const classes = model.priors.length;
  if (dimension <= MAX_STORED_DIMENSION) {
    const mixture = buildMixture(model);
    yield ['eigenvalues', floatArray([classes, dimension], mixture.eigenvalues)];
    yield ['means', floatArray([classes, dimension], mixture.means)];
  }
  yield ['priors', floatArray([classes], Float64Array.from(model.priors))];
  const t = results?.frame.t ?? gridTimes(experiment);
  yield ['t', floatArray([t.length], t)];
  if (!results) return;
  const { groups, teacherNorm, layout } = results.frame;
  yield ['groups/upper', floatArray([layout.groups], groups.upper)];
  yield ['groups/energy', floatArray([layout.classes, layout.groups], groups.energy)];
  yield ['groups/size', floatArray([layout.groups], groups.size)];
  if (layout.teacherOutputs > 0) yield ['teacher/norm', floatArray([layout.teacherOutputs], teacherNorm)];
  for (const { kind, spread } of [...curveKinds, ...spreadKinds]) {
    const curve = spread ? spreadOf(results, kind) : theoryCurve(results, kind);
    for (const field of curve ? layout.fields : []) {
      const values = curveField(results.frame, curve?.rows ?? new Float64Array(0), field.key);
      yield [
        spread ? spreadName(spread.of, field.key) : `${kind}/${field.key}`,
        floatArray([t.length, ...field.shape], values),
      ];
    }
    if (curve && layout.escapes) {
      yield [`${kind}/escape_levels`, floatArray([ESCAPE_LEVELS.length], Float64Array.from(ESCAPE_LEVELS))];
    }
  }
  for (const [key, values] of endpointColumns(endpointsOf(results.experiment)) ?? [])
    yield [`endpoint/${key}`, floatArray([values.length], values)];
  yield* simulationArrays(experiment, results.frame, simulationCurves(results));
}

function* simulationArrays(
  { simulation }: Experiment,
  frame: ExperimentFrame,
  runs: readonly Curve[],
): Generator<[string, NpyArray]> {
  if (runs.length === 0) return;
  yield [`${RUNS_FOLDER}/seed`, integerArray(runs.map((curve) => BigInt(seedOf(curve, simulation.seed))))];
  for (const field of frame.layout.fields.filter((each) => !observableOf(each)?.ofTheory)) {
    yield [
      `${RUNS_FOLDER}/${field.key}`,
      floatArray([runs.length, frame.t.length, ...field.shape], gather(frame, runs, field)),
    ];
  }
}

function gather(frame: ExperimentFrame, runs: readonly Curve[], { key, length }: Field): Float64Array {
  const perRun = frame.t.length * length;
  const all = new Float64Array(runs.length * perRun);
  runs.forEach(({ rows }, k) => all.set(curveField(frame, rows, key), k * perRun));
  return all;
}

function seedOf({ source, report }: Curve, seed: number): number {
  const own = report.details.seed;
  if (typeof own === 'number' && Number.isSafeInteger(own)) return own;
  const { key } = runStream(seed, source.run ?? 0);
  return (key[0] & 0x1fffff) * 0x1_0000_0000 + key[1];
}
