/** The WebAssembly kernel against the plain one, fed the same classes, normals and label noise. */
import { describe, expect, it } from 'vitest';
import { type KernelProblem, type SgdKernel, type StepRates } from '../../../src/core/kernel/kernel.ts';
import { createOracle } from '../../../src/core/kernel/oracle.ts';
import { createWasmKernel, wasmRandom } from '../../../src/core/kernel/wasm.ts';
import { averageKinds } from '../../../src/core/update/average/average-kinds.ts';
import { createUpdate } from '../../../src/core/update/create-update.ts';
import { methodKind, methodKinds } from '../../../src/core/update/method/method-kinds.ts';
import { plainUpdate, type Update } from '../../../src/core/update/update.ts';
import { streamOf } from '../../../src/core/math/random.ts';
import { randomProblem, shapes } from './problems.ts';

const wasm = createWasmKernel();
const STEPS = 300;

/** Every field after each of two stretches of steps, and the sum of squared gradients. */
function trajectory(kernel: SgdKernel, problem: KernelProblem, rates: StepRates) {
  const run = kernel.start(problem);
  const parameters = [1, 2].flatMap(() => {
    run.advance(STEPS, rates);
    return problem.update.fields.map((_, field) => {
      const out = new Float64Array(problem.start.length);
      run.parameters(out, field);
      return out;
    });
  });
  const squares = run.gradientSquareSum();
  run.dispose();
  return { parameters, squares };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function expectAgreement(problem: KernelProblem, rates: StepRates): void {
  const fast = trajectory(wasm, problem, rates);
  const plain = trajectory(createOracle(wasmRandom(problem.dimension)), problem, rates);
  expect(largestDifference(fast.parameters[0], problem.start)).toBeGreaterThan(1e-3 * largest(problem.start));
  fast.parameters.forEach((parameters, k) => {
    // sums of d terms in another order differ by some 1e-16 a step; stable dynamics add them up at most
    const tolerance = 1e-15 * STEPS * Math.max(1, largest(parameters));
    expect(largestDifference(parameters, plain.parameters[k])).toBeLessThan(tolerance);
  });
  expect(Math.abs(fast.squares / plain.squares - 1)).toBeLessThan(1e-12);
}

/** Rates that change from step to step. */
const given: StepRates = { kind: 'given', rates: Float64Array.from({ length: STEPS }, (_, k) => 0.2 + 0.1 * (k % 3)) };
const adagrad: StepRates = { kind: 'adagrad-norm', rate: 0.5, offset: 0.7 };

describe.each(shapes)('$loss with $outputs outputs', (shape) => {
  describe.each([1, 4])('batch size %i', (batchSize) => {
    it.each([
      { name: 'given rates', ridge: 0, rates: given },
      { name: 'given rates and a ridge', ridge: 0.1, rates: given },
      { name: 'AdaGrad-Norm', ridge: 0, rates: adagrad },
      { name: 'AdaGrad-Norm and a ridge', ridge: 0.1, rates: adagrad },
    ])('follows the oracle to rounding: $name', ({ ridge, rates }) => {
      expectAgreement(randomProblem(shape, 100, { batchSize, ridge }), rates);
    });
  });
});

/** Of what is compiled; signs of softmax are not. */
function expectFollowed({ loss }: (typeof shapes)[number], problem: KernelProblem): void {
  const taken = wasm.takes(problem.loss, 'given', problem.update);
  expect(taken).toBe(!(loss === 'softmax' && problem.update.shape?.kind === 'sign'));
  if (taken) expectAgreement(problem, given);
}

/** Updates of one field and of several, one of which starts where X does. */
const updates: readonly { name: string; update: (dimension: number) => Update }[] = [
  ...methodKinds.map((kind) => ({
    name: kind.label,
    update: (dimension: number) => methodKind(kind.template()).create(kind.template(), dimension),
  })),
  { name: 'plain SGD as a map', update: (dimension) => ({ ...plainUpdate(dimension), plain: false }) },
  ...averageKinds.map((kind) => ({
    name: `an average, ${kind.label}`,
    update: (dimension: number) =>
      createUpdate({ method: { kind: 'momentum', coupling: 1, decay: 2 }, average: kind.template(4) }, dimension),
  })),
  {
    name: 'three fields',
    update: (dimension) => ({
      ...plainUpdate(dimension),
      plain: false,
      fields: ['x', 'v', 'y'],
      start: [1, 0, 1],
      step(k, rate, { matrix, push }) {
        matrix.set([1, -0.01, 0, 0, 0.9, 0.001, 0.02, 0, 1 - 0.02 - 0.001 * (k % 2)]);
        push.set([rate / dimension, -1 / dimension, 0.3 / dimension]);
      },
    }),
  },
];

describe.each(shapes)('$loss with $outputs outputs', (shape) => {
  describe.each([1, 4])('batch size %i', (batchSize) => {
    it.each(updates)('follows the oracle to rounding in every field: $name', ({ update }) => {
      for (const ridge of [0, 0.1])
        expectFollowed(shape, randomProblem(shape, 100, { batchSize, ridge, update: update(100) }));
    });
  });
});

it('takes updates of several fields at given rates alone', () => {
  const [plain, other] = [
    { plain: true, shape: null },
    { plain: false, shape: null },
  ];
  expect(
    ['given', 'adagrad-norm'].map((rates) => wasm.takes(randomProblem(shapes[0], 1).loss, rates as 'given', plain)),
  ).toEqual([true, true]);
  expect(
    ['given', 'adagrad-norm'].map((rates) => wasm.takes(randomProblem(shapes[0], 1).loss, rates as 'given', other)),
  ).toEqual([true, false]);
});

describe('the dimension', () => {
  // one, less than a padding, around one and two blocks of normals, an odd one
  it.each([1, 3, 31, 32, 33, 511, 512, 513, 1000, 1056])('may be %i: the trajectory is the oracle’s', (dimension) => {
    const stable: StepRates = { kind: 'given', rates: new Float64Array(STEPS).fill(0.05) };
    expectAgreement(randomProblem(shapes[0], dimension), stable);
    expectAgreement(randomProblem(shapes[3], dimension), stable);
  });
});

it('draws its classes from the plain generator of the run’s stream', () => {
  const { key } = randomProblem(shapes[0], 10);
  const fast = wasmRandom(10)(key);
  const plain = streamOf(key).child('classes');
  for (let k = 0; k < 1000; k++) expect(fast.classUniform()).toBe(plain.uniform());
});
