/**
 * Gaussian moments (T2) of any loss f(r, y) of one output by quadrature over r, from f, f′ and, where it is smooth, f″.
 * They are for class labels, and for binary labels that a teacher's response r* decides. There y is averaged first.
 * Given r, r* is Gaussian, and P(y = 1 | r) with its derivatives is known (labels.ts), so that one integral is left,
 * whose transition near |correlation| = 1 is cut out. Derivatives are Hermite factors:
 * E ∂_r h + (q/B) E ∂_{r*} h = E[h z]/√B with r = m + √B z.
 */
import { createLabelAverage, type BinaryLabels } from '../labels/labels.ts';
import { createPanels, MOST_NODES } from '../math/gaussian-panels.ts';

/** What defines a loss of one output; a label is a class index or a binary label (labels.ts), both 0 or 1 for two classes. */
export interface LabelledFunction {
  /** f. */
  value(label: number, output: number): number;
  /** f′; at a jump the mean of both sides. */
  slope(label: number, output: number): number;
  /** f″ between kinks. */
  curvature(label: number, output: number): number;
  /** Outputs at which f or f′ has a kink or a jump; absent where there are none. */
  kinks?(label: number): readonly number[];
  /** Writes f, f′ and f″ at the first `count` outputs, where that is cheaper than one by one. At most MOST_OUTPUTS. */
  write?(label: number, outputs: Float64Array, count: number, out: LabelledRows): void;
}

/** f, f′ and f″ at outputs, MOST_OUTPUTS each. */
export type LabelledRows = readonly [value: Float64Array, slope: Float64Array, curvature: Float64Array];

/** Most outputs that are asked for at once: the nodes of a rule on both sides. */
export const MOST_OUTPUTS = 2 * MOST_NODES;

/** The joint law of r and r* of one class. Without a teacher `covariance` and the teacher's part are 0. */
export interface PairLaw {
  /** m. */
  mean: number;
  /** B. */
  variance: number;
  /** m*. */
  teacherMean: number;
  /** B*. */
  teacherVariance: number;
  /** q. */
  covariance: number;
}

/** Derivatives of g, H, H* and Q by one entry of the law. */
export interface LabelledSlopes {
  gradient: number;
  curvature: number;
  cross: number;
  square: number;
}

/** R, g, H, H* and Q (T9), with the derivatives that implicit solvers need. ∂R is (g, ½H, H*). */
export interface LabelledMoments {
  risk: number;
  gradient: number;
  curvature: number;
  /** H*; 0 without a teacher. */
  cross: number;
  gradientSquare: number;
  readonly byMean: LabelledSlopes;
  readonly byVariance: LabelledSlopes;
  /** By q. */
  readonly byCovariance: LabelledSlopes;
  /** ∂Q/∂m* and ∂²Q/∂m*². */
  squareByTeacherMean: number;
  squareByTeacherMeanTwice: number;
  /** Estimated absolute error of the worst of the moments themselves. */
  errorEstimate: number;
}

const createSlopes = (): LabelledSlopes => ({ gradient: 0, curvature: 0, cross: 0, square: 0 });

/** A buffer for moments. */
export const createLabelledMoments = (): LabelledMoments => ({
  risk: 0,
  gradient: 0,
  curvature: 0,
  cross: 0,
  gradientSquare: 0,
  byMean: createSlopes(),
  byVariance: createSlopes(),
  byCovariance: createSlopes(),
  squareByTeacherMean: 0,
  squareByTeacherMeanTwice: 0,
  errorEstimate: 0,
});

/** Moments under a law. @param label of class labels; ignored where a teacher decides. */
export type MomentsOf = (label: number, law: PairLaw, out: LabelledMoments) => void;

/** Below this B the moments are those at it: rounding in E[f′z]/√B would outgrow what B changes. */
export const LEAST_VARIANCE = 1e-11;
/** Least conditional variance of r* in units of B*: a transition of 1e-7 standard deviations. */
export const LEAST_RATIO = 1e-14;
/** Ends of a transition in units of its width. */
export const TRANSITION = [0, 2, 5, 9];

/**
 * Cuts, in standard deviations of r, around where the sign of r* changes if that is nearly a function of r.
 * @param along change of the mean of r* per standard deviation of r.
 * @param conditional variance of r* given r.
 */
