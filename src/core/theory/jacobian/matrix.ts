/**
 * The Jacobian of any loss of several outputs without teacher. At fixed (g, H, Q) every node is a linear
 * system of its own. With A_n = Σ_i p_i λ_{i,n} H_i + δ = V diag(a) Vᵀ, x̄_n decays by γA_n and S_n by γ(A_n · + ·
 * A_n), both diagonal in V. What couples the nodes is of rank C (ℓ + ℓ(ℓ+1)/2): the laws z = (m_i, B_i) move by the
 * state, and by the slopes of the moments (g_i, H_i, Q_i) move it. Woodbury's formula leaves a system in z, too large
 * to be factored for many classes, but close to a multiple of 1 plus few directions: GMRES takes few steps.
 */
import { createGmres } from '../../math/gmres.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type Jacobian, type JacobianKind } from './jacobian.ts';
import { createMomentSlopes } from './moment-slopes.ts';
import { createNodeCoupling } from './node-coupling.ts';
import { createNodeSystems } from './node-systems.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { createRateResponse } from './rate-response.ts';

/** Residual of the systems in z, well below what tolerances in use ask of a step. */
const RESIDUAL = 1e-11;
const MOST_KRYLOV = 150;

export const matrixJacobian: JacobianKind = {
  covers: ({ loss }) => loss.outputs > 1 && loss.teacherOutputs === 0 && !loss.learned,
  // beside the linear algebra, slopes take 1 + 2ℓ + ℓ(ℓ+1) moments where an explicit step takes 12; moments are half of it
  stepCost: (outputs) => Math.max(1, 0.4 * outputs, (outputs * (outputs + 3) + 1) / 24),
  create: createMatrixJacobian,
};

function createMatrixJacobian(problem: Problem, shape: StateShape, coupling: Coupling): Jacobian {
  const { priors, loss } = problem;
  const { outputs, size } = shape;
  const classes = priors.length;
  const pairs = packedSize(outputs);
  /** Numbers in the law of one class, and in its moments without R. */
  const lawSize = outputs + pairs;
  const momentSize = outputs + 2 * pairs;
  const slopes = Array.from({ length: classes }, () => createMomentSlopes(loss));
  const systems = createNodeSystems(problem, shape);
  const nodes = createNodeCoupling(problem, shape);
  const gmres = createGmres(classes * lawSize, RESIDUAL, MOST_KRYLOV);
  const z = new Float64Array(classes * lawSize);
  const moments = new Float64Array(classes * momentSize);
  const own = new Float64Array(1 + momentSize);
  const push = new Float64Array(size);
  const changes = { risk: new Float64Array(classes), trace: new Float64Array(classes) };

  /** Changes of the moments by those of the laws. */
  function writeMoments(laws: Float64Array): void {
    for (let i = 0; i < classes; i++) {
      const at = i * lawSize;
      slopes[i].change(laws.subarray(at, at + outputs), laws.subarray(at + outputs, at + lawSize), own);
      changes.risk[i] = own[0];
      changes.trace[i] = 0;
      for (let a = 0; a < outputs; a++) changes.trace[i] += own[slopes[i].squareAt + packed(a, a)];
      moments.set(own.subarray(1), i * momentSize);
    }
  }

  /** What changes of the laws change in the state, through the moments. */
  function follow(laws: Float64Array): void {
    writeMoments(laws);
    nodes.push(moments, push);
    systems.solve(push);
  }

  const rateResponse = createRateResponse(problem, shape, coupling, (b) => {
    systems.solve(b);
    nodes.observe(b, z);
    gmres.solve((laws, out) => {
      follow(laws);
      nodes.observe(push, out);
      for (let k = 0; k < out.length; k++) out[k] = laws[k] - out[k];
    }, z);
    follow(z);
    for (let k = 0; k < shape.noiseAt + shape.noiseRows * shape.nodes; k++) b[k] += push[k];
    return changes;
  });

  return {
    byRate: rateResponse.byRate,
    linearise(at) {
      const { y, rate } = at;
      slopes.forEach((each, i) => each.update(i, coupling.law.mean[i], coupling.law.covariance[i]));
      systems.linearise(rate, coupling.moments);
      nodes.linearise(rate, y);
      rateResponse.linearise(at);
    },
    factor(shift) {
      systems.factor(shift);
      rateResponse.factor(shift);
    },
    solve: rateResponse.solve,
  };
}
