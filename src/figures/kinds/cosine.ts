/** Cosines of the weights with the class means and with the teacher. Not there while X = 0. */
import { said, symbol } from '../../text/texts.ts';
import { squared } from '../../core/math/elementary.ts';
import { subscript } from '../../core/description/subscript.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { type ExperimentFrame } from '../../study/experiment-results.ts';
import { hasField, outputOfClass, perRow, type Quantity } from '../sample.ts';
import { partsFigure } from './parts.ts';

/** ‖X_o‖² from a row: the sum over groups. */
function outputNorm(frame: ExperimentFrame, output: number): (rows: Float64Array, start: number) => number {
  const { groups, outputs } = frame.layout;
  const at = fieldOf(frame.layout, 'group_norm').offset + output;
  return (rows, start) => {
    let sum = 0;
    for (let g = 0; g < groups; g++) sum += rows[start + at + g * outputs];
    return sum;
  };
}

/** ‖μ_i‖². */
function meanEnergy({ layout, groups }: ExperimentFrame, i: number): number {
  let sum = 0;
  for (let g = 0; g < layout.groups; g++) sum += groups.energy[i * layout.groups + g];
  return sum;
}

const ratio = (product: number, a: number, b: number): number => (a > 0 && b > 0 ? product / Math.sqrt(a * b) : NaN);

const cosineWithMean = (i: number): Quantity =>
  perRow(({ frame }) => {
    const output = outputOfClass(frame, i);
    const norm = outputNorm(frame, output);
    const energy = meanEnergy(frame, i);
    const at = fieldOf(frame.layout, 'overlap').offset + i * frame.layout.outputs + output;
    return (rows, start) => ratio(rows[start + at], norm(rows, start), energy);
  });

export const cosine = partsFigure({
  kind: 'cosine',
  title: said('figure.cosine'),
  subtitle: symbol('mᵢ / (‖X‖ ‖μᵢ‖)'),
  valueName: said('quantity.cosine'),
  quantity: said('quantity.cosine'),
  scale: 'signed',
  bounds: { min: -1, max: 1 },
  applies: ({ frame }) =>
    Array.from({ length: frame.layout.classes }, (_, i) => meanEnergy(frame, i)).some((e) => e > 0),
  parts: ({ results }) =>
    Array.from({ length: results.frame.layout.classes }, (_, i) => ({
      symbol: `μ${subscript(i + 1)}`,
      quantity: cosineWithMean(i),
    })),
  baselines: ({ say }) => [{ value: 0, label: say('baseline.orthogonal'), color: null }],
});

/** cos²(X, x*) of one output. */
export const squaredCosine: Quantity = perRow(({ frame }) => {
  const norm = outputNorm(frame, 0);
  const energy = frame.teacherNorm[0];
  const at = fieldOf(frame.layout, 'teacher_product').offset;
  return (rows, start) => squared(ratio(rows[start + at], norm(rows, start), energy));
});

export const teacher = partsFigure({
  kind: 'teacher',
  title: said('figure.teacher'),
  subtitle: symbol('⟨X_o, x*_o⟩ / (‖X_o‖ ‖x*_o‖)'),
  valueName: said('quantity.teacher'),
  quantity: said('quantity.cosine'),
  scale: 'signed',
  bounds: { min: -1, max: 1 },
  // results of earlier versions have no such products; of an escape the sign is random
  applies: ({ frame }) => hasField(frame, 'teacher_product') && !hasField(frame, 'cosine_quantiles'),
  parts: ({ results }) => {
    const { outputs, teacherOutputs } = results.frame.layout;
    return Array.from({ length: Math.min(outputs, teacherOutputs) }, (_, o) => ({
      symbol: `x*${subscript(o + 1)}`,
      quantity: perRow(({ frame }) => {
        const norm = outputNorm(frame, o);
        const energy = frame.teacherNorm[o];
        const at = fieldOf(frame.layout, 'teacher_product').offset + o * teacherOutputs + o;
        return (rows, start) => ratio(rows[start + at], norm(rows, start), energy);
      }),
    }));
  },
  baselines: ({ say }) => [{ value: 1, label: say('baseline.aligned'), color: null }],
});
