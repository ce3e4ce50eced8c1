import { describe, expect, it } from 'vitest';
import { IdentityError, keysOf, workKey } from '../../../src/core/experiment/identity.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { type ExperimentResults } from '../../../src/study/experiment-results.ts';
import { emptyExperiment, withSpectrum } from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import { emptyResults, MAX_LOCAL_DIMENSION, mergeRows, withLive } from '../../../src/renderer/stores/live.ts';
import { type LiveRows } from '../../../src/api/types.ts';

function described(dimension: number) {
  const parsed = parseExperiment(setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], dimension));
  if (!parsed.ok) throw new Error('the test’s experiment does not parse');
  return parsed.value;
}

function start(): ExperimentResults {
  const results = emptyResults(described(50));
  if (!results) throw new Error('no frame');
  return results;
}

const batch = (results: ExperimentResults, run: number, first: number, count: number, value: number): LiveRows => ({
  studyId: 's',
  experimentId: 'one',
  source: { kind: 'simulation', run },
  key: workKey(keysOf(results.experiment), { kind: 'simulation', run }),
  first,
  rows: new Float64Array(count * results.frame.layout.size).fill(value),
});

describe('live rows', () => {
  it('stand at their grid points; what is not reached yet is NaN', () => {
    const results = start();
    const { size } = results.frame.layout;
    const merged = mergeRows(results, [batch(results, 0, 0, 2, 1), batch(results, 0, 2, 1, 5)]);
    expect(merged.curves).toHaveLength(1);
    expect(merged.curves[0].points).toBe(3);
    expect(merged.curves[0].rows[2 * size]).toBe(5);
    expect(merged.curves[0].rows[3 * size]).toBeNaN();
  });

  it('come in any order of runs and are kept sorted, theory first', () => {
    const results = start();
    const key = workKey(keysOf(results.experiment), { kind: 'ode' });
    const theory: LiveRows = { ...batch(results, 0, 0, 1, 2), source: { kind: 'ode' }, key };
    const merged = mergeRows(results, [batch(results, 3, 0, 1, 1), batch(results, 1, 0, 1, 1), theory]);
    expect(merged.curves.map(({ source }) => (source.kind === 'simulation' ? source.run : source.kind))).toEqual([
      'ode',
      1,
      3,
    ]);
  });

  it('that do not fit the layout or the grid are left out', () => {
    const results = start();
    const odd = { ...batch(results, 0, 0, 1, 1), rows: new Float64Array(3) };
    const late = batch(results, 0, results.frame.t.length, 1, 1);
    expect(mergeRows(results, [odd, late]).curves).toEqual([]);
  });

  it('of another seed are refused, also where their shape fits', () => {
    const results = start();
    const other = { ...results.experiment, simulation: { ...results.experiment.simulation, seed: 99 } };
    const rows = batch({ ...results, experiment: other }, 0, 0, 1, 1);
    expect(() => mergeRows(results, [rows])).toThrow(IdentityError);
  });

  it('give a new object, so that figures notice', () => {
    const results = start();
    expect(mergeRows(results, [batch(results, 0, 0, 1, 1)])).not.toBe(results);
  });

  it('stay beside stored curves until they are stored themselves', () => {
    const results = start();
    const live = mergeRows(results, [batch(results, 0, 0, 2, 1), batch(results, 1, 0, 2, 1)]);
    const stored = { ...results, curves: [{ ...live.curves[0], points: 9 }] };
    const both = withLive(stored, live);
    expect(both.curves).toHaveLength(2);
    expect(both.curves[0].points).toBe(9);
  });

  it('of a large model wait for the main process: the page builds no huge arrays', () => {
    const large = setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], MAX_LOCAL_DIMENSION + 1);
    const parsed = parseExperiment(large);
    expect(parsed.ok && emptyResults(parsed.value)).toBeNull();
  });

  it('of a large model in blocks are there at once: it needs no arrays', () => {
    const large = setAt(withSpectrum(emptyExperiment('one', 'One'), 'identity'), ['model', 'dimension'], 1e6);
    const flat = setAt(large, ['model', 'means', 'profile'], { kind: 'flat' });
    const parsed = parseExperiment(flat);
    expect(parsed.ok && emptyResults(parsed.value)?.frame.t.length).toBeGreaterThan(1);
  });
});
