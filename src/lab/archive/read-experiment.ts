/** Results of one experiment from the members of an archive. What is damaged is named and left out. */
import { keysOfVersion, workKey } from '../../core/experiment/identity.ts';
import { reason, type Refusal } from '../../refusal/refusal.ts';
import { isRun, type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Curve, type ExperimentFrame, type ExperimentResults } from '../../study/experiment-results.ts';
import { MAX_RUNS, type Experiment } from '../../core/experiment/schema.ts';
import { observableOf } from '../../core/observables/row-layout.ts';
import { lossKind } from '../../core/loss/loss-spec.ts';
import { findCurveKind, spreadKindFor } from '../../core/theory/curves/curve-kind.ts';
import { curveFolders, RUNS_FOLDER, spreadName } from './folders.ts';
import { arraysOf, type Arrays } from './arrays.ts';
import { type CurveRecord } from './curve-record.ts';
import { impossibleIn } from './impossible.ts';
import { readFrame } from './read-frame.ts';
import { MAX_STORED_DIMENSION } from './write.ts';
import { type Zip } from './zip-reader.ts';

/** Rows of curves are made only where most of their numbers are in the file: a small file cannot ask for much memory. */
const MAX_FILL = 4;
const FREE_NUMBERS = 1 << 20;

/**
 * @param experiment that the results are of.
 * @param version of the results.
 * @param records sources, outcomes and reports in the order of the curves; null in files of other programs.
 */
export function readExperiment(
  zip: Zip,
  experiment: Experiment,
  version: string,
  records: readonly CurveRecord[] | null,
  refusals: Refusal[],
): ExperimentResults | null {
  const arrays = arraysOf(zip, experiment.id, refusals);
  checkModel(arrays, experiment);
  const prefixes = curveFolders().filter((prefix) => zip.hasFolder(`${experiment.id}/${prefix}`));
  if (prefixes.length === 0) return null;
  const frame = readFrame(arrays, experiment);
  if (!frame) return null;
  const read = [
    ...prefixes.flatMap((prefix) => readCurves(arrays, frame, prefix, Number(version))),
    ...readSpread(arrays, frame, experiment),
  ];
  const keys = keysOfVersion(experiment, version);
  const found = records ? withRecords(arrays, frame, read, records) : read.map((each) => bare(frame, each));
  const curves = found
    .filter((each) => isPossible(arrays, frame, experiment, each))
    .map(({ given: _, ...curve }) => ({ ...curve, key: workKey(keys, curve.source) }));
  return curves.length > 0 ? { experiment, frame, curves } : null;
}

/** The model's arrays are made from the description; the ones in the file are only looked at for damage. */
function checkModel(arrays: Arrays, { model }: Experiment): void {
  const classes = model.priors.length;
  arrays.read('priors', [classes]);
  if (model.dimension > MAX_STORED_DIMENSION) return;
  arrays.read('eigenvalues', [classes, model.dimension]);
  arrays.read('means', [classes, model.dimension]);
}

type Keyless = Omit<Curve, 'key'> & Pick<Read, 'given'>;

interface Read {
  readonly source: CurveSource;
  readonly rows: Float64Array;
  readonly seed?: number;
  /** Observables that the file has of it. */
  readonly given: ReadonlySet<string>;
}

/**
 * The curve of a theory kind, or the curves of all runs.
 * @param version of the results; NaN for those of another program. An observable that is newer may be missing.
 */
function readCurves(arrays: Arrays, frame: ExperimentFrame, prefix: string, version: number): Read[] {
  const { layout, t } = frame;
  const isRuns = prefix === RUNS_FOLDER;
  const seeds = isRuns ? arrays.read(`${RUNS_FOLDER}/seed`, [null]) : null;
  let runs = isRuns ? (seeds?.shape[0] ?? null) : 1;
  const found = layout.fields.flatMap((field) => {
    const key = `${prefix}/${field.key}`;
    const shape = [t.length, ...field.shape];
    const kind = observableOf(field);
    if (!arrays.has(key) && kind?.required && !(version < kind.version))
      arrays.complain(key, reason('zip-missing', {}));
    const array = arrays.read(key, isRuns ? [runs, ...shape] : shape);
    if (!array) return [];
    if (isRuns) runs = array.shape[0];
    return [{ field, values: array.values }];
  });
  const numbers = (runs ?? 0) * t.length * layout.size;
  const given = found.reduce((sum, { values }) => sum + values.length, 0);
  if (found.length === 0 || runs === null || runs === 0) return [];
  if (runs > MAX_RUNS || numbers > MAX_FILL * given + FREE_NUMBERS) {
    arrays.complain(`${prefix}/risk`, reason('curves-without-arrays', {}));
    return [];
  }
  const names = new Set(found.map(({ field }) => field.key));
  return Array.from({ length: runs }, (_, run) => {
    const rows = new Float64Array(t.length * layout.size).fill(Number.NaN);
    for (const { field, values } of found) {
      const start = run * t.length * field.length;
      for (let p = 0; p < t.length; p++) {
        const from = start + p * field.length;
        rows.set(values.subarray(from, from + field.length), p * layout.size + field.offset);
      }
    }
    if (!arrays.has(`${prefix}/group_norm`)) restoreGroupNorm(frame, rows);
    const source: CurveSource = isRuns ? { kind: 'simulation', run } : { kind: prefix };
    return { source, rows, seed: seeds?.values[run], given: names };
  });
}

