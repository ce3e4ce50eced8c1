import { describe, expect, it } from 'vitest';
import { figureKinds, type FigureView } from '../../src/figures/index.ts';
import { tableCsv } from '../../src/figures/files/csv.ts';
import { figureNpz } from '../../src/figures/files/npz.ts';
import { unzipSync } from 'fflate';
import { statistic } from '../../src/figures/sweep/statistics.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const QUANTILE = 1.2815515655446004;
const zeroOne = {
  kind: 'zero-one',
  blocks: [
    { fraction: 0.5, eigenvalues: [0, 0] },
    { fraction: 0.5, eigenvalues: [1, 1] },
  ],
};
const built = (kind: string, spread: number | undefined, changes: Partial<FigureView> = {}, more: object = {}) => {
  const figure = figureKinds.find((each) => each.kind === kind);
  if (!figure) throw new Error(kind);
  return figure.build(inputsOf(synthetic({ spread, runs: 0, ...more })), viewOf({ valueScale: 'linear', ...changes }));
};
const partsAt = (figure: ReturnType<typeof built>, t: number) => figure.readout(t).rows[0].parts;

describe('the band of theory', () => {
  it('is ±1 sd or 10–90 % of a normal law as is chosen, else what suits the band of runs, named in all places', () => {
    const [t, risk] = [1, Math.LN2 / 2];
    for (const [changes, factor, name] of [
      [{ band: 'deviation' }, 1, 'theory, ±1 sd'],
      [{ band: 'quantiles' }, QUANTILE, 'theory, 10–90 % (normal)'],
      [{ band: 'quantiles', theoryBand: 'deviation' }, 1, 'theory, ±1 sd'],
      [{ band: 'none', theoryBand: 'quantiles' }, QUANTILE, 'theory, 10–90 % (normal)'],
    ] as const) {
      const figure = built('risk', 0.1, changes, { grid: { kind: 'linear', points: 21 } });
      expect(figure.subtitle).toContain(name);
      const part = partsAt(figure, t).find(({ label }) => label === name);
      const [low, high] = (part?.text ?? '').split(' … ').map(Number);
      expect(low).toBeCloseTo(risk * (1 - 0.1 * factor), 4);
      expect(high).toBeCloseTo(risk * (1 + 0.1 * factor), 4);
      expect(figure.marks).toMatchObject({ curves: [{ theoryBand: { about: 'theory', factor } }] });
    }
    for (const changes of [{ band: 'none' }, { theoryBand: 'none' }] as const) {
      const figure = built('risk', 0.1, changes);
      expect(figure.subtitle).not.toContain('theory, ');
      expect(figure.marks).toMatchObject({ curves: [{ theoryBand: null }] });
    }
  });

  it('has its room on the value axis', () => {
    const [without, within] = [undefined, 0.25].map((spread) => built('risk', spread, { timeScale: 'linear' }));
    expect(within.up.max).toBeGreaterThan(without.up.max);
    expect(within.up.max * (within.up.unit ?? 1)).toBeGreaterThan(Math.LN2 * (1 + 0.2 * QUANTILE));
  });

  it('is in tables and files by its standard deviations', () => {
    const figure = built('risk', 0.1);
    expect(tableCsv(figure.table).split('\n')[0]).toContain('theory_sd');
    const members = unzipSync(figureNpz(figure, viewOf()));
    expect(Object.keys(members)).toContain('0/theory_sd.npy');
  });

  it('is there for error, norm, m and shares, of one group and of all but one', () => {
    for (const kind of ['error', 'norm', 'overlap']) {
      expect(built(kind, 0.1).marks, kind).toMatchObject({
        curves: [{ theoryBand: {} }, ...(kind === 'overlap' ? [{}] : [])],
      });
    }
    for (const kind of ['alignment', 'clean-share']) {
      const { marks } = built(kind, 0.1, {}, { spectrum: zeroOne });
      if (marks.kind !== 'curves') throw new Error(kind);
      for (const { theoryBand } of marks.curves) expect(theoryBand, kind).not.toBeNull();
    }
  });

  it('says from when on it is not valid', () => {
    expect(built('risk', 0.29).notes.join()).not.toContain('not valid');
    expect(built('risk', 0.31).notes.join()).toMatch(/theory’s sd of the risk is above 0.3 of the risk/);
    expect(built('norm', 0.31, { language: 'ja' }).notes.join()).toMatch(/帯は有効ではありません/);
    expect(built('risk', 0.31, { theoryBand: 'none' }).notes.join()).not.toContain('not valid');
  });
});

describe('spreads from theory', () => {
  it('are the line of deviations and the amplitude over d', () => {
    const deviation = built('deviation', 0.1, {}, { runs: 4 });
    const { columns } = deviation.table.sections[0];
    const theory = columns.find(({ key }) => key === 'theory');
    const t = columns[0].values;
    expect(theory?.values[0]).toBeCloseTo((0.0674489750196 * Math.LN2) / (1 + t[0]), 9);
    const concentration = figureKinds.find(({ kind }) => kind === 'concentration');
    const inputs = inputsOf(...[64, 128].map((dimension) => synthetic({ dimension, spread: 0.1, runs: 4 })));
    const figure = concentration?.build(inputs, viewOf());
    const amplitude = figure?.table.sections[0].columns.find(({ key }) => key === 'ode_spread');
    expect(amplitude?.values).toHaveLength(2);
    expect(amplitude?.values[0]).toBeCloseTo((0.1 * Math.LN2) / (1 + t[0]), 3);
    expect(figure?.subtitle).toContain('largest sd');
  });

  it('are a statistic of sweeps beside that of the runs', () => {
    const results = synthetic({ spread: 0.1, runs: 5 });
    const { theory, runs } = statistic('risk-sd')?.together?.(results, 3) ?? { theory: NaN, runs: NaN };
    expect(theory).toBeCloseTo((0.1 * Math.LN2) / (1 + results.frame.t[3]), 12);
    expect(runs).toBeGreaterThan(0);
    expect(statistic('risk-sd')?.applies(synthetic({ runs: 1 }))).toBe(false);
  });
});
