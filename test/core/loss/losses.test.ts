import { describe, expect, it } from 'vitest';
import { labelsKind } from '../../../src/core/labels/labels-spec.ts';
import { createMoments, type GaussianMoments, type Loss } from '../../../src/core/loss/loss.ts';
import {
  createLoss,
  labelsOf,
  lossKind,
  lossSchema,
  outputsOf,
  type LossSpec,
} from '../../../src/core/loss/loss-spec.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { answer, pairs, type Pair } from './pairs.ts';
import { Averages, drawSample, randomLaw, type Law } from './sample.ts';

/** Numbers of classes to try a loss with; one or two and three where nothing is said. */
const classCounts: Readonly<Record<string, readonly number[]>> = {
  softmax: [2, 3, 4, 6],
  'one-hot-least-squares': [2, 4],
};
const countsOf = ({ kind, classes: [least, most] }: Pair): readonly number[] =>
  classCounts[kind] ?? [...new Set([Math.max(least, Math.min(2, most)), Math.min(3, most)])];

interface Subject {
  readonly name: string;
  readonly classes: number;
  readonly loss: Loss;
}

const startOf = ({ kind, labels }: Pair, classes: number) =>
  lossKind(kind).templateFor?.(labelsKind(labels).gives) ?? lossKind(kind).template(classes);

const all: Subject[] = pairs.flatMap((pair) =>
  countsOf(pair).map((classes) => ({
    name: `${pair.name} with ${classes} classes`,
    classes,
    loss: createLoss(startOf(pair, classes), classes, pair.given),
  })),
);

const copy = (values: Float64Array, index: number, change: number) =>
  values.map((value, k) => (k === index ? value + change : value));

/** Laws of (r, r*) to try a loss on: regular, singular, zero covariance, small and large. */
function laws({ loss }: Subject): Law[] {
  const size = loss.outputs + loss.teacherOutputs;
  const stream = rootStream(11).child(loss.kind, size);
  return [
    randomLaw(size, size, 1, stream),
    randomLaw(size, Math.max(1, size - 1), 4, stream),
    randomLaw(size, 1, 0.2, stream),
    randomLaw(size, 0, 1, stream),
    randomLaw(size, size, 1000, stream),
  ];
}

/** E ∇f ⊗ (u − E u) = [H, H*] Cov u for u = (r, r*), (T9), ℓ×(ℓ + ℓ*). */
function steinProducts(loss: Loss, moments: GaussianMoments, covariance: Float64Array): number[] {
  const { outputs, teacherOutputs } = loss;
  const size = outputs + teacherOutputs;
  const derivative = (a: number, o: number) =>
    o < outputs ? moments.hessian[a * outputs + o] : moments.crossHessian[a * teacherOutputs + o - outputs];
  return Array.from({ length: outputs * size }, (_, at) => {
    let sum = 0;
    for (let o = 0; o < size; o++) sum += derivative(Math.floor(at / size), o) * covariance[o * size + (at % size)];
    return sum;
  });
}

