import { createHash } from 'node:crypto';
import { reason } from '../../../src/refusal/refusal.ts';
import { saidBy } from '../../refusals.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { describe, expect, it } from 'vitest';
import { IdentityError, keysOf } from '../../../src/core/experiment/identity.ts';
import { type Curve } from '../../../src/study/experiment-results.ts';
import { type Experiment, type Study } from '../../../src/core/experiment/schema.ts';
import { type Library } from '../../../src/lab/database/library.ts';
import { binary, curveOf, frameOf, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder, open, query } from './folder.ts';

const study = studyOf([binary, powerLaw]);
const [experiment] = study.experiments;
const frame = frameOf(experiment);
const run = (index: number, options = {}): Curve => curveOf(experiment, { kind: 'simulation', run: index }, options);
const ode = (options = {}): Curve => curveOf(experiment, { kind: 'ode' }, options);
const flow = (): Curve => curveOf(experiment, { kind: 'gradient-flow' });

/** A digest of every bit: 0 and -0, and NaNs, are told apart. */
const bits = (rows?: Float64Array) =>
  rows &&
  createHash('sha256')
    .update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    .digest('hex');

function opened(): { folder: string; library: Library; id: string } {
  const folder = newFolder();
  const library = open(folder);
  const id = library.createStudy({ ...study });
  return { folder, library, id };
}

function statusOf(library: Library, id: string, experimentId = 'binary') {
  const record = library.openStudy(id);
  if (!record.ok) throw new Error(englishLine(record.refusals[0]));
  return record.value.status.find((status) => status.experimentId === experimentId);
}

/** Results of an experiment as the study describes it now. */
function resultsOf(library: Library, id: string, experimentId = 'binary') {
  const record = library.openStudy(id);
  const draft = record.ok ? record.value.draft.experiments.find((each) => each.id === experimentId) : undefined;
  return library.results(id, draft ?? { id: experimentId });
}

/** Saves the study with its first experiment changed. */
function edit(library: Library, id: string, change: Partial<Experiment>): Experiment {
  const record = library.openStudy(id);
  if (!record.ok) throw new Error('not there');
  const edited: Study = studyOf([{ ...experiment, ...change }, powerLaw]);
  library.saveStudy({ id, draft: { ...edited }, revision: record.value.revision });
  return edited.experiments[0];
}

describe('stored curves', () => {
  it('come back bit for bit after reopening, special numbers and NaN rows included', () => {
    const { folder, library, id } = opened();
    const curve = ode({ points: 4, outcome: { status: 'diverged', t: 1.25, quantity: 'norm', value: Infinity } });
    curve.rows.set([-0, Infinity, -Infinity, Number.MIN_VALUE, 1e308], 0);
    const report = { origin: null, seconds: -0, details: { a: NaN, b: 'NaN', c: 5e-324, d: -0 } };
    library.storeCurve(id, experiment, { ...curve, report });
    library.storeCurve(id, experiment, run(2));
    library.close();
    const { results, standing, refusals } = resultsOf(open(folder), id);
    expect({ standing, refusals }).toEqual({ standing: 'current', refusals: [] });
    expect(results).toEqual({ experiment, frame, curves: [{ ...curve, report }, run(2)] });
    expect(bits(results?.curves[0].rows)).toBe(bits(curve.rows));
  });

  it('of more than one part are put together', () => {
    const long = studyOf([
      { ...binary, model: { ...binary.model, dimension: 90_000 }, grid: { kind: 'linear', points: 90_000 } },
    ]);
    const longFrame = frameOf(long.experiments[0]);
    const folder = newFolder();
    const library = open(folder);
    const id = library.createStudy({ ...long });
    const curve = curveOf(
      long.experiments[0],
      { kind: 'ode' },
      { points: 89_999, outcome: { status: 'cancelled', t: 1 } },
    );
    library.storeCurve(id, long.experiments[0], curve, longFrame);
    const found = resultsOf(library, id).results?.curves[0];
    expect(found?.points).toBe(89_999);
    expect(bits(found?.rows)).toBe(bits(curve.rows));
    library.close();
    expect(query(folder, 'SELECT count(*) AS parts FROM series')).toEqual([{ parts: 3 }]);
  });

  it('share one description and one frame', () => {
    const { folder, library, id } = opened();
    for (const curve of resultsFor(experiment).curves) library.storeCurve(id, experiment, curve);
    library.close();
    const counts = 'SELECT (SELECT count(*) FROM descriptions) AS d, (SELECT count(*) FROM frames) AS f';
    expect(query(folder, counts)).toEqual([{ d: 1, f: 1 }]);
  });

  it('of another shape, or of no study, are refused', () => {
    const { library, id } = opened();
    expect(() => library.storeCurve(id, experiment, { ...ode(), points: 7 })).toThrow(RangeError);
    expect(() => library.storeCurve(id, experiment, { ...ode(), rows: new Float64Array(1) })).toThrow(RangeError);
    expect(saidBy(() => library.storeCurve('nothing', experiment, ode()))).toMatch(/FOREIGN KEY/);
    expect(resultsOf(library, id).results).toBeNull();
  });
});

