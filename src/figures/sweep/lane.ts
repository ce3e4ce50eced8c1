/** The axes of a map as lanes of cells, and what is in a cell. */
import { cellEdges, placeOn, valueAtPlace, type SweptAxis } from './axes.ts';
import { type PointValues } from './values.ts';

export interface Cell {
  /** Id of its experiment. */
  readonly id: string;
  /** Column and row. */
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly values: PointValues;
  /** What it has of all cells; usually neither. */
  readonly extreme: readonly ('least' | 'greatest')[];
}

/** Ascending values of an axis, their indices, and the edges of their cells as values. */
export interface Lane {
  readonly axis: SweptAxis;
  readonly order: readonly number[];
  readonly values: readonly number[];
  readonly edges: readonly number[];
}

export function laneOf(axis: SweptAxis): Lane {
  const order = [...axis.values.keys()]
    .filter((k) => axis.scale === 'linear' || axis.values[k] > 0)
    .sort((a, b) => axis.values[a] - axis.values[b]);
  const values = order.map((k) => axis.values[k]);
  const edges = cellEdges(values.map((value) => placeOn(axis.scale, value)));
  return { axis, order, values, edges: edges.map((place) => valueAtPlace(axis.scale, place)) };
}