export function transitionCuts(teacherMean: number, along: number, conditional: number): number[] {
  const width = Math.sqrt(conditional) / Math.abs(along);
  const crossing = -teacherMean / along;
  return width < 1 ? TRANSITION.flatMap((step) => [crossing - step * width, crossing + step * width]) : [];
}

/** Values at one r: f, ∂_s^b of f′ (b = 0 … 3), of f″ (0 … 2), of f′² (0 … 2) and of (f′²)′ (0, 1), y averaged. */
const VALUE = 0;
const SLOPE = 1;
const CURVATURE = 5;
const SQUARE = 8;
const SQUARE_SLOPE = 11;
const VALUES = 13;

/** Sums of those against Hermite polynomials: [value, degree]. Of a smooth loss f″ takes one degree of f′. */
const SMOOTH: readonly (readonly [number, number])[] = [
  [VALUE, 0],
  ...[0, 1, 2].map((b) => [SLOPE + b, 0] as const),
  ...[0, 1, 2].map((b) => [CURVATURE + b, 0] as const),
  ...[0, 1].map((b) => [CURVATURE + b, 1] as const),
  [CURVATURE, 2],
  ...[0, 1, 2].map((b) => [SQUARE + b, 0] as const),
  ...[0, 1].map((b) => [SQUARE_SLOPE + b, 0] as const),
  [SQUARE_SLOPE, 1],
];
const KINKED: readonly (readonly [number, number])[] = [
  [VALUE, 0],
  ...[0, 1, 2, 3].map((b) => [SLOPE + b, 0] as const),
  ...[0, 1, 2].map((b) => [SLOPE + b, 1] as const),
  ...[0, 1].map((b) => [SLOPE + b, 2] as const),
  [SLOPE, 3],
  ...[0, 1, 2].map((b) => [SQUARE + b, 0] as const),
  ...[0, 1].map((b) => [SQUARE + b, 1] as const),
  [SQUARE, 2],
];

const list = (): Float64Array => new Float64Array(MOST_OUTPUTS);

/**
 * The moments of a loss by quadrature.
 * @param binary the law of the labels given r*; null for class labels.
 * @returns not reentrant: buffers are its own. All NaN where the law is not finite.
 */
