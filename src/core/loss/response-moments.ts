/**
 * Gaussian moments (T9) of any loss f(r, s) of one output that sees a teacher's response s = r* + σε: two integrals, one
 * within the other, both cut at the kinks. The narrower of r and s is the outer variable and the broader one is averaged
 * first; where that leaves a narrow conditional law the outer integrand turns within its width, and cuts go around there.
 * The noise makes s broader and changes nothing else: E ∂h/∂r* = E ∂h/∂s.
 */
import { createPanels, ROUNDING, WINDOW } from '../math/gaussian-panels.ts';
import { rootsOf } from '../math/roots.ts';
import { fillNaN, LEAST_RATIO, LEAST_VARIANCE, TRANSITION, type MomentsOf, type PairLaw } from './labelled-moments.ts';

/** What defines a loss of one output that sees a response. */
export interface ResponseFunction {
  /** f. */
  value(response: number, output: number): number;
  /** ∂f/∂r; at a jump the mean of both sides. */
  slope(response: number, output: number): number;
  /** ∂²f/∂r² between kinks. */
  curvature(response: number, output: number): number;
  /** E f′² given r and s, where these are averages over something else; absent where it is the square of `slope`. */
  square?(response: number, output: number): number;
  /** Functions of s and r whose zeros are where f or f′ has a kink or a jump; absent where there are none. */
  switches?: readonly ((response: number, output: number) => number)[];
}

/** Values that are averaged: f, f′, f′² and, of a smooth loss, f″. */
const [VALUE, SLOPE, SQUARE, CURVATURE] = [0, 1, 2, 3];
const VALUES = 4;
/** Largest degree of the Hermite polynomial that each of them is taken against. */
const DEGREES = [0, 3, 2, 0];
/** Sums against polynomials of the inner variable: [value, degree]. */
const INNER = DEGREES.flatMap((most, value) =>
  Array.from({ length: most + 1 }, (_, degree) => [value, degree] as const),
);
/** Of the outer one against those: [place in INNER, degree]. */
const OUTER = INNER.flatMap(([value, inner], k) =>
  Array.from({ length: DEGREES[value] - inner + 1 }, (_, degree) => [k, degree] as const),
);
const innerPlace = (value: number, degree: number): number =>
  INNER.findIndex((term) => term[0] === value && term[1] === degree);
/** Place in OUTER of a value against polynomials of both variables, by [value][outer degree][inner degree]. */
const PLACES = DEGREES.map((most, value) =>
  Array.from({ length: most + 1 }, (_, outer) =>
    Array.from({ length: most + 1 - outer }, (_entry, inner) =>
      OUTER.findIndex(([k, degree]) => k === innerPlace(value, inner) && degree === outer),
    ),
  ),
);
const BINOMIALS = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1]];

/** Intervals between samples along a line on which zeros of switches are looked for. */
const SAMPLES = { inner: 24, outer: 96 };
/** Step of the differences that say how fast a switch turns, in standard deviations. */
const STEP = 1e-4;

/** Writes 1, z, z² − 1, z³ − 3z. */
function writeHermite(z: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = z;
  out[2] = z * z - 1;
  out[3] = z * (z * z - 3);
}

/** h(z) He_n(z) + h(−z) He_n(−z); of degree 2 less what a constant has no part in, so that small differences keep their digits. */
function paired(up: number, down: number, centre: number, degree: number, polynomial: number): number {
  if (degree % 2 === 1) return (up - down) * polynomial;
  return degree === 0 ? up + down : (up - centre + (down - centre)) * polynomial;
}

/**
 * The moments of a loss of responses by quadrature, for any law of (r, r*); `label` is not looked at.
 * @param noise σ, standard deviation of the Gaussian noise of the response.
 * @returns not reentrant: buffers are its own. All NaN where the law is not finite. A loss that sees noise otherwise than
 * in s brings it into the law: of f(r − σε, s) the variance is B + σ².
 */
