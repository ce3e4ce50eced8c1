/** The exact arrays that an experiment is computed with, as files. */
import { type Setup } from '../core/experiment/setup.ts';
import { npyFile } from './npy.ts';

export interface ArrayFile {
  /** With extension. */
  readonly name: string;
  readonly shape: readonly [number, number];
  bytes(): Uint8Array;
}

/**
 * - `eigenvalues.npy` λ_{i,ρ} and `means.npy` μ_{i,ρ}, C×d, `teacher.npy` x*_{o,ρ}, ℓ*×d, where there is one;
 * - `arrays.csv`: a line per direction with all of them, to the last bit.
 */
export function arrayFiles({ mixture, teacher }: Setup): ArrayFile[] {
  const { dimension, classes, eigenvalues, means } = mixture;
  const outputs = teacher.length / dimension;
  const npy = (name: string, rows: number, values: Float64Array): ArrayFile => ({
    name: `${name}.npy`,
    shape: [rows, dimension],
    bytes: () => npyFile([rows, dimension], values),
  });
  const columns = [
    ...column('eigenvalue', classes, eigenvalues, dimension),
    ...column('mean', classes, means, dimension),
    ...column('teacher', outputs, teacher, dimension),
  ];
  return [
    npy('eigenvalues', classes, eigenvalues),
    npy('means', classes, means),
    ...(outputs > 0 ? [npy('teacher', outputs, teacher)] : []),
    { name: 'arrays.csv', shape: [dimension, columns.length + 1], bytes: () => csvBytes(columns, dimension) },
  ];
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

const column = (name: string, rows: number, values: Float64Array, dimension: number): Column[] =>
  Array.from({ length: rows }, (_, i) => ({
    name: `${name}_${i + 1}`,
    values: values.subarray(i * dimension, (i + 1) * dimension),
  }));

/** ASCII. */
function csvBytes(columns: readonly Column[], dimension: number): Uint8Array {
  const lines = [['direction', ...columns.map(({ name }) => name)].join(',')];
  for (let rho = 0; rho < dimension; rho++) {
    lines.push([rho + 1, ...columns.map(({ values }) => values[rho])].join(','));
  }
  const text = `${lines.join('\n')}\n`;
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return bytes;
}
