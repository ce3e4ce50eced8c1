/** Largest eigenvalue of a non-negative matrix, by power iteration on A + tI, which is aperiodic. */
export function spectralRadius(matrix: Float64Array, n: number): number {
  const shift = matrix.reduce((most, value) => Math.max(most, value), 0);
  if (shift === 0) return 0;
  let vector = new Float64Array(n).fill(1);
  let radius = 0;
  for (let iteration = 0; iteration < 10_000; iteration++) {
    const next = vector.map((value, r) => {
      let sum = shift * value;
      for (let c = 0; c < n; c++) sum += matrix[r * n + c] * vector[c];
      return sum;
    });
    const size = next.reduce((most, value) => Math.max(most, value), 0);
    vector = next.map((value) => value / size);
    if (Math.abs(size - radius) <= 1e-15 * size) return size - shift;
    radius = size;
  }
  return radius - shift;
}