describe.each(all)('$name', (subject) => {
  const { loss, classes } = subject;
  const { outputs } = loss;
  const stream = rootStream(5).child(loss.kind, classes);
  const output = Float64Array.from({ length: outputs }, () => 1.5 * stream.normal());
  const target = answer(
    loss,
    Float64Array.from({ length: loss.teacherOutputs }, () => stream.normal()),
    stream,
  );

  it('has the gradient and the Hessian that differences of its value give', () => {
    const gradient = new Float64Array(outputs);
    const hessian = new Float64Array(outputs * outputs);
    const [above, below] = [new Float64Array(outputs), new Float64Array(outputs)];
    const h = 1e-5;
    for (let i = 0; i < classes; i++) {
      loss.gradient(i, output, target, gradient);
      loss.hessian(i, output, target, hessian);
      for (let a = 0; a < outputs; a++) {
        const rise = loss.value(i, copy(output, a, h), target) - loss.value(i, copy(output, a, -h), target);
        // h² of a third derivative below 1, and rounding of values near 10 over h.
        expect(rise / (2 * h)).toBeCloseTo(gradient[a], 8);
        loss.gradient(i, copy(output, a, h), target, above);
        loss.gradient(i, copy(output, a, -h), target, below);
        for (let b = 0; b < outputs; b++) {
          expect((above[b] - below[b]) / (2 * h)).toBeCloseTo(hessian[a * outputs + b], 8);
        }
      }
    }
  });

  it('has Gaussian moments and an error that sampling confirms, for regular, singular and zero covariances', () => {
    const moments = createMoments(outputs, loss.teacherOutputs);
    const [gradient, hessian] = [new Float64Array(outputs), new Float64Array(outputs * outputs)];
    const size = outputs + loss.teacherOutputs;
    const [joint, normals] = [new Float64Array(size), new Float64Array(size)];
    const r = joint.subarray(0, outputs);
    const response = joint.subarray(outputs);
    for (const [trial, law] of laws(subject).entries()) {
      const i = trial % classes;
      loss.moments(i, law.mean, law.covariance, moments);
      const steins = steinProducts(loss, moments, law.covariance);
      // what errors of H are multiplied by there
      const spread = size * law.covariance.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const expected = [moments.risk, ...moments.gradient, ...moments.hessian, ...moments.gradientSquare, ...steins];
      const averages = new Averages(expected.length);
      const values = new Float64Array(expected.length);
      const samples = law.rank === 0 && loss.labels.noise === 0 && !loss.labels.binary ? 10 : 200_000;
      const draws = rootStream(7).child(loss.kind, trial);
      for (let s = 0; s < samples; s++) {
        drawSample(law, draws, normals, joint);
        const told = answer(loss, response, draws);
        values[0] = loss.value(i, r, told);
        loss.gradient(i, r, told, gradient);
        loss.hessian(i, r, told, hessian);
        values.set(gradient, 1);
        values.set(hessian, 1 + outputs);
        for (let a = 0; a < outputs; a++) {
          for (let b = 0; b < outputs; b++) {
            values[1 + outputs + outputs ** 2 + a * outputs + b] = gradient[a] * gradient[b];
          }
          for (let o = 0; o < size; o++) {
            values[1 + outputs + 2 * outputs ** 2 + a * size + o] = gradient[a] * (joint[o] - law.mean[o]);
          }
        }
        averages.add(values);
      }
      expected.forEach((value, k) => {
        // Five standard errors: one false alarm in some 10⁶ entries. 1e-9: rounding of sums of values up to 10⁴.
        const error = moments.errorEstimate * (k < expected.length - steins.length ? 1 : spread);
        const allowed = 5 * averages.standardError(k) + 2 * error + 1e-9;
        expect(Math.abs(averages.mean(k) - value), `entry ${k} of ${law.name}`).toBeLessThan(allowed);
      });
    }
  });

  it('has moments that are each other’s derivatives: ∂R/∂m = g, and 2 ∂R/∂B = H', () => {
    const law = laws(subject)[0];
    const [base, above, below] = [0, 1, 2].map(() => createMoments(outputs, loss.teacherOutputs));
    const size = outputs + loss.teacherOutputs;
    const h = 1e-4;
    const i = classes - 1;
    loss.moments(i, law.mean, law.covariance, base);
    // Fixed points make R smooth; ∂_m of a sum over them is the sum for g, ½ ∂² only up to the error of the points.
    const allowed = 1e-6 + 4 * base.errorEstimate;
    for (let a = 0; a < outputs; a++) {
      loss.moments(i, copy(law.mean, a, h), law.covariance, above);
      loss.moments(i, copy(law.mean, a, -h), law.covariance, below);
      expect(Math.abs((above.risk - below.risk) / (2 * h) - base.gradient[a])).toBeLessThan(allowed);
      for (let b = 0; b < outputs; b++) {
        const slope = (above.gradient[b] - below.gradient[b]) / (2 * h);
        expect(Math.abs(slope - base.hessian[a * outputs + b])).toBeLessThan(allowed);
      }
      loss.moments(i, law.mean, copy(law.covariance, a * (size + 1), h), above);
      loss.moments(i, law.mean, copy(law.covariance, a * (size + 1), -h), below);
      const growth = (above.risk - below.risk) / h;
      expect(Math.abs(growth - base.hessian[a * (outputs + 1)])).toBeLessThan(allowed * 10);
    }
  });

  it('stays below its bound on the curvature', () => {
    const hessian = new Float64Array(outputs * outputs);
    for (let trial = 0; trial < 50; trial++) {
      const r = Float64Array.from({ length: outputs }, () => 2 * stream.normal());
      const direction = Float64Array.from({ length: outputs }, () => stream.normal());
      loss.hessian(trial % classes, r, target, hessian);
      let form = 0;
      for (let at = 0; at < hessian.length; at++) {
        form += hessian[at] * direction[Math.floor(at / outputs)] * direction[at % outputs];
      }
      const square = direction.reduce((sum, value) => sum + value ** 2, 0);
      expect(form).toBeLessThanOrEqual(loss.maxCurvature * square * (1 + 1e-12));
      // an even loss has a hill between its valleys
      if (!loss.even) expect(form).toBeGreaterThanOrEqual(-1e-12);
    }
  });
});

