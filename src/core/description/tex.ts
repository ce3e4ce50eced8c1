/** Numbers in TeX, for the formulas that kinds write of themselves. */

/** 0.05, 10^{6}. */
export function texNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const short = String(Number(value.toPrecision(4)));
  const [mantissa, exponent] = short.includes('e')
    ? short.split('e')
    : Number(short) >= 1e6
      ? Number(short).toExponential().split('e')
      : [short];
  if (exponent === undefined) return mantissa;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? power : `${mantissa} \\cdot ${power}`;
}

/** (1, 2, 3, …): all of up to four numbers, else the first three. */
export function texList(values: readonly number[]): string {
  const shown = values.length <= 4 ? values : values.slice(0, 3);
  return `(${[...shown.map(texNumber), ...(shown.length < values.length ? ['\\ldots'] : [])].join(',\\,')})`;
}
