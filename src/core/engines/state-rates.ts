/** Rate inputs of a simulation whose learning rate depends on the state: moments (T2) at the exact (m, B) of X. */
import { type Setup } from '../experiment/setup.ts';
import { createMoments } from '../loss/loss.ts';
import { everyDirection, type Directions } from '../model/directions.ts';
import { createOutputLaw, outputLaw } from '../model/overlaps.ts';
import { type RateInputs } from '../schedule/schedule.ts';
import { createRateInputs, noisePowerOf } from '../schedule/state-inputs.ts';

export interface StateRates {
  /**
   * Inputs at X over the directions, ℓ×N row-major.
   * @param noise further second moments of X per direction, packed ℓ(ℓ+1)/2 × N, for nodes that stand for many; or null.
   */
  at(t: number, parameters: Float64Array, noise?: Float64Array | null): RateInputs;
}

/** @param directions those of X; by default all d of them. */
export function createStateRates(setup: Setup, directions: Directions = allOf(setup)): StateRates {
  const { mixture, loss, experiment } = setup;
  const law = createOutputLaw(mixture.classes, loss.outputs + loss.teacherOutputs);
  const moments = Array.from({ length: mixture.classes }, () => createMoments(loss.outputs, loss.teacherOutputs));
  const inputs = createRateInputs(directions, {
    dimension: mixture.dimension,
    inverseDimension: 1 / mixture.dimension,
    priors: mixture.priors,
    outputs: loss.outputs,
    batchSize: experiment.optimizer.batchSize,
    ridge: experiment.optimizer.ridge,
    noisePower: noisePowerOf(directions),
  });
  return {
    at(t, parameters, noise = null) {
      outputLaw(directions, loss.outputs, parameters, noise, law);
      moments.forEach((each, i) => loss.moments(i, law.mean[i], law.covariance[i], each));
      return inputs.at({ t, accumulated: 0, moments, parameters, noise });
    },
  };
}

function allOf({ mixture, teacher, groups }: Setup): Directions {
  return everyDirection(mixture, teacher, groups.of);
}
