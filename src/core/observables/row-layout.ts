/**
 * The observables of one grid point as one row of numbers. Theory and simulation write the same row, so that every
 * curve exists for both, on the same grid.
 */
import { type LayoutSizes, type ObservableKind } from './observable.ts';
import { observableKinds } from './observable-kinds.ts';

export interface Field {
  readonly key: string;
  /** First number of the field in the row. */
  readonly offset: number;
  /** Shape of the field at one grid point; [] for a number. */
  readonly shape: readonly number[];
  readonly length: number;
}

export interface RowLayout extends LayoutSizes {
  readonly fields: readonly Field[];
  /** Numbers in a row. */
  readonly size: number;
}

/** The observables that exist, one after the other. */
export function rowLayout(sizes: LayoutSizes): RowLayout {
  let offset = 0;
  const fields = observableKinds
    .filter((kind) => kind.exists(sizes))
    .map(({ key, axes }) => {
      const shape = axes.map((axis) => axis.size(sizes)).filter((size, at) => size !== 1 || !axes[at].leftOut);
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

/** The observable of a field; undefined for one of a newer program. */
export const observableOf = ({ key }: Pick<Field, 'key'>): ObservableKind | undefined =>
  observableKinds.find((candidate) => candidate.key === key);

/** Names of a field's indices; those of a field that no registered observable has by number. */
export function indexNames(field: Field): string[] {
  const { shape } = field;
  const axes = observableOf(field)?.axes ?? [];
  const there = shape.length < axes.length ? axes.filter(({ leftOut }) => !leftOut) : axes;
  return shape.map((_, axis) => there[axis]?.name ?? `index${axis}`);
}
