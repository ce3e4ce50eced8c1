/**
 * Whether the noise of a velocity feeds itself, for losses of one constant curvature h. With A = hλ̄_n + δ a direction's
 * stationary variance per unit of noise in (T13) is Σ_xx = γ/(2A) + κ/(2A(γA + θ)), in place of plain SGD's γ/(2A); noise
 * then makes noise by the matrix whose largest eigenvalue is ρ, and dies out where ρ < 1. Of leading order in 1/d and b/d.
 */
import { createLinearMap } from '../../update/update.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { type Problem } from '../equations/problem.ts';
import { spectralRadius } from './spectral-radius.ts';

/** Whether an update moves x by a velocity v alone, whatever averages it. */
export const hasVelocity = ({ update }: Pick<Problem, 'update'>): boolean => update.fields[1] === 'v';

/**
 * ρ at time t, of rules of time.
 * @throws RangeError where x has no velocity.
 */
export function momentumFeedback(problem: Problem, t: number): number {
  const { update, schedule, priors, ridge, dimension, batchSize, loss, noisePower } = problem;
  if (!hasVelocity(problem)) throw new RangeError('expected an update with a velocity');
  const { nodes, eigenvalues } = problem.directions;
  const fields = update.fields.length;
  const map = createLinearMap(fields);
  update.flow(t, rateAt(schedule, t), map);
  const direct = map.push[0];
  const coupling = -map.matrix[1];
  const decay = -map.matrix[fields + 1];
  const classes = priors.length;
  const gain = new Float64Array(classes * classes);
  const h = loss.maxCurvature;
  for (let n = 0; n < nodes; n++) {
    let pull = ridge;
    for (let i = 0; i < classes; i++) pull += h * priors[i] * eigenvalues[i * nodes + n];
    if (pull <= 0) continue;
    const spread = direct / (2 * pull) + coupling / (2 * pull * (direct * pull + decay));
    for (let j = 0; j < classes; j++) {
      for (let i = 0; i < classes; i++) {
        gain[j * classes + i] += priors[i] * eigenvalues[j * nodes + n] * noisePower[i * nodes + n] * spread;
      }
    }
  }
  return spectralRadius(
    gain.map((value) => (value * h * h) / (dimension * batchSize)),
    classes,
  );
}
