/** The setup of a description for what is said of it before a run: it must not take long, however large d. */
import { needsArrays, prepare, type Setup } from '../../experiment/setup.ts';
import { labelsKind } from '../../labels/labels-spec.ts';
import { labelsOf } from '../../loss/loss-spec.ts';
import { type Experiment } from '../../experiment/schema.ts';

/** Directions that arrays are made for at most: what is said depends on ρ/d alone, up to 1/d. */
const MOST_DIRECTIONS = 20_000;

/**
 * The setup of a description, with fewer directions where there are many and they follow from formulas. A model in blocks
 * needs no arrays and keeps its d.
 */
export function affordableSetup(experiment: Experiment): Setup {
  const { model, optimizer } = experiment;
  const labels = labelsOf(experiment);
  const given =
    model.spectrum.kind === 'custom' ||
    model.means.arrangement.kind === 'custom' ||
    optimizer.start.kind === 'custom' ||
    labelsKind(labels.kind).teacherVariance?.(labels) === null;
  const whole = given || !needsArrays(experiment);
  const dimension = whole ? model.dimension : Math.min(model.dimension, MOST_DIRECTIONS);
  return prepare({ ...experiment, model: { ...model, dimension } });
}
