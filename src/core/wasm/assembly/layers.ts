/**
 * The half-normal density f(x) = √(2/π) e^{−x²/2}, cut into N = 1021 horizontal layers with inscribed rectangles of
 * area A = 1/1024 each. Rectangle i is [0, X_i] × [y_{i−1}, y_i] with X_i (y_i − y_{i−1}) = A, y_0 = 0. A point of the
 * rectangles is a normal without any test. What they leave out, 3/1024 of the area, is the part of each layer right of
 * its rectangle, the tail (part 0), and a cap on top; it is sampled exactly, by area, then by rejection.
 *
 * X_i is rounded down to f32 before y_i follows from it, so that the tables are exact as they are used.
 */
import { uniform, uniform32, word } from './sfc32';

const LAYERS: i32 = 1021;
/** Rectangles and parts are chosen by 10 bits; table entries past the last layer are NaN. */
const SIZE: i32 = 1024;
const AREA: f64 = 1.0 / 1024.0;
const PEAK: f64 = 0.79788456080286535588;
const TAIL: i32 = 0;
const CAP: i32 = LAYERS;

/** X_i · 2⁻³¹, f32: times a signed 32-bit word, a normal. */
export const widths: usize = memory.data(4 * 1024, 64);
/**
 * Per part, f64: left end, width, bottom, height of the rectangle that it is sampled from, and how far its curved edge
 * is from the diagonal at most, in units of width and height.
 */
const boxes: usize = memory.data(64 * 1024, 64);
/** Walker's alias table over the parts: probability to stay (f64), and where to go otherwise (i32). */
const stay: usize = memory.data(8 * 1024, 64);
const other: usize = memory.data(4 * 1024, 64);
const areas: usize = memory.data(8 * 1024, 64);
const stack: usize = memory.data(4 * 1024, 64);

let ready: bool = false;
let restArea: f64 = 0;

// @ts-ignore: decorator
@inline
function f64At(base: usize, k: i32): usize {
  return base + ((<usize>k) << 3);
}

// @ts-ignore: decorator
@inline
function i32At(base: usize, k: i32): usize {
  return base + ((<usize>k) << 2);
}

// @ts-ignore: decorator
@inline
function boxAt(part: i32): usize {
  return boxes + ((<usize>part) << 6);
}

function density(x: f64): f64 {
  return PEAK * Math.exp(-0.5 * x * x);
}

/** x >= 0 with density y. */
function inverseDensity(y: f64): f64 {
  return y >= PEAK ? 0.0 : Math.sqrt(-2.0 * Math.log(y / PEAK));
}

/** Nearly the largest x whose rectangle [0, x] × [bottom, f(x)] has area A, from below: the rectangle stays inscribed. */
function widthOver(bottom: f64, right: f64): f32 {
  // the area x (f(x) − bottom) has its maximum where f(x) (1 − x²) = bottom, in [0, 1]
  let low = 0.0;
  let high = 1.0;
  for (let k = 0; k < 30; k++) {
    const x = 0.5 * (low + high);
    if (density(x) * (1.0 - x * x) > bottom) low = x;
    else high = x;
  }
  high = right;
  for (let k = 0; k < 40; k++) {
    const x = 0.5 * (low + high);
    if (x * (density(x) - bottom) >= AREA) low = x;
    else high = x;
  }
  const rounded = <f32>low;
  return <f64>rounded > low ? reinterpret<f32>(reinterpret<u32>(rounded) - 1) : rounded;
}

/** Integral of the density, by five-point Gauss-Legendre: error below 1e-16 on intervals as short as the layers' ends. */
function integral(from: f64, to: f64): f64 {
  const middle = 0.5 * (from + to);
  const half = 0.5 * (to - from);
  const near = half * 0.5384693101056831;
  const far = half * 0.906179845938664;
  return (
    half *
    (0.5688888888888889 * density(middle) +
      0.47862867049936647 * (density(middle - near) + density(middle + near)) +
      0.23692688505618908 * (density(middle - far) + density(middle + far)))
  );
}

/** Area of the part of a layer right of its rectangle: between `bottom` and min(f, top), from `left` on. */
function partArea(left: f64, bottom: f64, top: f64): f64 {
  const from = inverseDensity(top);
  const to = inverseDensity(bottom);
  return (from - left) * (top - bottom) + integral(from, to) - bottom * (to - from);
}

