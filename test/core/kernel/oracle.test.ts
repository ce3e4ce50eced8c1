import { describe, expect, it } from 'vitest';
import { type StepRates } from '../../../src/core/kernel/kernel.ts';
import { createOracle, type KernelRandom } from '../../../src/core/kernel/oracle.ts';
import { randomProblem } from './problems.ts';

/** Two samples of class 1 and class 2 with z = (1, 2) and (−1, 0.5), and again. */
function scripted(): KernelRandom {
  const uniforms = [0.1, 0.9];
  const normals = [Float64Array.of(1, 2), Float64Array.of(-1, 0.5)];
  let classes = 0;
  let samples = 0;
  return {
    classUniform: () => uniforms[classes++ % 2],
    sampleNormals: (out) => out.set(normals[samples++ % 2]),
    labelNormal: () => 1,
    labelUniform: () => 0.5,
  };
}

const problem = randomProblem({ loss: 'binary-least-squares', classes: 2, outputs: 1 }, 2, {
  priors: Float64Array.of(0.5, 0.5),
  means: Float64Array.of(1, 0, -1, 0),
  deviations: Float64Array.of(1, 0.5, 2, 2),
  start: Float64Array.of(0.5, 0.25),
  batchSize: 2,
  ridge: 0.2,
});

describe('the plain kernel', () => {
  it('takes the step of (T1) that one gets by hand', () => {
    const run = createOracle(scripted).start(problem);
    run.advance(1, { kind: 'given', rates: Float64Array.of(0.4) });
    const out = new Float64Array(2);
    run.parameters(out);
    // a = (2, 1), r = 1.25, slope 0.25; a = (−3, 1), r = −1.25, slope −0.25: the mean gradient is (0.625, 0)
    expect(out[0]).toBeCloseTo(0.5 - 0.2 * (0.625 + 0.2 * 0.5), 15);
    expect(out[1]).toBeCloseTo(0.25 - 0.2 * (0.2 * 0.25), 15);
    expect(run.gradientSquareSum()).toBeCloseTo(0.625 ** 2 / 4, 15);
  });

  it('has the gradient of the very step in AdaGrad’s sum', () => {
    const run = createOracle(scripted).start(problem);
    run.advance(1, { kind: 'adagrad-norm', rate: 0.4, offset: 0 });
    const out = new Float64Array(2);
    run.parameters(out);
    const rate = 0.4 / (0.625 / 2);
    expect(out[0]).toBeCloseTo(0.5 - (rate / 2) * (0.625 + 0.2 * 0.5), 14);
  });

  it('takes any rule of the step and of the gradients so far, and is the AdaGrad-Norm rule for AdaGrad’s', () => {
    const [rate, offset] = [0.4, 0.7];
    const parametersAfter = (rates: StepRates) => {
      const run = createOracle(scripted).start(problem);
      run.advance(3, rates);
      const out = new Float64Array(2);
      run.parameters(out);
      return out;
    };
    const adagrad = (_step: number, accumulated: number) => rate / Math.sqrt(offset * offset + accumulated);
    expect(parametersAfter({ kind: 'accumulated', rate: adagrad })).toEqual(
      parametersAfter({ kind: 'adagrad-norm', rate, offset }),
    );
    const given = Float64Array.of(0.4, 0.1, 0.2);
    expect(parametersAfter({ kind: 'accumulated', rate: (step) => given[step] })).toEqual(
      parametersAfter({ kind: 'given', rates: given }),
    );
  });
});