describe('missing work', () => {
  it('is everything at first, and nothing once all curves are stored', () => {
    const { library, id } = opened();
    expect(library.missingWork(id, experiment)).toEqual({ theory: ['ode', 'gradient-flow'], runs: [0, 1, 2] });
    expect(statusOf(library, id)).toMatchObject({ state: 'none', finishedRuns: 0, askedRuns: 3 });
    library.storeCurve(id, experiment, ode());
    library.storeCurve(id, experiment, run(1));
    expect(library.missingWork(id, experiment)).toEqual({ theory: ['gradient-flow'], runs: [0, 2] });
    expect(statusOf(library, id)).toMatchObject({ state: 'partial', finishedRuns: 1 });
    for (const curve of [flow(), run(0), run(2)]) library.storeCurve(id, experiment, curve);
    expect(library.missingWork(id, experiment)).toEqual({ theory: [], runs: [] });
    expect(statusOf(library, id)).toMatchObject({ state: 'complete', finishedRuns: 3, troubles: [] });
  });

  it('does not have diverged curves, has failed and cancelled ones', () => {
    const { library, id } = opened();
    const diverged = { status: 'diverged' as const, t: 1, quantity: 'norm', value: 1e101 };
    const failed = { status: 'failed' as const, t: 0, why: reason('said', { text: 'no memory' }) };
    library.storeCurve(id, experiment, ode({ outcome: diverged, points: 3 }));
    library.storeCurve(id, experiment, run(0, { outcome: diverged, points: 2 }));
    library.storeCurve(id, experiment, run(1, { outcome: failed, points: 0 }));
    library.storeCurve(id, experiment, run(2, { outcome: { status: 'cancelled', t: 0.4 }, points: 2 }));
    expect(library.missingWork(id, experiment)).toEqual({ theory: ['gradient-flow'], runs: [1, 2] });
    expect(statusOf(library, id)?.troubles).toEqual([
      { source: { kind: 'ode' }, outcome: diverged },
      { source: { kind: 'simulation', run: 0 }, outcome: diverged },
      { source: { kind: 'simulation', run: 1 }, outcome: failed },
    ]);
    // runs that did not finish are not among the results
    expect(resultsOf(library, id).results?.curves.map(({ source }) => source)).toEqual([
      { kind: 'ode' },
      { kind: 'simulation', run: 0 },
    ]);
  });

  it('never grows by an unfinished curve: it does not replace a finished one', () => {
    const { library, id } = opened();
    library.storeCurve(id, experiment, run(0));
    library.storeCurve(id, experiment, run(0, { outcome: { status: 'cancelled', t: 0 }, points: 1 }));
    expect(library.missingWork(id, experiment).runs).toEqual([1, 2]);
    library.storeCurve(id, experiment, run(0, { salt: 9 }));
    expect(resultsOf(library, id).results?.curves).toEqual([run(0, { salt: 9 })]);
  });

  it('keeps finished curves when only their number or the name changes', () => {
    const { library, id } = opened();
    for (const curve of [ode(), flow(), run(0), run(1), run(2)]) library.storeCurve(id, experiment, curve);
    const more = edit(library, id, { name: 'Renamed', simulation: { engine: 'sgd', runs: 4, seed: 5 } });
    expect(library.missingWork(id, more)).toEqual({ theory: [], runs: [3] });
    const fewer = edit(library, id, { simulation: { engine: 'sgd', runs: 1, seed: 5 }, theory: { curves: ['ode'] } });
    expect(library.missingWork(id, fewer)).toEqual({ theory: [], runs: [] });
    expect(resultsOf(library, id)).toMatchObject({ standing: 'current', results: { experiment: fewer } });
    expect(resultsOf(library, id).results?.curves).toEqual([ode(), run(0)]);
  });

  it('has the runs but not the theory after a change of the seed', () => {
    const { library, id } = opened();
    for (const curve of [ode(), flow(), run(0), run(1), run(2)]) library.storeCurve(id, experiment, curve);
    const reseeded = edit(library, id, { simulation: { engine: 'sgd', runs: 2, seed: 6 } });
    expect(library.missingWork(id, reseeded)).toEqual({ theory: [], runs: [0, 1] });
    expect(resultsOf(library, id).results?.curves).toEqual([ode(), flow()]);
  });
});

