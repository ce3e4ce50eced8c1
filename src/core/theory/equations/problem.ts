/**
 * The theory's equations in the variables that are integrated. With weights w_n of nodes that stand for many directions
 * the state is √w x̄ and w S, the means are √w μ and the teacher √w x*. Then every sum over directions is a plain sum
 * over nodes, all entries have comparable size, and (T3)–(T5) keep their form except for the noise power
 * c_{i,n} = w_n λ_{i,n} + (√w μ)²_{i,n}. In the limit d → ∞ weights are shares of the directions and the scaling by d is
 * in the nodes already (limit.ts). It is the same problem at d = 1 without the μ² of the noise power, which is O(1/d).
 */
import { type Setup } from '../../experiment/setup.ts';
import { followed, type Loss } from '../../loss/loss.ts';
import { squared } from '../../math/elementary.ts';
import { type Directions } from '../../model/directions.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { type Schedule } from '../../schedule/schedule.ts';
import { plainUpdate, type Update } from '../../update/update.ts';
import { signDrive, type Drive } from './sign-drive.ts';

export interface Problem {
  /** d, of the model, not the number of nodes; 1 in the limit d → ∞. */
  readonly dimension: number;
  /** 1/d; 0 in the limit. */
  readonly inverseDimension: number;
  readonly loss: Loss;
  /** c, which the loss reads: parameters of its own, those of the state that was looked at last. */
  readonly learned: Float64Array;
  readonly schedule: Schedule;
  readonly update: Update;
  readonly batchSize: number;
  /** δ. */
  readonly ridge: number;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** Nodes with all weights 1: means and teacher carry √w. */
  readonly directions: Directions;
  /** Directions that each node stands for, N. */
  readonly weight: Float64Array;
  /** c_{i,n}, C×N row-major. */
  readonly noisePower: Float64Array;
  /** T_i = Σ_n c_{i,n} = tr K_i + ‖μ_i‖², C; in the limit lim tr K_i / d. */
  readonly power: Float64Array;
  /** What moves the directions where it is not what makes the law of the outputs; null where it is. */
  readonly drive: Drive | null;
  /** Whether the γ² term of (T5) acts: false for gradient flow. */
  readonly noise: boolean;
  /** Variance of each entry of X at the start; in the limit times d. 0 where X is known there. */
  readonly startVariance: number;
  /** x̄ at the start times √w, ℓ×N; null where it is 0. */
  readonly start: Float64Array | null;
}

/**
 * Where the parts of the state are. With the fields of the update one after the other a direction has kℓ rows, x the first
 * ℓ of them. Then z̄ is kℓ×N, their covariance S packed kℓ(kℓ+1)/2 × N if kept, then G if accumulated, then c. The
 * first ℓ rows of z̄ and the first ℓ(ℓ+1)/2 of S are those of x.
 */
export interface StateShape {
  readonly nodes: number;
  /** ℓ. */
  readonly outputs: number;
  /** k. */
  readonly fields: number;
  /** Packed entries of S per node; 0 where S = 0 throughout. */
  readonly noiseRows: number;
  /** Offset of S. */
  readonly noiseAt: number;
  /** Offset of G; −1 where the schedule accumulates nothing. */
  readonly accumulatedAt: number;
  /** Offset of c, which ends the state. */
  readonly learnedAt: number;
  readonly size: number;
}

/**
 * The problem of a setup over given nodes.
 * @param of whether the noise that SGD adds acts. The variance of a random start is not SGD's noise and stays: gradient
 *   flow is the limit of small learning rates of the same start.
 */
export function createProblem(setup: Setup, directions: Directions, of: Pick<Problem, 'noise'>): Problem {
  const { mixture, schedule, experiment } = setup;
  const { optimizer } = experiment;
  const { start } = optimizer;
  const limit = experiment.theory.limit === true;
  const dimension = limit ? 1 : mixture.dimension;
  const { nodes, weight, eigenvalues } = directions;
  const classes = mixture.classes;
  const roots = weight.map(Math.sqrt);
  const scaled = (rows: Float64Array) => rows.map((value, k) => value * roots[k % nodes]);
  const means = scaled(directions.means);
  const noisePower = means.map((mean, k) => weight[k % nodes] * eigenvalues[k] + (limit ? 0 : mean * mean));
  const power = new Float64Array(classes);
  for (let i = 0; i < classes; i++) for (let n = 0; n < nodes; n++) power[i] += noisePower[i * nodes + n];
  const { loss: own, update } = reshaped(setup, power, dimension);
  const { loss, values } = followed(own);
  return {
    dimension,
    inverseDimension: limit ? 0 : 1 / dimension,
    loss,
    learned: values,
    schedule,
    update,
    batchSize: optimizer.batchSize,
    ridge: optimizer.ridge,
    priors: mixture.priors,
    directions: {
      ...directions,
      weight: new Float64Array(nodes).fill(1),
      means,
      teacher: scaled(directions.teacher),
    },
    weight,
    noisePower,
    power,
    drive: update.shape?.kind === 'sign' ? signDrive(directions) : null,
    noise: of.noise,
    startVariance: start.kind === 'gaussian' && !directions.start ? (start.scale * start.scale) / dimension : 0,
    start: directions.start ? scaled(directions.start) : null,
  };
}

