/** Lines of constant value through a grid of numbers, by marching squares with linear interpolation. */
export type Polyline = readonly (readonly [x: number, y: number])[];

interface Crossing {
  /** The grid edge it is on: names the point where segments meet. */
  readonly key: string;
  readonly point: readonly [number, number];
}

/**
 * @param x, y ascending places of columns and rows.
 * @param values `values[i][j]` at (x[i], y[j]); squares with a corner that is not finite have no line.
 * @returns lines, open or closed (first point repeated at the end).
 */
export function contourLines(
  x: readonly number[],
  y: readonly number[],
  values: readonly (readonly number[])[],
  level = 0,
): Polyline[] {
  const segments: [Crossing, Crossing][] = [];
  for (let i = 0; i + 1 < x.length; i++) {
    for (let j = 0; j + 1 < y.length; j++) segments.push(...squareSegments(x, y, values, level, i, j));
  }
  return joined(segments);
}

function squareSegments(
  x: readonly number[],
  y: readonly number[],
  values: readonly (readonly number[])[],
  level: number,
  i: number,
  j: number,
): [Crossing, Crossing][] {
  const corners: readonly (readonly [number, number])[] = [
    [i, j],
    [i + 1, j],
    [i + 1, j + 1],
    [i, j + 1],
  ];
  const heights = corners.map(([a, b]) => values[a][b] - level);
  if (!heights.every(Number.isFinite)) return [];
  // a corner on the level counts as above it: every crossing is then of a proper edge
  const above = heights.map((height) => height >= 0);
  const crossings = corners.flatMap(([a, b], k): Crossing[] => {
    const next = (k + 1) % 4;
    if (above[k] === above[next]) return [];
    const [c, e] = corners[next];
    const share = heights[k] / (heights[k] - heights[next]);
    const key = a + b < c + e ? `${a},${b},${c},${e}` : `${c},${e},${a},${b}`;
    return [{ key, point: [x[a] + share * (x[c] - x[a]), y[b] + share * (y[e] - y[b])] }];
  });
  if (crossings.length === 2) return [[crossings[0], crossings[1]]];
  if (crossings.length !== 4) return [];
  // a saddle: the middle decides which corners are joined; crossing k lies between corners k and k + 1
  const middle = heights.reduce((sum, height) => sum + height, 0) >= 0;
  const [a, b, c, d] = crossings;
  return above[0] === middle
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [d, a],
        [b, c],
      ];
}

/** Segments joined at their common points. */
function joined(segments: readonly (readonly [Crossing, Crossing])[]): Polyline[] {
  const at = new Map<string, number[]>();
  segments.forEach((segment, s) => {
    for (const { key } of segment) at.set(key, [...(at.get(key) ?? []), s]);
  });
  const used = new Set<number>();
  /** Walks from an end of segment `s` as far as it goes. */
  const walk = (s: number, from: Crossing): Crossing[] => {
    const line: Crossing[] = [];
    let here: Crossing | undefined = from;
    let segment: number | undefined = s;
    while (segment !== undefined && here) {
      used.add(segment);
      const [first, second]: readonly [Crossing, Crossing] = segments[segment];
      const next: Crossing = first.key === here.key ? second : first;
      line.push(next);
      here = next;
      segment = at.get(next.key)?.find((candidate) => !used.has(candidate));
    }
    return line;
  };
  return segments.flatMap((segment, s): Polyline[] => {
    if (used.has(s)) return [];
    const [first] = segment;
    const forwards = walk(s, first);
    const start = at.get(first.key)?.find((candidate) => !used.has(candidate));
    const backwards = start === undefined ? [] : walk(start, first);
    return [[...backwards.reverse(), first, ...forwards].map(({ point }) => point)];
  });
}
