/** What is said of AdaGrad-Norm's theory where it is not that of single runs, or not that of d. */
import { describe, expect, it } from 'vitest';
import { accumulationNote } from '../../../../src/core/theory/analysis/adagrad-validity.ts';
import { SMALL_SHARE } from '../../../../src/core/theory/first-steps.ts';
import { engineKind } from '../../../../src/core/engines/engine-kind.ts';
import { ensemble, summary } from '../../engines/ensembles.ts';
import { identity, setupOf, solved } from '../solving.ts';

const adagrad = (offset: number) => ({ schedule: { kind: 'adagrad-norm', rate: 2, offset } });
const setup = (dimension: number, offset: number, more: object = {}) =>
  setupOf({
    model: identity(dimension, [1, 1]),
    loss: { kind: 'logistic' },
    optimizer: adagrad(offset),
    horizon: 5,
    grid: { kind: 'linear', points: 6 },
    ...more,
  });

describe('what is said of AdaGrad-Norm', () => {
  it('is nothing for other rules, for large offsets, and for gradient flow', () => {
    expect(accumulationNote(setup(200, 1))).toBe(null);
    const constant = { optimizer: { schedule: { kind: 'constant', rate: 1 } } };
    expect(accumulationNote(setup(200, 1e-9, constant))).toBe(null);
    expect(accumulationNote(setup(200, 1e-9, { theory: { curves: ['gradient-flow'] } }))).toBe(null);
  });

  it('has the share of the first step: P/(d b0²) = (d + 1)/(4 d² b0²) at X = 0', () => {
    const [d, offset] = [400, 0.01];
    const odds = (d + 1) / (4 * d * d * offset * offset);
    const note = accumulationNote(setup(d, offset));
    expect(note?.code).toBe('accumulated-scatter');
    expect(note?.numbers.share).toBeCloseTo(odds / (1 + odds), 10);
  });

  it('warns where single runs scatter by as much in 1e6 dimensions as in 1e3, and not where they do not', async () => {
    const spread = async (d: number, offset: number) => {
      const at = setup(d, offset, { horizon: 0.02, grid: { kind: 'linear', points: 2 } });
      return {
        ...summary((await ensemble(engineKind('reduced'), at, 200)).values(1, 'norm')),
        note: accumulationNote(at),
      };
    };
    // the sd of ‖X‖² comes from the first few steps, however many follow; sds of 200 runs are good to 5 to 10 %
    const [few, many] = await Promise.all([1e3, 1e6].map((d) => spread(d, 1e-8)));
    expect([few.note?.code, many.note?.code]).toEqual(['accumulated-scatter', 'accumulated-scatter']);
    expect(Math.abs(many.sd / few.sd - 1)).toBeLessThan(0.4);
    const [coarse, fine] = await Promise.all([1e3, 1e6].map((d) => spread(d, 0.05)));
    expect([coarse.note, fine.note]).toEqual([null, null]);
    expect(fine.sd).toBeLessThan(0.1 * coarse.sd);
  });

  it('says from which d on the limit d → ∞ would be right, and there it is', () => {
    const offset = 0.02;
    const limit = (d: number) => setup(d, offset, { theory: { limit: true } });
    const note = accumulationNote(limit(200));
    if (note?.code !== 'accumulated-limit') throw new Error(`got ${String(note?.code)}`);
    const { share, dimension } = note.numbers;
    expect(share).toBeGreaterThan(SMALL_SHARE);
    expect(accumulationNote(limit(Math.ceil(1.01 * dimension)))).toBe(null);
    expect(accumulationNote(limit(Math.floor(0.99 * dimension)))?.code).toBe('accumulated-limit');
    const risk = (d: number, more: object = {}) => solved(setup(d, offset, more)).curve('risk')[2];
    const inTheLimit = risk(200, { theory: { limit: true } });
    expect(Math.abs(risk(Math.ceil(1.01 * dimension)) / inTheLimit - 1)).toBeLessThan(0.01);
    expect(Math.abs(risk(200) / inTheLimit - 1)).toBeGreaterThan(0.02);
  });
});
