import { describe, expect, it } from 'vitest';
import { type KernelProblem, type KernelRun, type StepRates } from '../../../src/core/kernel/kernel.ts';
import { createWasmKernel } from '../../../src/core/kernel/wasm.ts';
import { randomProblem, shapes } from './problems.ts';

const kernel = createWasmKernel();
const rate = (steps: number, value = 0.3): StepRates => ({
  kind: 'given',
  rates: new Float64Array(steps).fill(value),
});

function parametersOf(run: KernelRun, problem: KernelProblem): Float64Array {
  const out = new Float64Array(problem.start.length);
  run.parameters(out);
  return out;
}

/** X after stretches of steps, looked at after each. */
function after(problem: KernelProblem, stretches: readonly number[]): Float64Array {
  const run = kernel.start(problem);
  for (const steps of stretches) {
    run.advance(steps, rate(steps));
    parametersOf(run, problem);
  }
  const out = parametersOf(run, problem);
  run.dispose();
  return out;
}

describe.each(shapes)('a run with $loss and $outputs outputs', (shape) => {
  it.each([1, 3])('has the same bits every time and however it is cut, batch size %i', (batchSize) => {
    const problem = randomProblem(shape, 77, { batchSize, ridge: 0.05 });
    const whole = after(problem, [200]);
    expect(after(problem, [200])).toEqual(whole);
    expect(after(problem, [1, 2, 0, 97, 100])).toEqual(whole);
  });

  it('depends on its key', () => {
    const problem = randomProblem(shape, 77);
    const other = randomProblem(shape, 77, { key: Uint32Array.of(1, 2, 3, 4) });
    expect(after(other, [10])).not.toEqual(after(problem, [10]));
  });
});

describe('a run', () => {
  it('may be longer than the table of rates inside', () => {
    const problem = randomProblem(shapes[0], 20);
    const stretches = [4095, 1, 1, 4097, 2000];
    expect(after(problem, [10194])).toEqual(after(problem, stretches));
  });

  it('stays what it is while others run, and others leave nothing behind', () => {
    const problem = randomProblem(shapes[2], 50);
    const alone = after(problem, [100]);
    const large = kernel.start(randomProblem(shapes[6], 700, { batchSize: 2 }));
    const run = kernel.start(problem);
    run.advance(50, rate(50));
    large.advance(50, rate(50));
    large.dispose();
    const next = kernel.start(randomProblem(shapes[7], 300));
    next.advance(50, rate(50));
    run.advance(50, rate(50));
    expect(parametersOf(run, problem)).toEqual(alone);
    run.dispose();
    next.dispose();
    expect(after(problem, [100])).toEqual(alone);
  });

  it('does not share its instance after it was disposed twice', () => {
    const problem = randomProblem(shapes[0], 50);
    const run = kernel.start(problem);
    run.dispose();
    run.dispose();
    const [one, two] = [kernel.start(problem), kernel.start(problem)];
    one.advance(10, rate(10));
    expect(parametersOf(two, problem)).toEqual(problem.start);
    one.dispose();
    two.dispose();
  });

  it.each(shapes)('starts where it is told to: $loss, $outputs outputs', (shape) => {
    const problem = randomProblem(shape, 45);
    const run = kernel.start(problem);
    // softmax is followed without its mean row, which costs a rounding
    parametersOf(run, problem).forEach((entry, k) => expect(entry).toBeCloseTo(problem.start[k], 14));
    expect(run.gradientSquareSum()).toBe(0);
    run.dispose();
  });

  it.each(shapes)('that diverges ends with parameters that are not finite: $loss, $outputs outputs', (shape) => {
    const problem = randomProblem(shape, 60, { ridge: 1 });
    const run = kernel.start(problem);
    run.advance(3000, rate(3000, 1e4));
    const parameters = parametersOf(run, problem);
    expect(parameters.every(Number.isFinite)).toBe(false);
    run.dispose();
  });

  it('that does not fit into memory is refused with its numbers', () => {
    const problem = { ...randomProblem(shapes[2], 1), dimension: 1e8 };
    expect(() => kernel.start(problem)).toThrow(/d = 100000000, 4 classes and 4 outputs/);
  });
});
