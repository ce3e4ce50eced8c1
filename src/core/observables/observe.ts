/** Writes the row of observables of one grid point, from the state of the theory or of a simulation. */
import { createMoments, type Loss } from '../loss/loss.ts';
import { type Directions } from '../model/directions.ts';
import { fieldOf, type RowLayout } from './layout.ts';
import { createOutputLaw, outputLaw, packed, type OutputLaw } from '../model/overlaps.ts';

/** Squared norms and overlaps by spectral group, of one state. */
export interface GroupSums {
  /** Σ_{ρ∈G} E x_{ρ,o}², G×ℓ row-major. */
  readonly norm: Float64Array;
  /** Σ_{ρ∈G} μ_{i,ρ} x_{ρ,o(i)}, G×C row-major; o(i) = i for ℓ = C > 1, else the first output. */
  readonly overlap: Float64Array;
  /** Σ_ρ x_{ρ,o} x*_{ρ,o'}, ℓ×ℓ* row-major. */
  readonly teacherOverlap: Float64Array;
}

export interface Observer {
  /** Law of the outputs as of the last call, to be read by the caller. */
  readonly law: OutputLaw;
  /**
   * Row of a state over directions.
   * @param parameters x̄ or X, ℓ×N row-major.
   * @param noise S, packed ℓ(ℓ+1)/2 × N, or null.
   * @param rate γ of the next step.
   * @param row `layout.size` numbers.
   */
  observe(
    directions: Directions,
    parameters: Float64Array,
    noise: Float64Array | null,
    rate: number,
    row: Float64Array,
  ): void;
  /** Row from `law` (already written by the caller) and group sums, for engines that keep no directions. */
  observeSums(sums: GroupSums, rate: number, row: Float64Array): void;
}

/** Buffers for the group sums of a layout. */
export function createGroupSums(layout: RowLayout): GroupSums {
  return {
    norm: new Float64Array(layout.groups * layout.outputs),
    overlap: new Float64Array(layout.groups * layout.classes),
    teacherOverlap: new Float64Array(layout.outputs * layout.teacherOutputs),
  };
}

export function createObserver(layout: RowLayout, loss: Loss, priors: Float64Array): Observer {
  const law = createOutputLaw(layout.classes, layout.outputs + layout.teacherOutputs);
  const moments = createMoments(layout.outputs, layout.teacherOutputs);
  const sums = createGroupSums(layout);
  const at = Object.fromEntries(layout.fields.map((field) => [field.key, field.offset]));

  function observeSums({ norm, overlap, teacherOverlap }: GroupSums, rate: number, row: Float64Array): void {
    const { classes, outputs, teacherOutputs, groups } = layout;
    const joint = outputs + teacherOutputs;
    let risk = 0;
    let error = 0;
    for (let i = 0; i < classes; i++) {
      loss.moments(i, law.mean[i], law.covariance[i], moments);
      risk += priors[i] * moments.risk;
      if (layout.classifies) error += priors[i] * loss.classificationError(i, law.mean[i], law.covariance[i]);
      for (let a = 0; a < outputs; a++) {
        row[at.overlap + i * outputs + a] = law.mean[i][a];
        for (let b = 0; b < outputs; b++) {
          row[at.variance + (i * outputs + a) * outputs + b] = law.covariance[i][a * joint + b];
        }
      }
    }
    const total = norm.reduce((sum, value) => sum + value, 0);
    row[at.risk] = risk;
    if (layout.classifies) row[at.error] = error;
    row[at.norm] = total;
    row[at.learning_rate] = rate;
    row.set(overlap, at.group_overlap);
    row.set(norm, at.group_norm);
    for (let g = 0; g < groups; g++) {
      let groupNorm = 0;
      for (let o = 0; o < outputs; o++) groupNorm += norm[g * outputs + o];
      row[at.group_share + g] = total > 0 ? groupNorm / total : 0;
    }
    if (teacherOutputs > 0) row.set(teacherOverlap, fieldOf(layout, 'teacher_overlap').offset);
  }

  return {
    law,
    observeSums,
    observe(directions, parameters, noise, rate, row) {
      outputLaw(directions, layout.outputs, parameters, noise, law);
      groupSums(directions, layout, parameters, noise, sums);
      observeSums(sums, rate, row);
    },
  };
}

function groupSums(
  { nodes, weight, means, teacher, group }: Directions,
  { classes, outputs, teacherOutputs }: RowLayout,
  parameters: Float64Array,
  noise: Float64Array | null,
  out: GroupSums,
): void {
  out.norm.fill(0);
  out.overlap.fill(0);
  out.teacherOverlap.fill(0);
  for (let o = 0; o < outputs; o++) {
    const variance = noise ? noise.subarray(packed(o, o) * nodes) : null;
    for (let n = 0; n < nodes; n++) {
      const x = parameters[o * nodes + n];
      out.norm[group[n] * outputs + o] += weight[n] * (x * x + (variance ? variance[n] : 0));
      for (let t = 0; t < teacherOutputs; t++) {
        out.teacherOverlap[o * teacherOutputs + t] += weight[n] * x * teacher[t * nodes + n];
      }
    }
  }
  for (let i = 0; i < classes; i++) {
    const output = teacherOutputs === 0 && outputs === classes ? i : 0;
    for (let n = 0; n < nodes; n++) {
      out.overlap[group[n] * classes + i] += weight[n] * means[i * nodes + n] * parameters[output * nodes + n];
    }
  }
}