const classifiers = all.filter(
  ({ loss }) => lossKind(loss.kind as LossSpec['kind']).classifies && loss.labels.gives !== 'response',
);

describe.each(classifiers)('the classes of $name', (subject) => {
  const { loss, classes } = subject;
  const { outputs } = loss;

  it('are missed as often as samples say', () => {
    for (const [trial, law] of laws(subject).entries()) {
      const i = trial % classes;
      const draws = rootStream(8).child(loss.kind, trial);
      const size = outputs + loss.teacherOutputs;
      const [joint, normals] = [new Float64Array(size), new Float64Array(size)];
      const averages = new Averages(1);
      for (let s = 0; s < 200_000; s++) {
        drawSample(law, draws, normals, joint);
        const response = joint.subarray(outputs);
        const told = answer(loss, response, draws);
        const predicted = outputs === 1 ? (joint[0] > 0 ? 0 : 1) : joint.indexOf(Math.max(...joint));
        // of one output every class but the first is the other one
        const wanted = loss.labels.binary ? told[0] : outputs === 1 ? Math.min(1, i) : i;
        averages.add(Float64Array.of(predicted === wanted ? 0 : 1));
      }
      const error = loss.classificationError(i, law.mean, law.covariance);
      expect(Math.abs(error - averages.mean(0)), law.name).toBeLessThan(5 * averages.standardError(0) + 1e-4);
    }
  });

  const renames = loss.labels.gives === 'class' && (outputs > 1 || classes === 2);
  it.runIf(renames)('keep their moments and errors when they are renamed', () => {
    const law = laws(subject)[0];
    const [before, after] = [createMoments(outputs, 0), createMoments(outputs, 0)];
    // Binary outputs change sign; with one output per class the outputs are renamed along: a -> a + 1.
    const moved = (a: number) => (outputs === 1 ? 0 : (a + 1) % classes);
    const sign = outputs === 1 ? -1 : 1;
    const mean = new Float64Array(outputs);
    const covariance = new Float64Array(outputs * outputs);
    for (let a = 0; a < outputs; a++) {
      mean[moved(a)] = sign * law.mean[a];
      for (let b = 0; b < outputs; b++) {
        covariance[moved(a) * outputs + moved(b)] = law.covariance[a * outputs + b];
      }
    }
    for (let i = 0; i < classes; i++) {
      const renamed = (i + 1) % classes;
      loss.moments(i, law.mean, law.covariance, before);
      loss.moments(renamed, mean, covariance, after);
      // Rounding where the moments are exact; the points of the softmax do not know of the renaming.
      const allowed = 1e-12 + 2 * (before.errorEstimate + after.errorEstimate);
      expect(Math.abs(after.risk - before.risk)).toBeLessThan(allowed);
      for (let a = 0; a < outputs; a++) {
        expect(Math.abs(after.gradient[moved(a)] - sign * before.gradient[a])).toBeLessThan(allowed);
        for (let b = 0; b < outputs; b++) {
          const [from, to] = [a * outputs + b, moved(a) * outputs + moved(b)];
          expect(Math.abs(after.hessian[to] - before.hessian[from])).toBeLessThan(allowed);
          expect(Math.abs(after.gradientSquare[to] - before.gradientSquare[from])).toBeLessThan(allowed);
        }
      }
      const [old, now] = [
        loss.classificationError(i, law.mean, law.covariance),
        loss.classificationError(renamed, mean, covariance),
      ];
      expect(Math.abs(now - old)).toBeLessThan(1e-12);
    }
  });
});

