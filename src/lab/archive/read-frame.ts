/** The frame of results from an archive: computed from the description, and held against the file's arrays. */
import { needsArrays, prepare } from '../../core/experiment/setup.ts';
import { reason } from '../../refusal/refusal.ts';
import { gridTimes } from '../../core/experiment/grid.ts';
import { experimentFrame, type ExperimentFrame } from '../../study/experiment-results.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type Arrays } from './arrays.ts';

/** Largest C·d of arrays that are made to compute a frame. */
const MAX_COMPUTED = 20_000_000;
/** Of a computed frame against the file's: sums over the directions may be added in another order. */
const TOLERANCE = 1e-9;

/**
 * The frame of the description, computed: that of the file is compared with it and never taken in its place.
 * Null, and a refusal, if there is none for these results.
 */
export function readFrame(arrays: Arrays, experiment: Experiment): ExperimentFrame | null {
  const t = readTimes(arrays, experiment);
  if (!t) return null;
  const { dimension, priors } = experiment.model;
  if (needsArrays(experiment) && priors.length * dimension > MAX_COMPUTED) {
    arrays.complain('groups/size', reason('groups-too-many', {}));
    return null;
  }
  const frame = { ...experimentFrame(prepare(experiment)), t };
  compare(arrays, frame);
  return frame;
}

/** Complains of arrays of the frame that are not those of the description. */
function compare(arrays: Arrays, { layout, groups, teacherNorm }: ExperimentFrame): void {
  const expected: [string, readonly number[], Float64Array][] = [
    ['groups/size', [layout.groups], groups.size],
    ['groups/upper', [layout.groups], groups.upper],
    ['groups/energy', [layout.classes, layout.groups], groups.energy],
    ['teacher/norm', [layout.teacherOutputs], teacherNorm],
  ];
  for (const [key, shape, values] of expected) {
    const found = arrays.read(key, shape)?.values;
    if (found?.some((value, k) => !(Math.abs(value - values[k]) <= TOLERANCE * Math.abs(values[k])))) {
      arrays.complain(key, reason('not-of-description', {}));
    }
  }
}

/** The file's times, if they are the description's: another program may round a half step the other way. */
function readTimes(arrays: Arrays, experiment: Experiment): Float64Array | null {
  const expected = gridTimes(experiment);
  if (!arrays.has('t')) return expected;
  const found = arrays.read('t', [expected.length]);
  if (!found) return null;
  const step = 1.5 / experiment.model.dimension;
  if (found.values.every((time, p) => Math.abs(time - expected[p]) <= step + 1e-9 * expected[p])) return found.values;
  arrays.complain('t', reason('other-times', {}));
  return null;
}
