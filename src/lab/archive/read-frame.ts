/** The frame of results from an archive's arrays, checked against the description; nothing over d directions is made. */
import { prepare } from '../../core/experiment.ts';
import { createLoss, lossKind } from '../../core/loss/registry.ts';
import { MAX_GROUPS } from '../../core/observables/groups.ts';
import { rowLayout } from '../../core/observables/layout.ts';
import { gridSteps } from '../../core/study/grid.ts';
import { experimentFrame, type ExperimentFrame } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { type Arrays } from './read-experiment.ts';

/** Largest C·d for which a frame that is not in the file is computed. */
const MAX_COMPUTED = 4_000_000;

/** Null, and a problem, if there is none for these results. */
export function readFrame(arrays: Arrays, experiment: Experiment): ExperimentFrame | null {
  const t = readTimes(arrays, experiment);
  if (!t) return null;
  const stored = storedFrame(arrays, experiment, t);
  if (stored) return stored;
  const { dimension, priors } = experiment.model;
  if (priors.length * dimension > MAX_COMPUTED) {
    arrays.complain(
      'groups/size',
      'the results are left out: their groups are not in the file, and too large to compute',
    );
    return null;
  }
  return { ...experimentFrame(prepare(experiment)), t };
}

/** The file's times, if they are the description's: another program may round a half step the other way. */
function readTimes(arrays: Arrays, { grid, horizon, model }: Experiment): Float64Array | null {
  const expected = gridSteps(grid, horizon, model.dimension).map((step) => step / model.dimension);
  if (!arrays.has('t')) return expected;
  const found = arrays.read('t', [expected.length]);
  if (!found) return null;
  const step = 1.5 / model.dimension;
  if (found.values.every((time, p) => Math.abs(time - expected[p]) <= step + 1e-9 * expected[p])) return found.values;
  arrays.complain('t', 'the results are left out: their times are not those of the description');
  return null;
}

/** The frame as this program writes it, or null if a part is missing or damaged. */
function storedFrame(arrays: Arrays, experiment: Experiment, t: Float64Array): ExperimentFrame | null {
  const { model, loss: spec } = experiment;
  const loss = createLoss(spec, model.priors.length);
  const blocks = model.spectrum.kind === 'zero-one' ? model.spectrum.blocks : null;
  const size = arrays.read('groups/size', [blocks?.length ?? null]);
  const groups = size?.shape[0] ?? 0;
  if (!size || groups < 1 || (!blocks && groups > MAX_GROUPS)) return null;
  const upper = arrays.read('groups/upper', [groups]);
  const energy = arrays.read('groups/energy', [model.priors.length, groups]);
  const norm = loss.teacherOutputs > 0 ? arrays.read('teacher/norm', [loss.teacherOutputs]) : null;
  if (!upper || !energy || (loss.teacherOutputs > 0 && !norm)) return null;
  return {
    layout: rowLayout({
      classes: model.priors.length,
      outputs: loss.outputs,
      teacherOutputs: loss.teacherOutputs,
      groups,
      classifies: lossKind(spec.kind).classifies,
    }),
    t,
    groups: {
      upper: upper.values,
      energy: energy.values,
      size: size.values,
      labels: blocks ? blocks.map(({ eigenvalues }) => `(${eigenvalues.join(',')})`) : [],
    },
    teacherNorm: norm?.values ?? new Float64Array(0),
  };
}
