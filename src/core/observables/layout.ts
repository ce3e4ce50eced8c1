/**
 * The observables of one grid point as one row of numbers. Theory and simulation write the same row, so that every
 * curve exists for both, on the same grid. Keys and shapes are those of the results file (study-format.md).
 */
export interface Field {
  readonly key: string;
  /** First number of the field in the row. */
  readonly offset: number;
  /** Shape of the field at one grid point; [] for a number. */
  readonly shape: readonly number[];
  readonly length: number;
}

export interface RowLayout {
  readonly classes: number;
  /** ℓ. */
  readonly outputs: number;
  /** ℓ*. */
  readonly teacherOutputs: number;
  /** G. */
  readonly groups: number;
  readonly classifies: boolean;
  readonly fields: readonly Field[];
  /** Numbers in a row. */
  readonly size: number;
}

export interface LayoutSizes {
  classes: number;
  outputs: number;
  teacherOutputs: number;
  groups: number;
  classifies: boolean;
}

/** Fields in order, with the loss and groups at hand. */
export function rowLayout(sizes: LayoutSizes): RowLayout {
  const { classes, outputs, teacherOutputs, groups, classifies } = sizes;
  const shapes: [string, number[]][] = [
    ['risk', []],
    ...(classifies ? [['error', []] as [string, number[]]] : []),
    ['norm', []],
    ['learning_rate', []],
    ['overlap', [classes, outputs]],
    ['variance', [classes, outputs, outputs]],
    ['group_overlap', [groups, classes]],
    ['group_share', [groups]],
    // Σ_{ρ∈G} E x_{ρ,o}²: the squared norm of each output's weights in each group
    ['group_norm', [groups, outputs]],
    // Σ_ρ x_{ρ,o} x*_{ρ,o'}
    ...(teacherOutputs > 0 ? [['teacher_overlap', [outputs, teacherOutputs]] as [string, number[]]] : []),
  ];
  let offset = 0;
  const fields = shapes.map(([key, shape]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const field = { key, offset, shape, length };
    offset += length;
    return field;
  });
  return { ...sizes, fields, size: offset };
}

/** The field of a key. */
export function fieldOf(layout: RowLayout, key: string): Field {
  const field = layout.fields.find((candidate) => candidate.key === key);
  if (!field) throw new RangeError(`no observable ${JSON.stringify(key)} in this experiment`);
  return field;
}
