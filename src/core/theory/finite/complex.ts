/** Complex numbers. */
import { cos, exp, sin } from '../../math/elementary.ts';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const multiplied = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

export function quotient(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}

export const conjugate = ({ re, im }: Complex): Complex => ({ re, im: -im });

/** e^z. */
export function exponential({ re, im }: Complex): Complex {
  const size = exp(re);
  return { re: size * cos(im), im: size * sin(im) };
}
