import { describe, expect, it } from 'vitest';
import { kernelBinary } from '../../../src/core/wasm/generated/kernel.ts';
import { decodeBase64 } from '../../../src/core/wasm/base64.ts';
import { cos, cosPi, exp, expm1, log, log1p, pow, sin, squared } from '../../../src/core/math/elementary.ts';
import data from '../../fixtures/elementary/data.json' with { type: 'json' };

/** Distance to the next double. */
function ulp(x: number): number {
  const bits = new BigInt64Array([0n]);
  const value = new Float64Array(bits.buffer);
  value[0] = Math.abs(x);
  bits[0]++;
  return value[0] === Infinity ? 2 ** 971 : value[0] - Math.abs(x);
}

/** Functions with the largest error that their comments state, in ulp. */
const functions: readonly [keyof typeof data, number, (...x: number[]) => number][] = [
  ['exp', 0.52, exp],
  ['expm1', 0.75, expm1],
  ['log', 0.75, log],
  ['log1p', 0.75, log1p],
  ['pow', 0.52, pow],
  ['cosPi', 0.75, cosPi],
  ['cos', 0.75, cos],
  ['sin', 0.75, sin],
];

describe('elementary functions', () => {
  it.each(functions)('%s is at most %f ulp from the value at 60 digits', (name, most, own) => {
    for (const row of data[name]) {
      const [high, low] = row.slice(-2);
      const error = Math.abs(own(...row.slice(0, -2)) - high - low) / ulp(high);
      expect(error, `${name}(${row.slice(0, -2).join(', ')})`).toBeLessThan(most);
    }
  });

  it('take the ends of their ranges as the language does', () => {
    for (const [own, theirs, points] of [
      [exp, Math.exp, [710, 709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412, -800]],
      [exp, Math.exp, [Infinity, -Infinity, NaN]],
      [expm1, Math.expm1, [Infinity, -Infinity, NaN, 800, -800]],
      [log, Math.log, [0, -1, Infinity, NaN]],
      [log1p, Math.log1p, [-1, -2, Infinity, NaN]],
    ] as const) {
      for (const x of points) {
        const value = theirs(x);
        if (Number.isFinite(value) && value > 1) expect(own(x) / value, `${own.name}(${x})`).toBeCloseTo(1, 12);
        else expect(own(x), `${own.name}(${x})`).toBe(value);
      }
    }
    for (const [x, y] of [
      [0, 2],
      [0, -2],
      [0, 0],
      [5, 0],
      [Infinity, 0.5],
      [Infinity, -0.5],
      [NaN, 1],
      [2, NaN],
      [2, 1e300],
      [2, -1e300],
      [0.5, Infinity],
      [2, 2000],
      [1e-310, 2],
      [NaN, 0],
    ]) {
      expect(pow(x, y), `pow(${x}, ${y})`).toBe(Math.pow(x, y));
    }
    expect([cos(1e7), sin(-1e7), cos(Infinity), sin(NaN)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(pow(-8, 3)).toBeNaN();
    expect([cosPi(0.5), cosPi(-1.5), cosPi(1), cosPi(1e300), cosPi(Infinity)].map(Math.abs)).toEqual([0, 0, 1, 1, NaN]);
  });

  it('are exact where the result is a short number', () => {
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k);
    for (let k = 1; k <= 200; k++) {
      expect(pow(k, 2)).toBe(k * k);
      expect(pow(k * k, 0.5)).toBe(k);
      expect(pow(k / 7, 1)).toBe(k / 7);
      expect(squared(k)).toBe(k * k);
    }
    expect([exp(0), log(1), log1p(0), expm1(0)]).toEqual([1, 0, 0, 0]);
  });

  it('the kernel brings its own: all that it imports is the slope of a loss that the user has typed', () => {
    // the types of core and its tests have no WebAssembly
    const { Module } = (globalThis as unknown as { WebAssembly: { Module: WasmModule } }).WebAssembly;
    expect(Module.imports(new Module(decodeBase64(kernelBinary)))).toEqual([
      { module: 'host', name: 'slope', kind: 'function' },
    ]);
  });
});

interface WasmModule {
  new (binary: Uint8Array): object;
  imports(module: object): object[];
}
