/**
 * The exact Jacobian of least squares of any number of outputs. With H = I the x̄ of each output is a linear system of its own, of rank C beside its diagonal; so is each entry of S, once the x̄ are
 * known; then G. What remains is the learning rate's dependence on the state, of rank one over everything.
 */
import { packed } from '../../model/overlaps.ts';
import { type Coupling } from '../equations/coupling.ts';
import { createFactors, factorInPlace, solveInPlace } from '../integrator/dense-matrix.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { type Jacobian, type JacobianKind } from './jacobian.ts';
import { createRateResponse } from './rate-response.ts';

export const leastSquaresJacobian: JacobianKind = {
  covers: ({ loss }) => loss.leastSquares,
  stepCost: () => 1,
  create: createLeastSquaresJacobian,
};

function createLeastSquaresJacobian(problem: Problem, shape: StateShape, coupling: Coupling): Jacobian {
  const { priors, ridge, dimension, batchSize, noise, noisePower } = problem;
  const { eigenvalues, means, teacher } = problem.directions;
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const classes = priors.length;
  const average = new Float64Array(nodes);
  for (let i = 0; i < classes; i++) {
    for (let n = 0; n < nodes; n++) average[n] += priors[i] * eigenvalues[i * nodes + n];
  }
  const noiseScale = 1 / (dimension * batchSize);
  const inverseMean = new Float64Array(nodes);
  const inverseNoise = new Float64Array(nodes);
  const meanFactors = createFactors(classes);
  const noiseFactors = createFactors(classes);
  const inner = new Float64Array(classes);
  // δm_{i,a}, and δQ_{i,ab} packed, of the solution at hand
  const meanChange = new Float64Array(classes * outputs);
  const squareChange = new Float64Array(classes * Math.max(1, noiseRows || (outputs * (outputs + 1)) / 2));
  const pairs = squareChange.length / classes;
  const gradient = new Float64Array(classes * outputs);
  /** x̄ − x*, ℓ×N, where it was linearised. */
  const offset = new Float64Array(outputs * nodes);
  const changes = { risk: new Float64Array(classes), trace: new Float64Array(classes) };
  let rate = 0;

  function solveMeans(b: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      const row = a * nodes;
      for (let i = 0; i < classes; i++) {
        inner[i] = 0;
        for (let n = 0; n < nodes; n++) inner[i] += means[i * nodes + n] * inverseMean[n] * b[row + n];
      }
      solveInPlace(meanFactors, inner);
      for (let i = 0; i < classes; i++) {
        const factor = rate * priors[i] * inner[i];
        for (let n = 0; n < nodes; n++) b[row + n] -= factor * means[i * nodes + n];
        meanChange[i * outputs + a] = inner[i];
      }
      for (let n = 0; n < nodes; n++) b[row + n] *= inverseMean[n];
    }
  }

  /** δQ_{i,ab} from the change of the x̄. */
  function writeSquareChange(b: Float64Array): void {
    for (let i = 0; i < classes; i++) {
      for (let a = 0; a < outputs; a++) {
        for (let c = 0; c <= a; c++) {
          let sum = 0;
          for (let n = 0; n < nodes; n++) {
            sum +=
              eigenvalues[i * nodes + n] *
              (offset[a * nodes + n] * b[c * nodes + n] + offset[c * nodes + n] * b[a * nodes + n]);
          }
          sum += gradient[i * outputs + a] * meanChange[i * outputs + c];
          sum += gradient[i * outputs + c] * meanChange[i * outputs + a];
          squareChange[i * pairs + packed(a, c)] = sum;
        }
      }
    }
  }

  function solveNoise(b: Float64Array): void {
    const noiseRate = noise ? rate * rate * noiseScale : 0;
    for (let k = 0; k < noiseRows; k++) {
      const row = noiseAt + k * nodes;
      for (let i = 0; i < classes; i++) {
        const factor = noiseRate * priors[i] * squareChange[i * pairs + k];
        for (let n = 0; n < nodes; n++) b[row + n] += factor * noisePower[i * nodes + n];
      }
      for (let j = 0; j < classes; j++) {
        inner[j] = 0;
        for (let n = 0; n < nodes; n++) inner[j] += eigenvalues[j * nodes + n] * inverseNoise[n] * b[row + n];
      }
      solveInPlace(noiseFactors, inner);
      for (let i = 0; i < classes; i++) {
        const factor = noiseRate * priors[i] * inner[i];
        for (let n = 0; n < nodes; n++) b[row + n] += factor * noisePower[i * nodes + n];
        squareChange[i * pairs + k] += inner[i];
      }
      for (let n = 0; n < nodes; n++) b[row + n] *= inverseNoise[n];
    }
  }

  /** Solves with shift − J_0, J_0 at a fixed learning rate. */
  const rateResponse = createRateResponse(problem, shape, coupling, (b) => {
    solveMeans(b);
    writeSquareChange(b);
    solveNoise(b);
    for (let i = 0; i < classes; i++) {
      changes.trace[i] = 0;
      for (let a = 0; a < outputs; a++) changes.trace[i] += squareChange[i * pairs + packed(a, a)];
      // R = ½ Σ p_i tr Q_i
      changes.risk[i] = 0.5 * changes.trace[i];
    }
    return changes;
  });

  return {
    byRate: rateResponse.byRate,
    linearise(at) {
      const { y } = at;
      rate = at.rate;
      for (let n = 0; n < offset.length; n++) offset[n] = y[n] - (teacher.length > 0 ? teacher[n] : 0);
      for (let i = 0; i < classes; i++) {
        for (let a = 0; a < outputs; a++) gradient[i * outputs + a] = coupling.moments[i].gradient[a];
      }
      rateResponse.linearise(at);
    },
    factor(shift) {
      const noiseRate = noise ? rate * rate * noiseScale : 0;
      for (let n = 0; n < nodes; n++) {
        const decay = rate * (average[n] + ridge);
        inverseMean[n] = 1 / (shift + decay);
        inverseNoise[n] = 1 / (shift + 2 * decay);
      }
      for (let i = 0; i < classes; i++) {
        for (let j = 0; j < classes; j++) {
          let mean = 0;
          let square = 0;
          for (let n = 0; n < nodes; n++) {
            mean += means[i * nodes + n] * means[j * nodes + n] * inverseMean[n];
            square += eigenvalues[i * nodes + n] * noisePower[j * nodes + n] * inverseNoise[n];
          }
          const unit = i === j ? 1 : 0;
          meanFactors.matrix[i * classes + j] = unit + rate * priors[j] * mean;
          noiseFactors.matrix[i * classes + j] = unit - noiseRate * priors[j] * square;
        }
      }
      factorInPlace(meanFactors);
      factorInPlace(noiseFactors);
      rateResponse.factor(shift);
    },
    solve: rateResponse.solve,
  };
}
