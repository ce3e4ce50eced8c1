/** Random laws of the outputs, and samples from them, for tests of Gaussian moments. */
import { type Stream } from '../../../src/core/math/random.ts';

export interface Law {
  readonly name: string;
  readonly mean: Float64Array;
  /** Factor A of the covariance A Aᵀ, size×rank. */
  readonly factor: Float64Array;
  readonly rank: number;
  readonly covariance: Float64Array;
}

/** A law with random mean (standard deviation √scale) and covariance of given rank and diagonal about `scale`. */
export function randomLaw(size: number, rank: number, scale: number, stream: Stream): Law {
  const mean = Float64Array.from({ length: size }, () => Math.sqrt(scale) * stream.normal());
  const entry = Math.sqrt(scale / Math.max(1, rank));
  const factor = Float64Array.from({ length: size * rank }, () => entry * stream.normal());
  return {
    name: `size ${size}, rank ${rank}, scale ${scale}`,
    mean,
    factor,
    rank,
    covariance: gram(factor, size, rank),
  };
}

function gram(factor: Float64Array, size: number, rank: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const a = Math.floor(at / size) * rank;
    const b = (at % size) * rank;
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += factor[a + k] * factor[b + k];
    return sum;
  });
}

/** One sample of the law into `out`. */
export function drawSample(law: Law, stream: Stream, normals: Float64Array, out: Float64Array): void {
  for (let k = 0; k < law.rank; k++) normals[k] = stream.normal();
  for (let a = 0; a < out.length; a++) {
    let value = law.mean[a];
    for (let k = 0; k < law.rank; k++) value += law.factor[a * law.rank + k] * normals[k];
    out[a] = value;
  }
}

/** Sums and sums of squares of several quantities: means with their standard errors. */
export class Averages {
  private count = 0;
  private readonly sum: Float64Array;
  private readonly square: Float64Array;

  constructor(size: number) {
    this.sum = new Float64Array(size);
    this.square = new Float64Array(size);
  }

  add(values: Float64Array): void {
    this.count++;
    for (let k = 0; k < values.length; k++) {
      this.sum[k] += values[k];
      this.square[k] += values[k] ** 2;
    }
  }

  mean(k: number): number {
    return this.sum[k] / this.count;
  }

  standardError(k: number): number {
    const variance = this.square[k] / this.count - this.mean(k) ** 2;
    return Math.sqrt(Math.max(0, variance) / this.count);
  }
}
