import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { teacherResponse } from '../../../src/core/labels/teacher-response.ts';
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import {
  IdentityError,
  type Keys,
  keysOf,
  keysOfVersion,
  requireIdentity,
  setupKey,
  splitKey,
  workKey,
} from '../../../src/core/experiment/identity.ts';
import { presets } from '../../../src/study/presets/presets.ts';
import { parseExperiment, parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { experimentFrame } from '../../../src/study/experiment-results.ts';
import { type Experiment } from '../../../src/core/experiment/schema.ts';

type Path = readonly (string | number)[];

function parse(input: unknown): Experiment {
  const result = parseExperiment(input);
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.value;
}

/** Rates of the state or of what is accumulated, by which a loss of two layers does not learn. */
const NOT_OF_TIME: readonly string[] = ['adagrad-norm', 'polyak', 'line-search'];

/** Descriptions that between them have every key that a description may have. */
const described: Experiment[] = [
  ...presets.flatMap(({ study }) => requireParsed(parseStudy(study())).experiments),
  ...lossKinds.flatMap((loss) =>
    scheduleKinds
      .filter(({ kind }) => loss.kind !== 'two-layer' || !NOT_OF_TIME.includes(kind))
      .map((schedule) => {
        const classes = Math.max(2, loss.classes[0]);
        return parse({
          id: 'e',
          name: 'Name',
          model: {
            dimension: 30,
            priors: Array.from({ length: classes }, () => 1 / classes),
            spectrum: { kind: 'power-law', exponents: Array.from({ length: classes }, (_, i) => 1 + i / 2) },
            means: {
              arrangement: { kind: 'gaussian', seed: 7 },
              profile: { kind: 'power-law', exponent: 0.2 },
              scale: 2,
            },
          },
          ...(loss.kind === 'phase-retrieval' ? { labels: teacherResponse.template() } : {}),
          loss: loss.template(classes),
          optimizer: {
            schedule: schedule.template(0.5, 4),
            batchSize: 2,
            ridge: 0.1,
            start: { kind: 'gaussian', seed: 5, scale: 0.5 },
          },
          horizon: 4,
          grid: { kind: 'log', first: 0.2, points: 7 },
          theory: {
            curves: ['ode'],
            limit: false,
            ...(loss.kind === 'phase-retrieval' ? { start: 'given' } : {}),
          },
          simulation: { engine: 'sgd', runs: 3, seed: 2 },
        });
      }),
  ),
];

/** Of a list longer than this its ends alone are changed: its other entries are of the same kind. */
const LONG = 8;

function leaves(value: unknown, at: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [at];
  const every: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  const entries = Array.isArray(value) && every.length > LONG ? [every[0], every[every.length - 1]] : every;
  return entries.flatMap(([key, entry]) => leaves(entry, [...at, key]));
}

function changed(experiment: Experiment, path: Path): Experiment {
  const copy = structuredClone(experiment);
  let holder = copy as unknown as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) holder = holder[part] as Record<string | number, unknown>;
  const last = path[path.length - 1];
  const value = holder[last];
  if (typeof value === 'number') holder[last] = value + 1;
  else if (typeof value === 'boolean') holder[last] = !value;
  else holder[last] = `${String(value)}-other`;
  return copy;
}

/** What each key must follow: everything but this. */
const free: Record<keyof Keys, (path: string, experiment: Experiment) => boolean> = {
  description: (path) => /^(id|name)$/.test(path),
  // end points and spreads are no part of a curve; a theory that is conditional on the start of run 0 depends on its seed
  theory: (path, { theory }) =>
    /^(id|name|simulation\..*|theory\.(curves|endpoints|spread)\b.*)$/.test(path) &&
    !(theory.start === 'given' && path === 'simulation.seed'),
  // rows beside a theory by quantiles have room for them
  simulation: (path, { theory }) =>
    /^(id|name|simulation\.runs|theory\..*)$/.test(path) && !(theory.start === 'escape' && path === 'theory.start'),
};

