/** The Gaussian mixture of an experiment as arrays, in the eigenbasis that the class covariances share. */
import { arrangementKind } from './arrangement/arrangement-kinds.ts';
import { MAX_ARRAY_DIMENSION, type ModelSpec } from './model.ts';
import { profileKind } from './profile/profile-kinds.ts';
import { spectrumKind } from './spectrum/spectrum-spec.ts';

export interface Mixture {
  /** d. */
  readonly dimension: number;
  /** C. */
  readonly classes: number;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** λ_{i,ρ}, C×d row-major. */
  readonly eigenvalues: Float64Array;
  /** μ_{i,ρ}, C×d row-major. */
  readonly means: Float64Array;
}

/**
 * Arrays of a model.
 * @throws RangeError above MAX_ARRAY_DIMENSION directions.
 */
export function buildMixture(model: ModelSpec): Mixture {
  const { dimension, priors, spectrum } = model;
  if (dimension > MAX_ARRAY_DIMENSION) {
    throw new RangeError(`arrays over ${dimension} directions: at most ${MAX_ARRAY_DIMENSION} are made`);
  }
  const classes = priors.length;
  const eigenvalues = new Float64Array(classes * dimension);
  spectrumKind(spectrum).eigenvalues(spectrum, classes, dimension, eigenvalues);
  return { dimension, classes, priors: Float64Array.from(priors), eigenvalues, means: buildMeans(model) };
}

/**
 * The mixture of a model whose arrays are made when they are first asked for: a model that falls into blocks can be
 * computed without them. Asking above MAX_ARRAY_DIMENSION directions throws a RangeError.
 */
export function lazyMixture(model: ModelSpec): Mixture {
  let arrays: Mixture | null = null;
  const whole = () => (arrays ??= buildMixture(model));
  return {
    dimension: model.dimension,
    classes: model.priors.length,
    priors: Float64Array.from(model.priors),
    get eigenvalues() {
      return whole().eigenvalues;
    },
    get means() {
      return whole().means;
    },
  };
}

/** μ_{i,ρ} = scale · A_{i,ρ} · √e_ρ, C×d row-major. */
function buildMeans({ dimension, priors, spectrum, means }: ModelSpec): Float64Array {
  const classes = priors.length;
  const result = new Float64Array(classes * dimension);
  arrangementKind(means.arrangement).coefficients(means.arrangement, classes, dimension, result);
  const roots = new Float64Array(dimension).fill(1);
  if (means.profile) {
    const blocks = spectrumKind(spectrum).blocks(spectrum, classes, dimension);
    profileKind(means.profile).energies(means.profile, blocks, dimension, roots);
    for (let rho = 0; rho < dimension; rho++) roots[rho] = Math.sqrt(roots[rho]);
  }
  for (let i = 0; i < classes; i++) {
    for (let rho = 0; rho < dimension; rho++) result[i * dimension + rho] *= means.scale * roots[rho];
  }
  return result;
}

/** Prior-averaged eigenvalues λ̄_ρ = Σ_i p_i λ_{i,ρ}, d. */
export function averageEigenvalues(mixture: Mixture): Float64Array {
  const { dimension, classes, priors, eigenvalues } = mixture;
  const average = new Float64Array(dimension);
  for (let i = 0; i < classes; i++) {
    for (let rho = 0; rho < dimension; rho++) average[rho] += priors[i] * eigenvalues[i * dimension + rho];
  }
  return average;
}