describe('the closed registry', () => {
  it.each(pairs)('$name: outputs, teacher outputs and kinds are those announced', (pair) => {
    for (const count of countsOf(pair)) {
      const spec = lossSchema.parse(lossKind(pair.kind).template(count));
      const loss = createLoss(spec, count, pair.given);
      const described = { loss: spec, labels: pair.given };
      expect(loss.kind).toBe(pair.kind);
      expect(loss.labels.kind).toBe(pair.labels);
      expect(outputsOf(described, count)).toEqual({ outputs: loss.outputs, teacherOutputs: loss.teacherOutputs });
      expect(loss.slopes === undefined).toBe(loss.outputs > 1 || loss.kind === 'teacher-least-squares');
      const seen = labelsOf(described);
      expect(labelsKind(seen.kind).check?.(seen, 30) ?? []).toEqual([]);
      expect(labelsKind(seen.kind).teacher?.(seen, 30).length ?? 0).toBe(30 * loss.teacherOutputs);
    }
  });

  it.each(all)('$name says rightly whether it is half a squared distance from a target', ({ loss, classes }) => {
    const { outputs, teacherOutputs } = loss;
    const stream = rootStream(9).child(loss.kind, classes);
    const normals = (length: number) => Float64Array.from({ length }, () => stream.normal());
    const gradient = new Float64Array(outputs);
    const hessian = new Float64Array(outputs * outputs);
    const target = normals(teacherOutputs);
    if (loss.labels.binary) target[0] = 0;
    let excess = 0;
    for (let trial = 0; trial < 5; trial++) {
      const output = normals(outputs);
      loss.gradient(trial % classes, output, target, gradient);
      const half = gradient.reduce((sum, slope) => sum + 0.5 * slope * slope, 0);
      excess = Math.max(excess, Math.abs(loss.value(trial % classes, output, target) - half));
      // f = ½ ‖∇f‖² holds for a squared hinge too, whose Hessian is not the identity everywhere
      loss.hessian(trial % classes, output, target, hessian);
      hessian.forEach((entry, k) => (excess = Math.max(excess, Math.abs(entry - (k % (outputs + 1) === 0 ? 1 : 0)))));
    }
    // a binary label is random where its response is known: the equations are no longer those of a Gaussian residual
    expect(excess < 1e-12 && !loss.labels.binary).toBe(loss.leastSquares);
  });

  it('refuses a number of classes that the loss is not defined for', () => {
    expect(() => createLoss({ kind: 'logistic' }, 3)).toThrow('Logistic loss is for 2 to 2 classes, got 3');
    expect(() => createLoss({ kind: 'softmax' }, 33)).toThrow(RangeError);
  });
});
