/**
 * The drift (T4)–(T5), for any number of outputs and classes, with AdaGrad-Norm's G as a further state; updates other
 * than plain SGD have that of fields-drift.ts.
 */
import { packed, packedSize } from '../../model/overlaps.ts';
import { type Coupling } from './coupling.ts';
import { createFieldsWriter, type DriftWriter } from './fields-drift.ts';
import { createStiffness } from './stiffness.ts';
import { type Drift } from '../integrator/stepper.ts';
import { type Problem, type StateShape } from './problem.ts';

/** A drift whose reading of the time can be held below a breakpoint, where the learning rate jumps. */
export interface TheoryDrift extends Drift {
  /** Latest time at which learning rates are read: within a segment they are limits from the left. */
  readUntil(t: number): void;
  /** Bound of the largest rate of decay, as of the last `evaluate` (stiffness.ts). */
  stiffness(): number;
}

/** (T4)–(T5) of a problem, or (T13) of its update, through its coupling. */
export function createDrift(problem: Problem, shape: StateShape, coupling: Coupling): TheoryDrift {
  const write = chooseWriter(problem, shape, coupling);
  const bound = createStiffness(problem, coupling);
  const { accumulatedAt, learnedAt, size } = shape;
  let latest = Infinity;
  let rate = 0;
  let time = 0;
  return {
    size,
    readUntil(t) {
      latest = t;
    },
    evaluate(t, y, out) {
      time = Math.min(t, latest);
      rate = coupling.evaluate(time, y);
      if (!Number.isFinite(rate)) {
        out.fill(NaN);
        return;
      }
      write(rate, y, out, time);
      if (accumulatedAt >= 0) out[accumulatedAt] = accumulation(problem, coupling);
      for (let k = 0; k < problem.learned.length; k++)
        out[learnedAt + k] = -rate * learnedGradient(problem, coupling, k);
    },
    stiffness: () => bound(time, rate),
  };
}

/** Σ_i p_i E ∂f_i/∂c_k. */
function learnedGradient({ priors }: Problem, { moments }: Coupling, k: number): number {
  let sum = 0;
  for (let i = 0; i < priors.length; i++) sum += priors[i] * moments[i].learnedGradient[k];
  return sum;
}

/** dG/dt = (1/(d b)) Σ_i p_i (tr K_i + ‖μ_i‖²) tr Q_i. */
function accumulation({ priors, power, dimension, batchSize, loss }: Problem, { moments }: Coupling): number {
  let sum = 0;
  for (let i = 0; i < priors.length; i++) {
    for (let a = 0; a < loss.outputs; a++) {
      sum += priors[i] * power[i] * moments[i].gradientSquare[a * loss.outputs + a];
    }
  }
  return sum / (dimension * batchSize);
}

function chooseWriter(problem: Problem, shape: StateShape, coupling: Coupling): DriftWriter {
  if (!problem.update.plain) return createFieldsWriter(problem, shape, coupling);
  if (shape.outputs > 1) {
    const create = problem.loss.leastSquares ? leastSquaresDrift : matrixDrift;
    return create(problem, shape, coupling);
  }
  const pair = problem.priors.length === 2 && problem.loss.teacherOutputs === 0 && shape.noiseRows > 0;
  return pair ? pairDrift(problem, shape, coupling) : scalarDrift(problem, shape, coupling);
}

/** Two classes and one output without a teacher, the common case, in one pass over the nodes. */
function pairDrift(problem: Problem, shape: StateShape, { moments }: Coupling): DriftWriter {
  const { priors, ridge, noisePower, dimension, batchSize, noise } = problem;
  const { eigenvalues, means } = problem.directions;
  const { nodes, noiseAt } = shape;
  const [first, second] = moments;
  return (rate, y, out) => {
    const noiseRate = noise ? (rate * rate) / (dimension * batchSize) : 0;
    const decay = rate * ridge;
    const [f1, f2] = [rate * priors[0], rate * priors[1]];
    const [g1, g2] = [f1 * first.gradient[0], f2 * second.gradient[0]];
    const [h1, h2] = [f1 * first.hessian[0], f2 * second.hessian[0]];
    const q1 = noiseRate * priors[0] * first.gradientSquare[0];
    const q2 = noiseRate * priors[1] * second.gradientSquare[0];
    for (let n = 0; n < nodes; n++) {
      const a = decay + h1 * eigenvalues[n] + h2 * eigenvalues[nodes + n];
      out[n] = -(g1 * means[n] + g2 * means[nodes + n] + a * y[n]);
      out[noiseAt + n] = q1 * noisePower[n] + q2 * noisePower[nodes + n] - 2 * a * y[noiseAt + n];
    }
  };
}