export function momentsOf(loss: LabelledFunction, binary: BinaryLabels | null): MomentsOf {
  const kinks = [0, 1].map((label) => loss.kinks?.(label) ?? []);
  const smooth = kinks.every((each) => each.length === 0);
  const terms = smooth ? SMOOTH : KINKED;
  const panels = createPanels(terms.length);
  const average = createLabelAverage();
  const [above, below, centre, magnitudes] = [0, 1, 2, 3].map(() => new Float64Array(VALUES));
  const law = { mean: 0, root: 0, teacherMean: 0, teacherRoot: 0, conditional: 0, label: 0, teaches: false };
  const kappa = [1, 0, 0, 0];
  const polynomials = Float64Array.of(1, 0, 0, 0);

  const outputs = new Float64Array(MOST_OUTPUTS);
  const rows = [0, 1].map((): LabelledRows => [0, 1, 2].map(list) as unknown as LabelledRows);

  /** The loss at the first `count` outputs, of all labels that may be told. */
  function computeRows(count: number): void {
    for (const label of binary ? [0, 1] : [law.label]) {
      if (loss.write) loss.write(label, outputs, count, rows[binary ? label : 0]);
      else writeOneByOne(label, count, rows[binary ? label : 0]);
    }
  }

  function writeOneByOne(label: number, count: number, [value, slope, curvature]: LabelledRows): void {
    for (let k = 0; k < count; k++) {
      value[k] = loss.value(label, outputs[k]);
      slope[k] = loss.slope(label, outputs[k]);
      if (smooth) curvature[k] = loss.curvature(label, outputs[k]);
    }
  }

  /** Next place of the rows that is read. */
  let next = 0;
  /** Computes the rows at z and −z of a rule. */
  function prepare(nodes: Float64Array): void {
    for (let k = 0; k < nodes.length; k++) {
      outputs[2 * k] = law.mean + law.root * nodes[k];
      outputs[2 * k + 1] = law.mean + law.root * -nodes[k];
    }
    computeRows(2 * nodes.length);
    next = 0;
  }

  /** The values at r = m + √B z, place k of the rows; with `sizes`, adds the sizes of what they are differences of. */
  function writeValues(z: number, k: number, out: Float64Array, sizes: Float64Array | null): void {
    if (!binary) {
      writeLabel(k, out);
      if (sizes) for (let n = 0; n < VALUES; n++) sizes[n] += Math.abs(out[n]);
      return;
    }
    if (law.teaches) binary.average(law.teacherMean + law.teacherRoot * z, law.conditional, average);
    else Object.assign(average, { value: binary.probability(law.teacherMean), slope: 0, second: 0, third: 0 });
    const [of, by] = rows;
    const [first, second] = [of[1][k], by[1][k]];
    const step = first - second;
    const squareStep = first * first - second * second;
    const other = by[0][k];
    out[VALUE] = other + average.value * (of[0][k] - other);
    out[SLOPE] = second + average.value * step;
    out[SLOPE + 1] = average.slope * step;
    out[SLOPE + 2] = average.second * step;
    out[SLOPE + 3] = average.third * step;
    out[SQUARE] = second * second + average.value * squareStep;
    out[SQUARE + 1] = average.slope * squareStep;
    out[SQUARE + 2] = average.second * squareStep;
    if (sizes) addSizes(sizes, k);
    if (!smooth) return;
    const [firstCurvature, secondCurvature] = [of[2][k], by[2][k]];
    const curvatureStep = firstCurvature - secondCurvature;
    const turn = 2 * (first * firstCurvature - second * secondCurvature);
    out[CURVATURE] = secondCurvature + average.value * curvatureStep;
    out[CURVATURE + 1] = average.slope * curvatureStep;
    out[CURVATURE + 2] = average.second * curvatureStep;
    out[SQUARE_SLOPE] = 2 * second * secondCurvature + average.value * turn;
    out[SQUARE_SLOPE + 1] = average.slope * turn;
  }

  /** Adds what the values are averages of, over both labels. */
  function addSizes(sizes: Float64Array, k: number): void {
    const factors = [1, average.slope, average.second, average.third].map(Math.abs);
    for (const of of rows) {
      const slope = Math.abs(of[1][k]);
      const curvature = smooth ? Math.abs(of[2][k]) : 0;
      sizes[VALUE] += Math.abs(of[0][k]);
      for (let b = 0; b < 4; b++) sizes[SLOPE + b] += factors[b] * slope;
      for (let b = 0; b < 3; b++) sizes[CURVATURE + b] += factors[b] * curvature;
      for (let b = 0; b < 3; b++) sizes[SQUARE + b] += factors[b] * slope * slope;
      for (let b = 0; b < 2; b++) sizes[SQUARE_SLOPE + b] += 2 * factors[b] * slope * curvature;
    }
  }

  function writeLabel(k: number, out: Float64Array): void {
    const [[value, slopes, curvatures]] = rows;
    out.fill(0);
    const slope = slopes[k];
    out[VALUE] = value[k];
    out[SLOPE] = slope;
    out[SQUARE] = slope * slope;
    if (!smooth) return;
    out[CURVATURE] = curvatures[k];
    out[SQUARE_SLOPE] = 2 * slope * out[CURVATURE];
  }

  /** Pairs ±z: differences of values that are close are taken before they are summed. */
  function functions(z: number, out: Float64Array, sizes: Float64Array | null): void {
    if (sizes) magnitudes.fill(0);
    writeValues(z, next, above, sizes && magnitudes);
    writeValues(-z, next + 1, below, sizes && magnitudes);
    next += 2;
    polynomials[1] = z;
    polynomials[2] = z * z - 1;
    polynomials[3] = z * (z * z - 3);
    for (let k = 0; k < terms.length; k++) {
      const [value, degree] = terms[k];
      const [up, down] = [above[value], below[value]];
      const middle = centre[value];
      const sum = degree % 2 === 1 ? up - down : degree === 0 ? up + down : up - middle + (down - middle);
      out[k] = sum * polynomials[degree];
      if (sizes) sizes[k] = magnitudes[value] * Math.abs(polynomials[degree]);
    }
  }

  function read({ mean, variance, teacherMean, teacherVariance, covariance }: PairLaw, label: number): void {
    const floored = Math.max(variance, LEAST_VARIANCE);
    law.label = label;
    law.mean = mean;
    law.root = Math.sqrt(floored);
    law.teacherMean = teacherMean;
    // a teacher that sees nothing of a class answers the same to all of it: B* = 0, q = 0
    law.teaches = binary !== null && teacherVariance > 0;
    law.teacherRoot = law.teaches ? covariance / law.root : 0;
    law.conditional = Math.max(teacherVariance - law.teacherRoot * law.teacherRoot, LEAST_RATIO * teacherVariance);
    const ratio = law.teacherRoot / law.root;
    for (let k = 1; k < kappa.length; k++) kappa[k] = -ratio * kappa[k - 1];
  }

  function cuts(): number[] {
    const of = (label: number) => kinks[label].map((kink) => (kink - law.mean) / law.root);
    if (!binary) return of(law.label);
    return [...of(0), ...of(1), ...transitionCuts(law.teacherMean, law.teacherRoot, law.conditional)];
  }

  const place = new Map(terms.map(([value, degree], k) => [VALUES * degree + value, k]));
  const inverse = (degree: number): number => {
    let product = 1;
    for (let k = 0; k < degree; k++) product *= law.root;
    return 1 / product;
  };
  /** E He_n(z) h / B^{n/2}. */
  const sum = (value: number, degree: number): number =>
    panels.sums[place.get(VALUES * degree + value) ?? NaN] * inverse(degree);
  const error = (value: number, degree: number): number =>
    panels.errors[place.get(VALUES * degree + value) ?? NaN] * inverse(degree);

  /** E ∂_r^a ∂_s^b h, with `base` the values of h, and `turned` those of its derivative where it is smooth. */
  function derivative(base: number, turned: number, a: number, b: number): number {
    if (a === 0) return sum(base + b, 0);
    const [from, order] = smooth ? [turned, a - 1] : [base, a];
    let total = 0;
    for (let k = 0, binomial = 1; k <= order; k++) {
      // of class labels nothing depends on r*
      if (k > 0 && kappa[1] === 0) break;
      total += binomial * kappa[k] * sum(from + b + k, order - k);
      binomial = (binomial * (order - k)) / (k + 1);
    }
    return total;
  }

  return (label, given, out) => {
    read(given, label);
    if (!Number.isFinite(law.mean + law.root + law.teacherMean + law.teacherRoot + law.conditional)) {
      fillNaN(out);
      return;
    }
    outputs[0] = law.mean + law.root * 0;
    computeRows(1);
    writeValues(0, 0, centre, null);
    panels.integrate(functions, cuts(), prepare);
    const of = (a: number, b: number) => derivative(SLOPE, CURVATURE, a, b);
    const ofSquare = (a: number, b: number) => derivative(SQUARE, SQUARE_SLOPE, a, b);
    const { byMean, byVariance, byCovariance } = out;
    out.risk = sum(VALUE, 0);
    out.gradient = of(0, 0);
    out.curvature = of(1, 0);
    out.gradientSquare = ofSquare(0, 0);
    out.cross = binary ? of(0, 1) : 0;
    byMean.gradient = out.curvature;
    byMean.curvature = of(2, 0);
    byMean.square = ofSquare(1, 0);
    byVariance.gradient = 0.5 * byMean.curvature;
    byVariance.curvature = 0.5 * of(3, 0);
    byVariance.square = 0.5 * ofSquare(2, 0);
    byMean.cross = byCovariance.gradient = binary ? of(1, 1) : 0;
    byCovariance.curvature = binary ? of(2, 1) : 0;
    byVariance.cross = 0.5 * byCovariance.curvature;
    byCovariance.cross = binary ? of(1, 2) : 0;
    byCovariance.square = binary ? ofSquare(1, 1) : 0;
    out.squareByTeacherMean = binary ? ofSquare(0, 1) : 0;
    out.squareByTeacherMeanTwice = binary ? ofSquare(0, 2) : 0;
    const own = [error(VALUE, 0), error(SLOPE, 0), error(SQUARE, 0), smooth ? error(CURVATURE, 0) : error(SLOPE, 1)];
    if (binary) own.push(error(SLOPE + 1, 0) * (1 + (smooth ? 0 : Math.abs(kappa[1]))));
    out.errorEstimate = Math.max(...own);
  };
}

export function fillNaN(out: LabelledMoments): void {
  const { byMean, byVariance, byCovariance } = out;
  out.risk = out.gradient = out.curvature = out.cross = out.gradientSquare = out.errorEstimate = NaN;
  out.squareByTeacherMean = out.squareByTeacherMeanTwice = NaN;
  for (const slopes of [byMean, byVariance, byCovariance]) {
    slopes.gradient = slopes.curvature = slopes.cross = slopes.square = NaN;
  }
}