describe('the keys of a description', () => {
  const cases = described.flatMap((experiment, k) => leaves(experiment).map((path) => ({ experiment, path, k })));

  it('are asked about every key that the study format has', () => {
    const seen = new Set(cases.map(({ path }) => path.filter((part) => typeof part === 'string').join('.')));
    for (const path of ['model.dimension', 'optimizer.ridge', 'simulation.seed', 'theory.limit', 'loss.teacher.seed']) {
      expect(seen).toContain(path);
    }
    expect(cases.length).toBeGreaterThan(1000);
  });

  it.each(['description', 'theory', 'simulation'] as const)(
    '(%s) change with all that they stand for, and nothing else',
    (of) => {
      const wrong = cases.flatMap(({ experiment, path }) => {
        const name = path.join('.');
        const other = changed(experiment, path);
        const isFree = free[of](name, experiment);
        return (keysOf(other)[of] === keysOf(experiment)[of]) === isFree ? [] : [name];
      });
      expect([...new Set(wrong)]).toEqual([]);
    },
  );

  it('are those that they were before there were methods and averages, at their defaults', () => {
    const [experiment] = described;
    // as version 0.1.0 made them
    expect(keysOf(experiment)).toEqual({
      description: '2-73024d6015817e52721ac2be4058e7e9',
      theory: '2-015346a14149b8bff330c4f87dcb6713',
      simulation: '2-7b23baf71e52380d0ddf17b9823fe256',
    });
    expect(setupKey(experiment)).toBe('015346a14149b8bff330c4f87dcb6713');
    const { optimizer } = experiment;
    const others = [
      { ...optimizer, method: { kind: 'heavy-ball', momentum: 0 } as const },
      { ...optimizer, average: { kind: 'uniform', from: 0 } as const },
    ].map((each) => keysOf({ ...experiment, optimizer: each }).theory);
    expect(new Set([keysOf(experiment).theory, ...others]).size).toBe(3);
  });

  it('tell curves, runs, theory and versions apart', () => {
    const [experiment] = described;
    const keys = [keysOf(experiment), keysOfVersion(experiment, '1')];
    const all = keys.flatMap((of) => [
      workKey(of, { kind: 'ode' }),
      workKey(of, { kind: 'gradient-flow' }),
      workKey(of, { kind: 'simulation', run: 0 }),
      workKey(of, { kind: 'simulation', run: 1 }),
    ]);
    expect(new Set(all).size).toBe(8);
    expect(splitKey(keys[0].theory).digest).toBe(splitKey(keys[1].theory).digest);
  });

  it('refuse a curve of another description, source or version', () => {
    const [a, b] = [described[0], changed(described[0], ['simulation', 'seed'])];
    const source = { kind: 'simulation', run: 0 } as const;
    const key = workKey(keysOf(a), source);
    expect(() => requireIdentity({ source, key }, keysOf(a), 'x')).not.toThrow();
    for (const keys of [keysOf(b), keysOfVersion(a, '1')])
      expect(() => requireIdentity({ source, key }, keys, 'x')).toThrow(IdentityError);
    expect(() => requireIdentity({ source: { kind: 'simulation', run: 1 }, key }, keysOf(a), 'x')).toThrow(
      IdentityError,
    );
  });
});

describe('the key of a setup', () => {
  const frameText = (experiment: Experiment) => {
    const setup = prepare(experiment);
    const numbers = [setup.mixture.eigenvalues, setup.mixture.means, setup.teacher, setup.steps].map((each) => [
      ...each,
    ]);
    return JSON.stringify([experimentFrame(setup), numbers]);
  };

  it('is that of everything that is prepared: what leaves it as it is leaves all arrays as they are', () => {
    const small = described.filter(({ model }) => model.dimension <= 30);
    for (const experiment of small) {
      const other: Experiment = {
        ...experiment,
        id: 'other',
        theory: { curves: ['gradient-flow'], limit: true },
        simulation: { engine: 'hsgd', runs: 9, seed: 77 },
      };
      expect(setupKey(other)).toBe(setupKey(experiment));
      expect(frameText(other)).toBe(frameText(experiment));
    }
  });

  it('changes with every part that is prepared from', () => {
    for (const experiment of described.slice(-8)) {
      for (const path of leaves(experiment)) {
        if (/^(id|name|theory|simulation)/.test(path.join('.'))) continue;
        expect(setupKey(changed(experiment, path)), path.join('.')).not.toBe(setupKey(experiment));
      }
    }
  });
});