export function responseMoments(loss: ResponseFunction, noise: number): MomentsOf {
  const switches = loss.switches ?? [];
  const smooth = switches.length === 0;
  const inner = createPanels(INNER.length);
  const outer = createPanels(OUTER.length);
  const [polynomials, ownPolynomials] = [new Float64Array(4), new Float64Array(4)];
  const [above, below, centre] = [0, 1, 2].map(() => new Float64Array(VALUES));
  const [up, down, middle, upSizes, downSizes] = [0, 1, 2, 3, 4].map(() => new Float64Array(INNER.length));
  const law = { mean: 0, teacherMean: 0, outerRoot: 0, innerRoot: 0, along: 0, outputOutside: true, certain: false };

  /** Moves to (z₁, z₂) of the outer and the inner variable. */
  const place = { response: 0, output: 0 };
  function move(first: number, second: number): void {
    const far = law.outerRoot * first;
    const near = law.along * far + law.innerRoot * second;
    place.output = law.mean + (law.outputOutside ? far : near);
    place.response = law.teacherMean + (law.outputOutside ? near : far);
  }

  function writeValues(first: number, second: number, out: Float64Array): void {
    move(first, second);
    const slope = loss.slope(place.response, place.output);
    out[VALUE] = loss.value(place.response, place.output);
    out[SLOPE] = slope;
    out[SQUARE] = loss.square ? loss.square(place.response, place.output) : slope * slope;
    out[CURVATURE] = smooth ? loss.curvature(place.response, place.output) : 0;
  }

  /** Where a switch has its zeros along a line. */
  const zeros = (line: (z: number) => number, intervals: number): number[] => rootsOf(line, -WINDOW, WINDOW, intervals);
  const along = (of: (response: number, output: number) => number, first: number, second: number): number => {
    move(first, second);
    return of(place.response, place.output);
  };

  /** Integrates over the inner variable at z₁ of the outer one. */
  function integrateInner(first: number, out: Float64Array, sizes: Float64Array | null): void {
    writeValues(first, 0, centre);
    if (law.certain) {
      INNER.forEach(([value, degree], k) => (out[k] = degree === 0 ? centre[value] : 0));
      if (sizes) for (let k = 0; k < sizes.length; k++) sizes[k] = Math.abs(out[k]);
      return;
    }
    inner.integrate(
      (z, values, magnitudes) => {
        writeValues(first, z, above);
        writeValues(first, -z, below);
        writeHermite(z, polynomials);
        for (let k = 0; k < INNER.length; k++) {
          const [value, degree] = INNER[k];
          values[k] = paired(above[value], below[value], centre[value], degree, polynomials[degree]);
          if (magnitudes) {
            magnitudes[k] = (Math.abs(above[value]) + Math.abs(below[value])) * Math.abs(polynomials[degree]);
          }
        }
      },
      switches.flatMap((of) => zeros((z) => along(of, first, z), SAMPLES.inner)),
    );
    out.set(inner.sums);
    if (!sizes) return;
    // errors of the inner integral are to the outer one what rounding is
    for (let k = 0; k < sizes.length; k++) sizes[k] = inner.sizes[k] + inner.errors[k] / ROUNDING;
  }

  function functions(z: number, out: Float64Array, sizes: Float64Array | null): void {
    integrateInner(z, up, sizes && upSizes);
    integrateInner(-z, down, sizes && downSizes);
    writeHermite(z, ownPolynomials);
    for (let j = 0; j < OUTER.length; j++) {
      const [k, degree] = OUTER[j];
      out[j] = paired(up[k], down[k], middle[k], degree, ownPolynomials[degree]);
      if (sizes) sizes[j] = (upSizes[k] + downSizes[k]) * Math.abs(ownPolynomials[degree]);
    }
  }

  /** Where a switch passes 0 on the way of the inner mean: there the outer integrand turns within the inner width. */
  function cuts(): number[] {
    return switches.flatMap((of) =>
      zeros((z) => along(of, z, 0), SAMPLES.outer).flatMap((crossing) => {
        const outerTurn = along(of, crossing + STEP, 0) - along(of, crossing - STEP, 0);
        const innerTurn = law.certain ? 0 : along(of, crossing, STEP) - along(of, crossing, -STEP);
        const width = Math.abs(innerTurn / outerTurn);
        return width < 1 ? TRANSITION.flatMap((step) => [crossing - step * width, crossing + step * width]) : [];
      }),
    );
  }

  function read({ mean, variance, teacherMean, teacherVariance, covariance }: PairLaw): void {
    const output = Math.max(variance, LEAST_VARIANCE);
    const clean = Math.max(0, teacherVariance) + noise * noise;
    // a response that is certain stays so: there is nothing to average over, and nothing that it could be correlated with
    law.certain = clean === 0;
    const response = law.certain ? 0 : Math.max(clean, LEAST_VARIANCE);
    law.outputOutside = law.certain || output <= response;
    const [far, near] = law.outputOutside ? [output, response] : [response, output];
    law.mean = mean;
    law.teacherMean = teacherMean;
    law.along = law.certain ? 0 : covariance / far;
    law.outerRoot = Math.sqrt(far);
    law.innerRoot = Math.sqrt(Math.max(near - law.along * covariance, LEAST_RATIO * near));
  }

  /** E He_a(z₁) He_b(z₂) h over √far^a √rest^b. */
  function scaled(from: Float64Array, value: number, first: number, second: number): number {
    const result = from[PLACES[value][first][second]] / power(law.outerRoot, first);
    return second === 0 ? result : law.certain ? 0 : result / power(law.innerRoot, second);
  }

  /** E ∂_r^a ∂_s^b h: the outer derivative moves the inner mean along, which is taken off again. */
  function derivative(value: number, byOutput: number, byResponse: number): number {
    const [far, near] = law.outputOutside ? [byOutput, byResponse] : [byResponse, byOutput];
    let total = 0;
    for (let k = 0; k <= far; k++) {
      total += BINOMIALS[far][k] * power(-law.along, k) * scaled(outer.sums, value, far - k, near + k);
    }
    return total;
  }

  /** The estimated absolute error of the worst moment. */
  function worstError(): number {
    const of = (value: number, first: number, second: number): number => scaled(outer.errors, value, first, second);
    const near = of(SLOPE, 0, 1);
    const far = smooth ? of(CURVATURE, 0, 0) : of(SLOPE, 1, 0) + Math.abs(law.along) * near;
    return Math.max(of(VALUE, 0, 0), of(SLOPE, 0, 0), of(SQUARE, 0, 0), near, far);
  }

  return (_label, given, out) => {
    const { mean, variance, teacherMean, teacherVariance, covariance } = given;
    if (!Number.isFinite(mean + variance + teacherMean + teacherVariance + covariance)) {
      fillNaN(out);
      return;
    }
    read(given);
    integrateInner(0, middle, null);
    outer.integrate(functions, cuts());
    const { byMean, byVariance, byCovariance } = out;
    out.risk = derivative(VALUE, 0, 0);
    out.gradient = derivative(SLOPE, 0, 0);
    out.curvature = byMean.gradient = smooth ? derivative(CURVATURE, 0, 0) : derivative(SLOPE, 1, 0);
    out.cross = derivative(SLOPE, 0, 1);
    out.gradientSquare = derivative(SQUARE, 0, 0);
    byMean.curvature = derivative(SLOPE, 2, 0);
    byMean.cross = byCovariance.gradient = derivative(SLOPE, 1, 1);
    byMean.square = derivative(SQUARE, 1, 0);
    byVariance.gradient = 0.5 * byMean.curvature;
    byVariance.curvature = 0.5 * derivative(SLOPE, 3, 0);
    byVariance.square = 0.5 * derivative(SQUARE, 2, 0);
    byCovariance.curvature = derivative(SLOPE, 2, 1);
    byVariance.cross = 0.5 * byCovariance.curvature;
    byCovariance.cross = derivative(SLOPE, 1, 2);
    byCovariance.square = derivative(SQUARE, 1, 1);
    out.squareByTeacherMean = derivative(SQUARE, 0, 1);
    out.squareByTeacherMeanTwice = derivative(SQUARE, 0, 2);
    out.errorEstimate = worstError();
  };
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let k = 0; k < exponent; k++) product *= base;
  return product;
}