/**
 * Clipped by norm a step is that of a loss with other slopes, (T15), and plain if it has no further fields; so are signs, but
 * for what they make of the samples.
 * @throws RangeError where the moments of such slopes are not known.
 */
function reshaped({ loss, update }: Setup, power: Float64Array, dimension: number): Pick<Problem, 'loss' | 'update'> {
  const { shape } = update;
  if (!shape) return { loss, update };
  if (!loss.reshaped) throw new RangeError(`no moments of shaped slopes of the loss ${loss.kind}`);
  const { moments, slopes } = loss.reshaped(
    shape.kind === 'sign'
      ? shape
      : { kind: 'clip', bounds: power.map((sum) => shape.threshold * Math.sqrt(dimension / sum)) },
  );
  const clipped = shape.kind === 'clip' && update.fields.length === 1;
  return {
    loss: { ...loss, leastSquares: false, moments, slopes },
    update: clipped ? plainUpdate(dimension) : update,
  };
}

export function stateShape(problem: Problem): StateShape {
  const { directions, loss, learned, noise, startVariance, schedule, update } = problem;
  const { nodes } = directions;
  const fields = update.fields.length;
  const noiseRows = noise || startVariance > 0 ? packedSize(fields * loss.outputs) : 0;
  const noiseAt = fields * loss.outputs * nodes;
  const end = noiseAt + noiseRows * nodes;
  const accumulates = schedule.dependsOn === 'accumulated';
  const learnedAt = accumulates ? end + 1 : end;
  return {
    nodes,
    outputs: loss.outputs,
    fields,
    noiseRows,
    noiseAt,
    accumulatedAt: accumulates ? end : -1,
    learnedAt,
    size: learnedAt + learned.length,
  };
}

/**
 * State at t = 0. Where X is known z̄ of a field that starts from it is that; else z̄ = 0 and, of fields f and h that
 * start from X, S_fh = (s²/d) I.
 */
export function startState(problem: Problem, shape: StateShape): Float64Array {
  const y = new Float64Array(shape.size);
  y.set(problem.loss.learned?.start ?? [], shape.learnedAt);
  const { start: known } = problem;
  if (known)
    problem.update.start.forEach((factor, f) =>
      y.set(
        known.map((x) => factor * x),
        f * known.length,
      ),
    );
  if (shape.noiseRows === 0) return y;
  const { start } = problem.update;
  for (let f = 0; f < shape.fields; f++) {
    for (let h = 0; h <= f; h++) {
      for (let a = 0; a < shape.outputs; a++) {
        const row = shape.noiseAt + packed(f * shape.outputs + a, h * shape.outputs + a) * shape.nodes;
        const variance = start[f] * start[h] * problem.startVariance;
        for (let n = 0; n < shape.nodes; n++) y[row + n] = problem.weight[n] * variance;
        // what is known of X is not random
        if (known && variance > 0) {
          for (let n = 0; n < shape.nodes; n++) {
            y[row + n] = Math.max(0, y[row + n] - start[f] * start[h] * squared(known[a * shape.nodes + n]));
          }
        }
      }
    }
  }
  return y;
}

/** Puts the own parameters of a state where the loss reads them. */
export function readLearned({ learned }: Problem, { learnedAt }: StateShape, y: Float64Array): void {
  for (let k = 0; k < learned.length; k++) learned[k] = y[learnedAt + k];
}

/** Ends of the segments over which learning rate and flow are smooth, ascending, up to the last time. */
export function segmentEnds({ schedule, update }: Problem, last: number): number[] {
  const times = new Set([...schedule.breakpoints, ...update.breakpoints].filter((time) => time > 0 && time < last));
  return [...[...times].sort((a, b) => a - b), last];
}
