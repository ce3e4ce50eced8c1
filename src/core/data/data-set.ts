/** A finite data set: rows of a mixture with what the labels tell of each, drawn once and read by every step. */
import { rootStream, type Stream } from '../math/random.ts';
import { completeTarget } from '../labels/target.ts';
import { type Loss } from '../loss/loss.ts';
import { type Mixture } from '../model/mixture.ts';
import { type FiniteData, type Sampling } from './data-spec.ts';

export interface DataSet {
  /** n. */
  readonly samples: number;
  /** a_j, n×d row-major. */
  readonly rows: Float64Array;
  /** Class of each sample, n. */
  readonly classes: Uint16Array;
  /** What the labels tell beside the class, n rows as losses take them; empty without a teacher. */
  readonly targets: Float64Array;
}

/** The stream of the data set of a run: independent of everything else that the run draws. */
export const dataStream = ({ seed, shared }: FiniteData, run: number): Stream =>
  rootStream(seed)
    .child('data')
    .child('run', shared ? 0 : run);

/** Row of a matrix of `length` columns. */
export const rowAt = (matrix: Float64Array, row: number, length: number): Float64Array =>
  matrix.subarray(row * length, (row + 1) * length);

/**
 * Draws n samples: class by the priors, a_ρ = μ_ρ + √λ_ρ z_ρ, and labels by the responses X*ᵀa.
 * @param teacher x*, ℓ*×d row-major, or empty.
 */
export function drawDataSet(
  { mixture, loss, teacher }: { mixture: Mixture; loss: Pick<Loss, 'labels' | 'seesNoise'>; teacher: Float64Array },
  samples: number,
  stream: Stream,
): DataSet {
  const { dimension, priors, means } = mixture;
  const deviations = mixture.eigenvalues.map(Math.sqrt);
  const [classStream, normals, noise] = ['classes', 'samples', 'labels'].map((name) => stream.child(name));
  const seesNoise = loss.seesNoise === true;
  const draws = { uniform: () => noise.uniform(), normal: () => noise.normal() };
  const responses = teacher.length / dimension;
  const rows = new Float64Array(samples * dimension);
  const classes = new Uint16Array(samples);
  const width = responses * (seesNoise ? 2 : 1);
  const targets = new Float64Array(samples * width);
  for (let j = 0; j < samples; j++) {
    const row = rowAt(rows, j, dimension);
    const drawn = classOf(priors, classStream.uniform());
    classes[j] = drawn;
    const start = drawn * dimension;
    for (let rho = 0; rho < dimension; rho++)
      row[rho] = means[start + rho] + deviations[start + rho] * normals.normal();
    if (responses === 0) continue;
    const target = rowAt(targets, j, width);
    for (let o = 0; o < responses; o++) target[o] = dot(rowAt(teacher, o, dimension), row);
    completeTarget(target, responses, loss.labels, seesNoise, draws);
  }
  return { samples, rows, classes, targets };
}

/** Σ_ρ u_ρ v_ρ. */
export function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += u[k] * v[k];
  return sum;
}

function classOf(priors: Float64Array, uniform: number): number {
  let sum = 0;
  for (let i = 0; i < priors.length - 1; i++) {
    sum += priors[i];
    if (uniform < sum) return i;
  }
  return priors.length - 1;
}

/**
 * The order in which steps take the samples: independent draws, or every sample once before any comes again.
 * @returns a function that gives the place of the next sample.
 */
export function createOrder(sampling: Sampling, samples: number, stream: Stream): () => number {
  if (sampling === 'with-replacement') return () => Math.floor(stream.uniform() * samples);
  const places = Uint32Array.from({ length: samples }, (_, j) => j);
  let next = samples;
  return () => {
    if (next === samples) {
      if (sampling === 'reshuffled') shuffle(places, stream);
      next = 0;
    }
    return places[next++];
  };
}

/** Fisher–Yates. */
function shuffle(places: Uint32Array, stream: Stream): void {
  for (let k = places.length - 1; k > 0; k--) {
    const other = Math.floor(stream.uniform() * (k + 1));
    const kept = places[k];
    places[k] = places[other];
    places[other] = kept;
  }
}