function scalarDrift(problem: Problem, shape: StateShape, { moments }: Coupling): DriftWriter {
  const { priors, ridge, noisePower, dimension, batchSize, noise, loss } = problem;
  const { eigenvalues, means, teacher } = problem.directions;
  const { nodes, noiseRows, noiseAt } = shape;
  const decay = new Float64Array(nodes);
  const force = new Float64Array(nodes);
  return (rate, y, out) => {
    decay.fill(rate * ridge);
    force.fill(0);
    if (noiseRows > 0) out.fill(0, noiseAt, noiseAt + nodes);
    const noiseRate = noise ? (rate * rate) / (dimension * batchSize) : 0;
    for (let i = 0; i < priors.length; i++) {
      const at = i * nodes;
      const g = rate * priors[i] * moments[i].gradient[0];
      const h = rate * priors[i] * moments[i].hessian[0];
      for (let n = 0; n < nodes; n++) {
        decay[n] += h * eigenvalues[at + n];
        force[n] += g * means[at + n];
      }
      if (noiseRows > 0) {
        const q = noiseRate * priors[i] * moments[i].gradientSquare[0];
        for (let n = 0; n < nodes; n++) out[noiseAt + n] += q * noisePower[at + n];
      }
      for (let s = 0; s < loss.teacherOutputs; s++) {
        const cross = rate * priors[i] * moments[i].crossHessian[s];
        for (let n = 0; n < nodes; n++) force[n] += cross * eigenvalues[at + n] * teacher[s * nodes + n];
      }
    }
    for (let n = 0; n < nodes; n++) out[n] = -(force[n] + decay[n] * y[n]);
    if (noiseRows > 0) for (let n = 0; n < nodes; n++) out[noiseAt + n] -= 2 * decay[n] * y[noiseAt + n];
  };
}

/** Least squares of several outputs: with H_i = I (and H*_i = −I) every output decays at the same rate. */
function leastSquaresDrift(problem: Problem, shape: StateShape, { moments }: Coupling): DriftWriter {
  const { priors, ridge, noisePower, dimension, batchSize, noise } = problem;
  const { eigenvalues, means, teacher } = problem.directions;
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const average = new Float64Array(nodes);
  for (let i = 0; i < priors.length; i++) {
    for (let n = 0; n < nodes; n++) average[n] += priors[i] * eigenvalues[i * nodes + n];
  }
  return (rate, y, out) => {
    for (let a = 0; a < outputs; a++) {
      const row = a * nodes;
      for (let n = 0; n < nodes; n++) out[row + n] = -rate * (average[n] + ridge) * y[row + n];
      if (teacher.length > 0) for (let n = 0; n < nodes; n++) out[row + n] += rate * average[n] * teacher[row + n];
      for (let i = 0; i < priors.length; i++) {
        const g = rate * priors[i] * moments[i].gradient[a];
        for (let n = 0; n < nodes; n++) out[row + n] -= g * means[i * nodes + n];
      }
    }
    if (noiseRows === 0) return;
    const noiseRate = noise ? (rate * rate) / (dimension * batchSize) : 0;
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        const row = noiseAt + packed(a, b) * nodes;
        for (let n = 0; n < nodes; n++) out[row + n] = -2 * rate * (average[n] + ridge) * y[row + n];
        for (let i = 0; i < priors.length; i++) {
          const q = noiseRate * priors[i] * moments[i].gradientSquare[a * outputs + b];
          for (let n = 0; n < nodes; n++) out[row + n] += q * noisePower[i * nodes + n];
        }
      }
    }
  };
}

