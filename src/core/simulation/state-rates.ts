/** Rate inputs of a simulation whose learning rate depends on the state: moments (T2) at the exact (m, B) of X. */
import { type Setup } from '../experiment.ts';
import { createMoments } from '../loss/loss.ts';
import { everyDirection } from '../model/directions.ts';
import { createOutputLaw, outputLaw } from '../observables/overlaps.ts';
import { type RateInputs } from '../schedule/schedule.ts';
import { createRateInputs } from '../schedule/state-inputs.ts';

export interface StateRates {
  /** Inputs at X (ℓ×d row-major). */
  at(t: number, parameters: Float64Array): RateInputs;
}

export function createStateRates(setup: Setup): StateRates {
  const { mixture, loss, teacher, groups, experiment } = setup;
  const directions = everyDirection(mixture, teacher, groups.of);
  const law = createOutputLaw(mixture.classes, loss.outputs + loss.teacherOutputs);
  const moments = Array.from({ length: mixture.classes }, () => createMoments(loss.outputs, loss.teacherOutputs));
  const inputs = createRateInputs(directions, {
    dimension: mixture.dimension,
    priors: mixture.priors,
    outputs: loss.outputs,
    batchSize: experiment.optimizer.batchSize,
    ridge: experiment.optimizer.ridge,
  });
  return {
    at(t, parameters) {
      outputLaw(directions, loss.outputs, parameters, null, law);
      moments.forEach((each, i) => loss.moments(i, law.mean[i], law.covariance[i], each));
      return inputs({ t, accumulated: 0, moments, parameters, noise: null });
    },
  };
}
