/** The key of an experiment: a piece of its line with its marker, as in legends, for lists, readouts and reports. */
import { type Marker } from './theme.ts';

/** Corners of a marker in the unit square around 0; the circle as a polygon of 24. */
export function markerOutline(marker: Marker): [number, number][] {
  switch (marker) {
    case 'circle':
      return Array.from({ length: 24 }, (_, k) => [Math.cos((k * Math.PI) / 12), Math.sin((k * Math.PI) / 12)]);
    case 'rect':
      return [
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ];
    case 'diamond':
      return [
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ];
    case 'triangle':
      return [
        [0, -1.1],
        [1.1, 0.9],
        [-1.1, 0.9],
      ];
    case 'inverted':
      return [
        [0, 1.1],
        [1.1, -0.9],
        [-1.1, -0.9],
      ];
  }
}

/** The same marker at a place, as the path of an SVG. */
export function markerPath(marker: Marker, x: number, y: number, radius: number): string {
  const corners = markerOutline(marker).map(
    ([u, v]) => `${(x + radius * u).toFixed(2)} ${(y + radius * v).toFixed(2)}`,
  );
  return `M${corners.join('L')}Z`;
}