/** Any loss of several outputs. Entries (a, b) are rows over the nodes, so that every loop runs along memory. */
function matrixDrift(problem: Problem, shape: StateShape, { moments }: Coupling): DriftWriter {
  const { priors, ridge, noisePower, dimension, batchSize, noise, loss } = problem;
  const { eigenvalues, means, teacher } = problem.directions;
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const { teacherOutputs } = loss;
  const classes = priors.length;
  // A_n = γ (Σ_i p_i λ_{i,n} H_i + δ), packed ℓ(ℓ+1)/2 × N
  const decay = new Float64Array(packedSize(outputs) * nodes);
  const factors = new Float64Array(classes);
  const entry = (a: number, b: number): number => (a >= b ? packed(a, b) : packed(b, a)) * nodes;

  function writeDecay(rate: number): void {
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        const row = entry(a, b);
        decay.fill(a === b ? rate * ridge : 0, row, row + nodes);
        for (let i = 0; i < classes; i++) factors[i] = rate * priors[i] * moments[i].hessian[a * outputs + b];
        addProducts(decay, row, factors, eigenvalues, nodes);
      }
    }
  }

  function writeMeans(rate: number, y: Float64Array, out: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      const row = a * nodes;
      out.fill(0, row, row + nodes);
      for (let i = 0; i < classes; i++) factors[i] = -rate * priors[i] * moments[i].gradient[a];
      addProducts(out, row, factors, means, nodes);
      for (let i = 0; i < classes; i++) {
        for (let s = 0; s < teacherOutputs; s++) {
          const cross = -rate * priors[i] * moments[i].crossHessian[a * teacherOutputs + s];
          for (let n = 0; n < nodes; n++) out[row + n] += cross * eigenvalues[i * nodes + n] * teacher[s * nodes + n];
        }
      }
      for (let b = 0; b < outputs; b++) subtractProduct(out, row, decay, entry(a, b), y, b * nodes, nodes);
    }
  }

  function writeNoise(rate: number, y: Float64Array, out: Float64Array): void {
    const noiseRate = noise ? (rate * rate) / (dimension * batchSize) : 0;
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        const row = noiseAt + entry(a, b);
        out.fill(0, row, row + nodes);
        for (let i = 0; i < classes; i++)
          factors[i] = noiseRate * priors[i] * moments[i].gradientSquare[a * outputs + b];
        addProducts(out, row, factors, noisePower, nodes);
        // A and S are symmetric: (A S + S A)_{ab} = Σ_c A_{ac} S_{cb} + A_{bc} S_{ca}
        for (let c = 0; c < outputs; c++) {
          const [ac, bc] = [entry(a, c), entry(b, c)];
          for (let n = 0; n < nodes; n++) {
            out[row + n] -= decay[ac + n] * y[noiseAt + bc + n] + decay[bc + n] * y[noiseAt + ac + n];
          }
        }
      }
    }
  }

  return (rate, y, out) => {
    writeDecay(rate);
    writeMeans(rate, y, out);
    if (noiseRows > 0) writeNoise(rate, y, out);
  };
}

/** out[at + n] += Σ_i factors[i] · rows[i, n], two rows at a time. */
function addProducts(out: Float64Array, at: number, factors: Float64Array, rows: Float64Array, count: number): void {
  let i = 0;
  for (; i + 2 <= factors.length; i += 2) {
    const [f0, f1] = [factors[i], factors[i + 1]];
    const [r0, r1] = [i * count, (i + 1) * count];
    for (let n = 0; n < count; n++) out[at + n] += f0 * rows[r0 + n] + f1 * rows[r1 + n];
  }
  if (i === factors.length) return;
  for (let n = 0; n < count; n++) out[at + n] += factors[i] * rows[i * count + n];
}

/** out[at + n] −= u[uAt + n] · v[vAt + n]. */
function subtractProduct(
  out: Float64Array,
  at: number,
  u: Float64Array,
  uAt: number,
  v: Float64Array,
  vAt: number,
  count: number,
): void {
  for (let n = 0; n < count; n++) out[at + n] -= u[uAt + n] * v[vAt + n];
}
