/** What figures say of an escape: the band and the times of theory are those of its rows. */
import { describe, expect, it } from 'vitest';
import { firstCrossing } from '../../src/core/theory/analysis/crossing.ts';
import { fieldOf } from '../../src/core/observables/row-layout.ts';
import { figureKind } from '../../src/figures/index.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const labels = { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 2 } };
const results = synthetic({ escape: true, labels, loss: { kind: 'phase-retrieval', form: 'absolute' } });
const figureOf = (kind: string, changes = {}) => {
  const found = figureKind(kind)?.build(inputsOf(results), viewOf(changes));
  if (!found) throw new Error(`no figure ${kind}`);
  return found;
};
const column = (kind: string, key: string) =>
  figureOf(kind).table.sections[0].columns.find((each) => each.key === key)?.values;

describe('an escape', () => {
  it.each([
    ['risk', 'risk_quantiles'],
    ['squared-cosine', 'cosine_quantiles'],
  ])('has theory’s quantiles as a band of %s, named beside that of the runs', (kind, key) => {
    const figure = figureOf(kind);
    expect(figure.subtitle).toContain('theory’s median and 10–90 % of runs');
    expect(figure.subtitle).toContain('band 10–90 %');
    const ids = [figure.option.series].flat().map((each) => each?.id);
    expect(ids).toContain('theory-quantiles-0');
    const { layout } = results.frame;
    const row = results.curves[0].rows.subarray(10 * layout.size);
    const at = fieldOf(layout, key).offset;
    expect([column(kind, 'theory_q10')?.[10], column(kind, 'theory_q90')?.[10]]).toEqual([row[at], row[at + 4]]);
    const labelled = figure.readout(results.frame.t[10]).rows[0].parts.map(({ label }) => label);
    expect(labelled).toContain('theory, 10–90 %');
    const bare = figureOf(kind, { band: 'none' });
    expect([bare.option.series].flat().map((each) => each?.id)).not.toContain('theory-quantiles-0');
  });

  it('says when cos² reaches ½, fast runs first', () => {
    // (1 − e^(−t/8)) (0.5 + 0.1 l) = ½ for the levels l = 4 … 1; the lowest never does
    const times = [4, 3, 2, 1].map((level) => -8 * Math.log(1 - 0.5 / (0.5 + 0.1 * level)));
    const [note] = figureOf('squared-cosine').notes.filter((each) => each.includes('cos² = ½'));
    expect(note).toMatch(/for 10, 25, 50, 75, 90 % of the runs at t = /);
    const said = note.split('t = ')[1].split(/, |\. /);
    // linear between points of a grid whose steps are 15 %
    times.forEach((time, k) => expect(Math.abs(Number(said[k]) / time - 1), `time ${k}`).toBeLessThan(0.01));
    expect(said[4]).toMatch(/^–/);
  });

  it('has no signed cosine, whose sign is random, and a mean risk that is theory’s own', () => {
    expect(figureKind('teacher')?.applies(results)).toBe(false);
    expect(figureKind('squared-cosine')?.applies(synthetic())).toBe(false);
    const { layout } = results.frame;
    expect(column('mean-risk', 'theory')?.[10]).toBe(
      results.curves[0].rows[10 * layout.size + fieldOf(layout, 'mean_risk').offset],
    );
    expect(figureOf('mean-risk').subtitle).toContain('mean');
  });
});

describe('a first crossing', () => {
  it('lies between grid points by interpolation, and is nowhere where the level is not reached', () => {
    expect(firstCrossing([0, 1, 2], [0, 1, 3], 2)).toBe(1.5);
    expect(firstCrossing([0, 1, 2], [5, 1, 3], 2)).toBe(0);
    expect(firstCrossing([0, 1, 2], [NaN, 3, 3], 2)).toBe(1);
    expect(firstCrossing([0, 1, 2], [0, 1, 1.5], 2)).toBe(Infinity);
  });
});