/** The spread of a curve: arrays beside the curve's own. */
function readSpread(arrays: Arrays, { layout, t }: ExperimentFrame, { theory, simulation }: Experiment): Read[] {
  const { kind, spread } = spreadKindFor(simulation.engine);
  if (!theory.spread || !spread) return [];
  const rows = new Float64Array(t.length * layout.size).fill(Number.NaN);
  let found = false;
  for (const { key, shape, offset, length } of layout.fields) {
    const name = spreadName(spread.of, key);
    const values = arrays.has(name) ? arrays.read(name, [t.length, ...shape])?.values : undefined;
    if (!values) continue;
    found = true;
    for (let p = 0; p < t.length; p++) {
      rows.set(values.subarray(p * length, (p + 1) * length), p * layout.size + offset);
    }
  }
  // deviations have no such bounds
  return found ? [{ source: { kind }, rows, given: new Set() }] : [];
}

/** For one output Σ_{ρ∈G} x_ρ² is share times norm. */
function restoreGroupNorm({ layout, t }: ExperimentFrame, rows: Float64Array): void {
  const offset = (key: string) => layout.fields.find((field) => field.key === key)?.offset ?? 0;
  if (layout.outputs !== 1) return;
  for (let row = 0; row < t.length * layout.size; row += layout.size) {
    for (let g = 0; g < layout.groups; g++) {
      rows[row + offset('group_norm') + g] = rows[row + offset('group_share') + g] * rows[row + offset('norm')];
    }
  }
}

/** Whether a curve can be what it is said to be; complains if not. */
function isPossible(arrays: Arrays, frame: ExperimentFrame, { loss }: Experiment, curve: Keyless): boolean {
  const { rows, points, outcome, given, source } = curve;
  const found = impossibleIn(frame, rows, points, outcome, lossKind(loss.kind), given);
  if (!found) return true;
  const { key, value, t } = found;
  const folder = isRun(source) ? RUNS_FOLDER : source.kind;
  arrays.complain(
    `${folder}/${key}`,
    reason('curve-impossible', { curve: nameOf(source), key, value: String(value), t }),
  );
  return false;
}

const nameOf = (source: CurveSource): string => (isRun(source) ? `run ${source.run}` : source.kind);

/** A curve of another program: done if it has a risk at every grid point, else left off at the last that has one. */
function bare({ layout, t }: ExperimentFrame, { source, rows, seed, given }: Read): Keyless {
  let points = 0;
  while (points < t.length && !Number.isNaN(rows[points * layout.size])) points++;
  return {
    source,
    given,
    rows: rows.fill(Number.NaN, points * layout.size),
    points,
    outcome: { status: points === t.length ? 'done' : 'cancelled', t: points > 0 ? t[points - 1] : 0 },
    report: { origin: null, seconds: 0, details: Number.isSafeInteger(seed) ? { seed: Number(seed) } : {} },
  };
}

/** Curves with the sources, outcomes and reports that they were written with. */
function withRecords(
  arrays: Arrays,
  { layout, t }: ExperimentFrame,
  read: readonly Read[],
  records: readonly CurveRecord[],
): Keyless[] {
  // runs are in the arrays in the order of their records
  const kinds = new Set(read.map((each) => each.source.kind));
  const waiting = new Map([...kinds].map((kind) => [kind, read.filter((each) => each.source.kind === kind).values()]));
  const seen = new Set<string>();
  return records.flatMap(({ source, points, outcome, report }) => {
    const next = waiting.get(source.kind)?.next();
    const name = nameOf(source);
    if (!isRun(source) && !findCurveKind(source.kind)) {
      arrays.complain('', reason('curve-later', { curve: name }));
      return [];
    }
    if (!next || next.done || points > t.length || seen.has(name)) {
      arrays.complain('', reason('curve-unfit', { curve: name }));
      return [];
    }
    seen.add(name);
    const rows = next.value.rows.fill(Number.NaN, points * layout.size);
    return [{ source, points, outcome, report, rows, given: next.value.given }];
  });
}
