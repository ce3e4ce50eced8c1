/**
 * Gaussian moments (T9) of any loss f(r, s) of one output that sees a teacher's response s = r* + σε: two integrals, one
 * within the other, both cut at the kinks. The narrower of r and s is the outer variable and the broader one is averaged
 * first, unless kinks come and go along that one and not along the other. Where one leaves, the outer integrand is not
 * smooth. Where the conditional law is narrow the outer integrand turns within its width, and cuts go around there.
 * The noise makes s broader and changes nothing else: E ∂h/∂r* = E ∂h/∂s.
 */
import { createPanels, ROUNDING, WINDOW } from '../math/gaussian-panels.ts';
import { placesOn, rootsBetween } from '../math/roots.ts';
import { fillNaN, LEAST_RATIO, LEAST_VARIANCE, TRANSITION, type MomentsOf, type PairLaw } from './labelled-moments.ts';
import { createPlaces, createRows, MOST_PLACES, type ResponseRows, type WriteRow } from './response-rows.ts';

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

/** Samples along a line between which zeros of switches are looked for. */
const [INNER_SAMPLES, OUTER_SAMPLES] = [24, 96].map((intervals) => placesOn(-WINDOW, WINDOW, intervals));
/** Places of the outer variable at which it is looked whether kinks come and go along the inner one. */
const LINES = [-6, -4, -2, -1, 0, 1, 2, 4, 6];
/** Ratio of the variances below which the narrower of both stays outside. */
const NARROW = 1e-4;
/** Width of a turn, in standard deviations of the outer variable, below which cuts go around it: halving finds broader ones. */
const SHARP = 0.3;
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
export function responseMoments({ write, switches }: ResponseRows, noise: number): MomentsOf {
  const smooth = switches.length === 0;
  const inner = createPanels(INNER.length);
  const outer = createPanels(OUTER.length);
  const polynomials = new Float64Array(4);
  const centre = new Float64Array(VALUES);
  const [up, down, middle, upSizes, downSizes] = [0, 1, 2, 3, 4].map(() => new Float64Array(INNER.length));
  const law = { mean: 0, teacherMean: 0, outerRoot: 0, innerRoot: 0, along: 0, outputOutside: true, certain: false };
  const [places, rows] = [createPlaces(), createRows()];
  const [single, samples] = [0, 1].map(() => new Float64Array(MOST_PLACES));

  /** Puts (z₁, z₂) of the outer and the inner variable at a place of the list. */
  function put(k: number, first: number, second: number): void {
    const far = law.outerRoot * first;
    const near = law.along * far + law.innerRoot * second;
    places.output[k] = law.mean + (law.outputOutside ? far : near);
    places.response[k] = law.teacherMean + (law.outputOutside ? near : far);
  }

  function writeRows(count: number): void {
    write(places, count, rows);
    // between kinks f″ says nothing of the jumps of f′
    if (!smooth) rows[CURVATURE].fill(0, 0, count);
  }

  /** One value of a switch. */
  function valueOf(of: WriteRow, first: number, second: number): number {
    put(0, first, second);
    of(places, 1, single);
    return single[0];
  }

  /** Samples of a switch along the inner variable, its window widened by a factor. */
  function writeSamples(of: WriteRow, first: number, widened = 1): void {
    for (let k = 0; k < INNER_SAMPLES.length; k++) put(k, first, widened * INNER_SAMPLES[k]);
    of(places, INNER_SAMPLES.length, samples);
  }

  /** Where a switch has its zeros along the inner variable. */
  function innerZeros(of: WriteRow, first: number): number[] {
    writeSamples(of, first);
    return rootsBetween((z) => valueOf(of, first, z), INNER_SAMPLES, samples);
  }

  /** Where a switch has its zeros along the outer variable, at the mean of the inner one. */
  function outerZeros(of: WriteRow): number[] {
    for (let k = 0; k < OUTER_SAMPLES.length; k++) put(k, OUTER_SAMPLES[k], 0);
    of(places, OUTER_SAMPLES.length, samples);
    return rootsBetween((z) => valueOf(of, z, 0), OUTER_SAMPLES, samples);
  }

  /** Row of the inner variable that is computed, and how much of it has been asked for. */
  const row = { first: 0, next: 0 };
  function prepare(nodes: Float64Array): void {
    for (let k = 0; k < nodes.length; k++) {
      put(2 * k, row.first, nodes[k]);
      put(2 * k + 1, row.first, -nodes[k]);
    }
    writeRows(2 * nodes.length);
    row.next = 0;
  }

  /** Values at the next node of the row and at the one opposite. Written out: a call for each sum would cost more than it. */
  function innerFunctions(z: number, values: Float64Array, magnitudes: Float64Array | null): void {
    const [above, below] = [row.next, row.next + 1];
    row.next += 2;
    writeHermite(z, polynomials);
    for (let value = 0, k = 0; value < VALUES; value++) {
      const [over, under, middleValue] = [rows[value][above], rows[value][below], centre[value]];
      const [even, odd] = [over - middleValue + (under - middleValue), over - under];
      const size = Math.abs(over) + Math.abs(under);
      for (let degree = 0; degree <= DEGREES[value]; degree++, k++) {
        const polynomial = polynomials[degree];
        values[k] = degree === 0 ? over + under : (degree === 2 ? even : odd) * polynomial;
        if (magnitudes) magnitudes[k] = size * Math.abs(polynomial);
      }
    }
  }

  /** Integrates over the inner variable at z₁ of the outer one. */
  function integrateInner(first: number, out: Float64Array, sizes: Float64Array | null): void {
    put(0, first, 0);
    writeRows(1);
    for (let value = 0; value < VALUES; value++) centre[value] = rows[value][0];
    if (law.certain) {
      INNER.forEach(([value, degree], k) => (out[k] = degree === 0 ? centre[value] : 0));
      if (sizes) for (let k = 0; k < sizes.length; k++) sizes[k] = Math.abs(out[k]);
      return;
    }
    row.first = first;
    inner.integrate(
      innerFunctions,
      switches.flatMap((of) => innerZeros(of, first)),
      prepare,
    );
    out.set(inner.sums);
    if (!sizes) return;
    // errors of the inner integral are to the outer one what rounding is
    for (let k = 0; k < sizes.length; k++) sizes[k] = inner.sizes[k] + inner.errors[k] / ROUNDING;
  }

  function functions(z: number, out: Float64Array, sizes: Float64Array | null): void {
    integrateInner(z, up, sizes && upSizes);
    integrateInner(-z, down, sizes && downSizes);
    writeHermite(z, polynomials);
    for (let j = 0; j < OUTER.length; j++) {
      const [k, degree] = OUTER[j];
      out[j] = paired(up[k], down[k], middle[k], degree, polynomials[degree]);
      if (sizes) sizes[j] = (upSizes[k] + downSizes[k]) * Math.abs(polynomials[degree]);
    }
  }

  /** Where a switch passes 0 on the way of the inner mean: there the outer integrand turns within the inner width. */
  function cuts(): number[] {
    return switches.flatMap((of) =>
      outerZeros(of).flatMap((crossing) => {
        const outerTurn = valueOf(of, crossing + STEP, 0) - valueOf(of, crossing - STEP, 0);
        const innerTurn = law.certain ? 0 : valueOf(of, crossing, STEP) - valueOf(of, crossing, -STEP);
        const width = Math.abs(innerTurn / outerTurn);
        return width < SHARP ? TRANSITION.flatMap((step) => [crossing - step * width, crossing + step * width]) : [];
      }),
    );
  }

  function read(given: PairLaw): void {
    const output = Math.max(given.variance, LEAST_VARIANCE);
    const clean = Math.max(0, given.teacherVariance) + noise * noise;
    // a response that is certain stays so: there is nothing to average over, and nothing that it could be correlated with
    law.certain = clean === 0;
    const response = law.certain ? 0 : Math.max(clean, LEAST_VARIANCE);
    law.mean = given.mean;
    law.teacherMean = given.teacherMean;
    const narrowOutside = law.certain || output <= response;
    const order = (outputOutside: boolean) => arrange(output, response, given.covariance, outputOutside);
    order(narrowOutside);
    if (law.certain || smooth || isRegular()) return;
    order(!narrowOutside);
    if (Math.min(output, response) > NARROW * Math.max(output, response) && isRegular()) return;
    order(narrowOutside);
  }

  function arrange(output: number, response: number, covariance: number, outputOutside: boolean): void {
    const [far, near] = outputOutside ? [output, response] : [response, output];
    law.outputOutside = outputOutside;
    law.along = law.certain ? 0 : covariance / far;
    law.outerRoot = Math.sqrt(far);
    law.innerRoot = Math.sqrt(Math.max(near - law.along * covariance, LEAST_RATIO * near));
  }

  /** Whether every switch has as many zeros along the inner variable wherever the outer one is, far out too. */
  function isRegular(): boolean {
    const widened = Math.max(1, law.outerRoot / law.innerRoot);
    return switches.every((of) => {
      const counts = LINES.map((first) => {
        writeSamples(of, first, widened);
        let changes = 0;
        for (let k = 1; k < INNER_SAMPLES.length; k++) if (samples[k] > 0 !== samples[k - 1] > 0) changes++;
        return changes;
      });
      return counts.every((count) => count === counts[0]);
    });
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