describe('an edited experiment', () => {
  it('shows the results of its last description, marked stale, until new ones come', () => {
    const { library, id } = opened();
    library.noteRun(id, [experiment]);
    library.storeCurve(id, experiment, ode());
    library.storeCurve(id, experiment, run(0));
    const longer = edit(library, id, { horizon: 3 });
    expect(statusOf(library, id)?.state).toBe('stale');
    expect(resultsOf(library, id)).toEqual({
      key: keysOf(longer).description,
      results: { experiment, frame, curves: [ode(), run(0)] },
      standing: 'stale',
      refusals: [],
    });
    library.storeCurve(id, longer, curveOf(longer, { kind: 'ode' }));
    expect(statusOf(library, id)?.state).toBe('partial');
    expect(resultsOf(library, id).standing).toBe('current');
    // back to the earlier description: its curves are still there
    edit(library, id, {});
    expect(resultsOf(library, id)).toMatchObject({ standing: 'current', results: { curves: [ode(), run(0)] } });
  });

  it('shows them also while the draft does not parse', () => {
    const { library, id } = opened();
    library.noteRun(id, [experiment]);
    library.storeCurve(id, experiment, ode());
    const broken = { ...experiment, horizon: -1 };
    library.saveStudy({ id, draft: { name: '', notes: '', experiments: [broken] }, revision: 1 });
    expect(statusOf(library, id)?.state).toBe('invalid');
    expect(resultsOf(library, id)).toMatchObject({ standing: 'stale', results: { curves: [ode()] } });
  });

  it('keeps curves of earlier descriptions, for undo, until the study is left with the new one complete', () => {
    const { folder, library, id } = opened();
    library.noteRun(id, [experiment]);
    for (const curve of [ode(), flow(), run(0), run(1), run(2)]) library.storeCurve(id, experiment, curve);
    const longer = edit(library, id, { horizon: 3, simulation: { engine: 'sgd', runs: 1, seed: 5 } });
    library.noteRun(id, [longer]);
    const [first, second, third] = resultsFor(longer).curves;
    library.storeCurve(id, longer, first);
    library.storeCurve(id, longer, second);
    expect(library.tidy(id)).toBe(0);
    library.storeCurve(id, longer, third);
    // an undo after the run finds all that there was
    edit(library, id, {});
    expect(statusOf(library, id)?.state).toBe('complete');
    expect(resultsOf(library, id).results?.curves).toEqual([ode(), flow(), run(0), run(1), run(2)]);
    edit(library, id, { horizon: 3, simulation: { engine: 'sgd', runs: 1, seed: 5 } });
    expect(library.tidy(id)).toBe(5);
    expect(library.openStudy(id)).toMatchObject({ value: { summary: { curves: 3 } } });
    library.purgeBin(0);
    library.close();
    const left =
      'SELECT (SELECT count(*) FROM series) AS s, (SELECT count(*) FROM descriptions) AS d, (SELECT count(*) FROM frames) AS f';
    expect(query(folder, left)).toEqual([{ s: 3, d: 1, f: 1 }]);
  });

  it('of a new id begins anew: what a deleted one of that id has computed is not shown', () => {
    const { library, id } = opened();
    library.noteRun(id, [experiment]);
    for (const curve of resultsFor(experiment).curves) library.storeCurve(id, experiment, curve);
    const without = library.saveStudy({ id, draft: { name: '', notes: '', experiments: [] }, revision: 1 });
    expect(without.ok).toBe(true);
    // a job that was started before goes on
    library.storeCurve(id, experiment, run(2));
    // undo may bring it back until the study is left
    library.forgetDeleted(id);
    edit(library, id, { horizon: 3 });
    expect(statusOf(library, id)?.state).toBe('none');
    expect(resultsOf(library, id).results).toBeNull();
    // the description itself is still known
    edit(library, id, {});
    expect(statusOf(library, id)?.state).toBe('complete');
  });

  it('finds what another experiment of the study has computed for its description', () => {
    const { library, id } = opened();
    for (const curve of resultsFor(experiment).curves) library.storeCurve(id, experiment, curve);
    const moved = { ...experiment, id: 'moved', name: 'Moved' };
    library.saveStudy({ id, draft: { name: '', notes: '', experiments: [moved] }, revision: 1 });
    expect(statusOf(library, id, 'moved')?.state).toBe('complete');
    expect(resultsOf(library, id, 'moved').results?.experiment).toEqual(moved);
    expect(library.missingWork(id, moved)).toEqual({ theory: [], runs: [] });
  });

  it('is refused a curve that was computed for another description, seed or engine', () => {
    const { library, id } = opened();
    for (const change of [
      { horizon: 3 },
      { simulation: { engine: 'sgd' as const, runs: 3, seed: 6 } },
      { simulation: { engine: 'hsgd' as const, runs: 3, seed: 5 } },
    ]) {
      const other = edit(library, id, change);
      expect(() => library.storeCurve(id, other, run(0))).toThrow(IdentityError);
    }
    expect(() => library.storeCurve(id, experiment, { ...run(0), source: { kind: 'simulation', run: 1 } })).toThrow(
      IdentityError,
    );
  });

  it('is not touched by results of what it no longer is', () => {
    const { library, id } = opened();
    const longer = edit(library, id, { horizon: 3 });
    for (const curve of resultsFor(longer).curves) library.storeCurve(id, longer, curve);
    // a job that was started before the edit ends
    for (const curve of resultsFor(experiment).curves) library.storeCurve(id, experiment, curve);
    expect(statusOf(library, id)?.state).toBe('complete');
    expect(resultsOf(library, id)).toMatchObject({ standing: 'current', results: { experiment: longer } });
  });
});
