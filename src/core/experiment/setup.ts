/**
 * From one experiment's description to everything that theory and simulation compute with. Both take the same object:
 * there is no second reading of the description.
 */
import { finiteData, type FiniteData } from '../data/data-spec.ts';
import { type Loss } from '../loss/loss.ts';
import { labelsKind } from '../labels/labels-spec.ts';
import { classifies, createLoss, labelsOf } from '../loss/loss-spec.ts';
import { closedFormBlocks, type BlockModel } from '../model/blocks.ts';
import { buildMixture, lazyMixture, type Mixture } from '../model/mixture.ts';
import { spectrumKind } from '../model/spectrum/spectrum-spec.ts';
import { blockGroups, spectralGroups, type SpectralGroups } from '../observables/groups.ts';
import { rowLayout, type RowLayout } from '../observables/row-layout.ts';
import { createSchedule } from '../schedule/schedule-spec.ts';
import { type Schedule } from '../schedule/schedule.ts';
import { createUpdate } from '../update/create-update.ts';
import { diagonalScale } from '../update/parameterization.ts';
import { type Update } from '../update/update.ts';
import { gridSteps } from './grid.ts';
import { type Experiment } from './schema.ts';

export interface Setup {
  readonly experiment: Experiment;
  /** Its arrays are made on first use where the model is known in blocks, so that d may exceed what arrays allow. */
  readonly mixture: Mixture;
  /** The model as blocks from closed forms, without arrays; null where there is a teacher or no closed form. */
  readonly blocks: BlockModel | null;
  readonly loss: Loss;
  /** x*_{o,ρ}, ℓ*×d row-major; empty without a teacher. */
  readonly teacher: Float64Array;
  readonly schedule: Schedule;
  /** The step, in the model's d. */
  readonly update: Update;
  /** α₀ of a diagonal network; null of a linear model. */
  readonly diagonal: number | null;
  /** The finite data that steps are taken on; null where every sample is new. */
  readonly data: FiniteData | null;
  readonly groups: SpectralGroups;
  readonly layout: RowLayout;
  /** Steps k at the grid points, P; t = k / d. */
  readonly steps: Float64Array;
}

/** The blocks of a description that has them in closed form: its setup needs no arrays, whatever d. */
const closedForm = (experiment: Experiment): BlockModel | null =>
  labelsKind(labelsOf(experiment).kind).teacher ? null : closedFormBlocks(experiment.model);

/** Whether a description needs arrays of d numbers to be prepared. */
export const needsArrays = (experiment: Experiment): boolean => closedForm(experiment) === null;

/**
 * @param experiment a parsed description.
 * @throws RangeError where the arrays would be too large (see buildMixture).
 */
export function prepare(experiment: Experiment): Setup {
  const { model, optimizer, grid, horizon } = experiment;
  const labels = labelsOf(experiment);
  const blocks = closedForm(experiment);
  const mixture = blocks ? lazyMixture(model) : buildMixture(model);
  const loss = createLoss(experiment.loss, mixture.classes, labels);
  const data = finiteData(experiment.data, mixture.dimension);
  const diagonal = diagonalScale(experiment.parameterization);
  const own = createUpdate(optimizer, mixture.dimension);
  // the weights of a network take plain steps, X does not
  const update = diagonal === null ? own : { ...own, plainPath: false };
  const spectral = spectrumKind(model.spectrum).blocks(model.spectrum, mixture.classes, mixture.dimension);
  const groups =
    blocks && spectral
      ? blockGroups(blocks, spectral, mixture.priors)
      : spectralGroups(mixture, model.spectrum.kind === 'zero-one' ? spectral : null);
  return {
    experiment,
    mixture,
    blocks,
    loss,
    teacher: labelsKind(labels.kind).teacher?.(labels, mixture.dimension) ?? new Float64Array(0),
    schedule: createSchedule(optimizer.schedule, horizon),
    update,
    diagonal,
    data,
    groups,
    layout: rowLayout({
      classes: mixture.classes,
      outputs: loss.outputs,
      teacherOutputs: loss.teacherOutputs,
      groups: groups.count,
      classifies: classifies(experiment),
      learned: loss.learned?.start.length ?? 0,
      diagonal: diagonal !== null,
      averages: update.average !== null,
      escapes: experiment.theory.start === 'escape',
      finite: data !== null,
    }),
    steps: gridSteps(grid, horizon, mixture.dimension),
  };
}