/** Sets the rectangle of a part that is not the tail; returns the part's area. */
function setPart(part: i32, left: f64, bottom: f64, top: f64): f64 {
  const box = boxAt(part);
  const from = inverseDensity(top);
  const right = inverseDensity(bottom);
  const width = right - left;
  const height = top - bottom;
  // |f″| = |x² − 1| f, and an arc leaves its chord by |f″| width² / 8 at most; X_i is a rounding left of the arc's end
  const bend = density(left) * Math.max(Math.abs(left * left - 1.0), Math.abs(right * right - 1.0));
  store<f64>(box, left);
  store<f64>(box, width, 8);
  store<f64>(box, bottom, 16);
  store<f64>(box, height, 24);
  store<f64>(box, (bend * width * width) / (8.0 * height) + (2.0 * (from - left)) / width + 1e-9, 32);
  const area = partArea(left, bottom, top);
  store<f64>(f64At(areas, part), area);
  return area;
}

function setTail(left: f64, top: f64): void {
  store<f64>(boxAt(TAIL), left);
  store<f64>(boxAt(TAIL), top, 24);
}

/** Builds the tables; later calls do nothing. */
export function buildLayers(): void {
  if (ready) return;
  ready = true;
  let bottom = 0.0;
  let right = 8.0;
  let sum = 0.0;
  for (let part = 0; part < LAYERS; part++) {
    const width = widthOver(bottom, right);
    const top = bottom + AREA / <f64>width;
    store<f32>(i32At(widths, part), width * <f32>(1.0 / 2147483648.0));
    if (part == TAIL) setTail(<f64>width, top);
    else sum += setPart(part, <f64>width, bottom, top);
    bottom = top;
    right = <f64>width;
  }
  for (let k = LAYERS; k < SIZE; k++) store<f32>(i32At(widths, k), f32.NaN);
  sum += setPart(CAP, 0.0, bottom, PEAK);
  restArea = <f64>(SIZE - LAYERS) * AREA - sum;
  store<f64>(f64At(areas, TAIL), restArea);
  buildAlias();
}

/** Walker's alias table, by Vose's method; `areas` is scaled to mean 1 and used up. */
function buildAlias(): void {
  const scale = <f64>SIZE / (<f64>(SIZE - LAYERS) * AREA);
  // two stacks in one array: parts below the mean from the front, the others from the back
  let small = 0;
  let large = SIZE;
  for (let k = 0; k < SIZE; k++) {
    const area = load<f64>(f64At(areas, k)) * scale;
    store<f64>(f64At(areas, k), area);
    if (area < 1.0) store<i32>(i32At(stack, small++), k);
    else store<i32>(i32At(stack, --large), k);
  }
  while (small > 0 && large < SIZE) {
    const less = load<i32>(i32At(stack, --small));
    const more = load<i32>(i32At(stack, large));
    const area = load<f64>(f64At(areas, less));
    store<f64>(f64At(stay, less), area);
    store<i32>(i32At(other, less), more);
    const rest = load<f64>(f64At(areas, more)) + area - 1.0;
    store<f64>(f64At(areas, more), rest);
    if (rest < 1.0) {
      large++;
      store<i32>(i32At(stack, small++), more);
    }
  }
  // what is left differs from 1 by rounding
  while (small > 0) store<f64>(f64At(stay, load<i32>(i32At(stack, --small))), 1.0);
  for (; large < SIZE; large++) store<f64>(f64At(stay, load<i32>(i32At(stack, large))), 1.0);
}

/** X_1, where the tail starts. */
export function tailStart(): f64 {
  return load<f64>(boxes);
}

/** Area of the tail's part, as it came out as the rest of all others; for tests. */
export function tailArea(): f64 {
  return restArea;
}

/** |z| of a normal beyond X_1 (G. Marsaglia, 1964), and below the top of the lowest layer. */
function tail(state: usize): f64 {
  const start = tailStart();
  const top = load<f64>(boxes, 24);
  while (true) {
    const x = Math.sqrt(start * start - 2.0 * Math.log(uniform(state)));
    if (uniform(state) * x < start && uniform(state) * density(x) < top) return x;
  }
}

/** A normal from what the rectangles leave out. */
export function residual(state: usize): f64 {
  const bits = word(state);
  let part = <i32>(bits & (SIZE - 1));
  part = select(part, load<i32>(i32At(other, part)), uniform32(state) < load<f64>(f64At(stay, part)));
  const sign = bits >> 31 ? -1.0 : 1.0;
  if (part == TAIL) return sign * tail(state);
  const box = boxAt(part);
  const slack = load<f64>(box, 32);
  while (true) {
    const across = uniform32(state);
    const up = uniform32(state);
    // far enough from the diagonal the density itself need not be known
    const place = across + up - 1.0;
    if (place > slack) continue;
    const x = load<f64>(box) + across * load<f64>(box, 8);
    if (place < -slack || load<f64>(box, 16) + up * load<f64>(box, 24) < density(x)) return sign * x;
  }
}
