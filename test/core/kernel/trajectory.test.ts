import { describe, expect, it } from 'vitest';
import { type KernelProblem, type SgdKernel, type StepRates } from '../../../src/core/kernel/kernel.ts';
import { createOracle } from '../../../src/core/kernel/oracle.ts';
import { createWasmKernel, wasmRandom } from '../../../src/core/kernel/wasm.ts';
import { losses, randomProblem } from './problems.ts';

const STEPS = 400;
const adagrad: StepRates = { kind: 'adagrad-norm', rate: 0.5, offset: 1 };
const given = (steps: number, rate = 0.3): StepRates => ({
  kind: 'given',
  rates: Float64Array.from({ length: steps }, (_, k) => rate / (1 + k / steps)),
});

/** Parameters and gradient squares after `steps` steps. */
function finalState(kernel: SgdKernel, problem: KernelProblem, rates: StepRates, steps = STEPS) {
  const run = kernel.start(problem);
  run.advance(steps, rates);
  const parameters = new Float64Array(problem.outputs * problem.dimension);
  run.parameters(parameters);
  const squares = run.gradientSquareSum();
  run.dispose();
  return { parameters, squares };
}

/** Largest deviation, relative to the largest entry; infinite if anything is not finite. */
function deviation(actual: Float64Array, expected: Float64Array): number {
  let error = 0;
  let scale = 0;
  for (let k = 0; k < expected.length; k++) {
    if (!Number.isFinite(actual[k]) || !Number.isFinite(expected[k])) return Infinity;
    error = Math.max(error, Math.abs(actual[k] - expected[k]));
    scale = Math.max(scale, Math.abs(expected[k]));
  }
  return error / scale;
}

/** Sums in another order differ by some √d ulp a step; the stable dynamics do not amplify it. */
const ROUNDING = 1e-11;

const cases = losses.flatMap((loss) =>
  [1, 4].flatMap((batchSize) =>
    [0, 0.1].flatMap((ridge) => ['given', 'adagrad-norm'].map((rule) => ({ loss, batchSize, ridge, rule }))),
  ),
);

describe('the WebAssembly kernel', () => {
  it.each(cases)('follows the oracle: $loss, batch $batchSize, ridge $ridge, $rule rates', (options) => {
    const { loss, batchSize, ridge, rule } = options;
    const rates = rule === 'given' ? given(STEPS) : adagrad;
    const problem = randomProblem(loss, { dimension: 600, outputs: 5 }, { batchSize, ridge });
    const expected = finalState(createOracle(wasmRandom(600)), problem, rates);
    const actual = finalState(createWasmKernel(), problem, rates);
    expect(deviation(actual.parameters, expected.parameters)).toBeLessThan(ROUNDING);
    expect(Math.abs(actual.squares / expected.squares - 1)).toBeLessThan(ROUNDING);
  });

  it.each([1, 2, 31, 32, 33, 511, 512, 513])('follows the oracle in dimension %i', (dimension) => {
    const problem = randomProblem('softmax', { dimension, outputs: 3 });
    // the rate per step is γ/d: small enough for d = 1
    const rates = given(STEPS, Math.min(0.3, 0.05 * dimension));
    const expected = finalState(createOracle(wasmRandom(dimension)), problem, rates);
    const actual = finalState(createWasmKernel(), problem, rates);
    expect(deviation(actual.parameters, expected.parameters)).toBeLessThan(ROUNDING);
  });

  it.each([1, 2, 3, 4, 5, 8, 10, 13, 32])('follows the oracle with %i outputs', (outputs) => {
    const problem = randomProblem('teacher-least-squares', { dimension: 70, outputs });
    const expected = finalState(createOracle(wasmRandom(70)), problem, given(STEPS));
    const actual = finalState(createWasmKernel(), problem, given(STEPS));
    expect(deviation(actual.parameters, expected.parameters)).toBeLessThan(ROUNDING);
  });

  it('gives the same bits however the steps are divided into calls', () => {
    const problem = randomProblem('softmax', { dimension: 100, outputs: 6 }, { ridge: 0.1 });
    const whole = finalState(createWasmKernel(), problem, adagrad, 5000);
    const run = createWasmKernel().start(problem);
    const parameters = new Float64Array(600);
    for (const steps of [1, 999, 3000, 1000]) {
      run.advance(steps, adagrad);
      run.parameters(parameters);
    }
    expect(parameters).toEqual(whole.parameters);
    expect(run.gradientSquareSum()).toBe(whole.squares);
    run.dispose();
  });

  it('gives the same bits again, in an instance that another run has used', () => {
    const problem = randomProblem('logistic', { dimension: 100, outputs: 1 });
    const first = finalState(createWasmKernel(), problem, given(STEPS));
    finalState(createWasmKernel(), randomProblem('softmax', { dimension: 300, outputs: 7, seed: 2 }), adagrad);
    expect(finalState(createWasmKernel(), problem, given(STEPS)).parameters).toEqual(first.parameters);
  });

  it('keeps runs that advance in turn apart', () => {
    const problems = [1, 2].map((seed) => randomProblem('logistic', { dimension: 100, outputs: 1, seed }));
    const alone = problems.map((problem) => finalState(createWasmKernel(), problem, given(2), 2).parameters);
    const runs = problems.map((problem) => createWasmKernel().start(problem));
    for (let k = 0; k < 2; k++) {
      for (const run of runs) run.advance(1, { kind: 'given', rates: Float64Array.of(0.3 / (1 + k / 2)) });
    }
    runs.forEach((run, i) => {
      const parameters = new Float64Array(100);
      run.parameters(parameters);
      expect(parameters).toEqual(alone[i]);
      run.dispose();
    });
  });

  it.each(['binary-least-squares', 'one-hot-least-squares'] as const)(
    'ends with parameters that are not finite when %s diverges',
    (loss) => {
      const problem = randomProblem(loss, { dimension: 50, outputs: 3 });
      const { parameters } = finalState(createWasmKernel(), problem, given(20_000, 50), 20_000);
      expect(parameters.every(Number.isFinite)).toBe(false);
    },
  );

  it('refuses what does not fit into memory, and says what', () => {
    const problem = { ...randomProblem('softmax', { dimension: 1, outputs: 32 }), dimension: 1e8 };
    expect(() => createWasmKernel().start(problem)).toThrow(/d = 100000000, 32 classes and 32 outputs/);
  });
});
