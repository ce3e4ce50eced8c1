/** Fills in the defaults that depend on other parts of an experiment. */
import { spectrumKind } from '../model/spectrum/spectrum-spec.ts';
import { type Experiment } from './schema.ts';

/** The description with nothing left out: name, scales and variances per class. */
export function complete(experiment: Experiment): Experiment {
  const { model, name, id } = experiment;
  return {
    ...experiment,
    name: name === '' ? id : name,
    model: { ...model, spectrum: spectrumKind(model.spectrum).complete(model.spectrum, model.priors.length) },
  };
}
