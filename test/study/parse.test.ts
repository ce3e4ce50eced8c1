import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, keysOf } from '../../src/core/experiment/identity.ts';
import { parseExperiment, parseStudy, parseStudyText, requireParsed } from '../../src/study/parse.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { englishLine } from '../../src/text/refusals/index.ts';

/** A small valid experiment; tests change one thing in a copy. */
function experiment(): Record<string, unknown> {
  return {
    id: 'e',
    model: {
      dimension: 100,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents: [1, 2] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'logistic' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 10,
  };
}

const study = (...experiments: unknown[]) => ({ format: 'sgdlab-study', version: 1, experiments });

/** The study with one entry of its first experiment replaced; undefined removes it. */
function withEntry(path: (string | number)[], value: unknown): unknown {
  const base = structuredClone(study(experiment()));
  let target: Record<string | number, unknown> = base.experiments[0] as Record<string, unknown>;
  for (const part of path.slice(0, -1)) target = target[part] as Record<string, unknown>;
  target[path[path.length - 1]] = value;
  return base;
}

function refusals(input: unknown): string[] {
  const result = parseStudy(input);
  return result.ok ? [] : result.refusals.map(englishLine);
}

describe('parseStudy', () => {
  it('fills in every default that the format names', () => {
    const [parsed] = requireParsed(parseStudy(study(experiment()))).experiments;
    expect(parsed).toMatchObject({
      name: 'e',
      model: { spectrum: { scales: [1, 1] }, means: { scale: 1 } },
      optimizer: { batchSize: 1, ridge: 0, start: { kind: 'zero' } },
      grid: { kind: 'linear', points: 101 },
      theory: { curves: ['ode'] },
      simulation: { engine: 'sgd', runs: 0 },
    });
  });

  it('is idempotent: a parsed study parses to itself', () => {
    for (const preset of presets) {
      const once = requireParsed(parseStudy(preset.study()));
      expect(requireParsed(parseStudy(structuredClone(once)))).toEqual(once);
    }
  });

  it('names path, value and what is allowed for each refusal', () => {
    const cases: [(string | number)[], unknown, RegExp][] = [
      // a rate of 0 is for methods that move without it
      [['optimizer', 'schedule', 'rate'], 0, /optimizer\.schedule\.rate: expected a finite number > 0, got 0$/],
      [
        ['optimizer', 'schedule', 'rate'],
        -1,
        /^experiments\[0\]\.optimizer\.schedule\.rate: expected a finite number > 0, got -1$/,
      ],
      [['theory'], { curves: ['ode', 'ode'] }, /curves: expected each curve at most once, got \["ode","ode"\]$/],
      [['theory'], { curves: 'ode' }, /^experiments\[0\]\.theory\.curves: expected a list of ode, .*, got "ode"$/],
      [['id'], '../x', /^experiments\[0\]\.id: expected 1 to 64 characters of a-z, 0-9 and -, got "\.\.\/x"$/],
      [
        ['model', 'dimension'],
        1e12,
        /^experiments\[0\]\.model\.dimension: expected a whole number from 1 to 1000000000, got 1000000000000$/,
      ],
      [['model', 'dimension'], '100', /dimension: expected a whole number .* got "100"$/],
      [['model', 'priors'], [0.5, 0.6], /priors: expected numbers with sum 1 \(within 1e-9\), their sum is 1\.1$/],
      [['model', 'spectrum', 'exponents'], [1], /spectrum\.exponents: expected one entry per class \(2\), got 1$/],
      [
        ['model', 'spectrum', 'kind'],
        'powerlaw',
        /spectrum\.kind: expected one of "identity", "zero-one", "power-law", "custom".*, got "powerlaw"$/,
      ],
      [
        ['model', 'means', 'profile'],
        { kind: 'blocks', weights: [1] },
        /profile\.kind: expected "flat" or "power-law"/,
      ],
      [['loss'], { kind: 'hinge' }, /loss\.kind: expected one of "logistic".*got "hinge"$/],
      [['loss'], undefined, /loss: expected an object with a "kind".*got nothing$/],
      [['horizon'], Number.POSITIVE_INFINITY, /horizon: expected a finite number > 0, got Infinity$/],
      [
        ['grid'],
        { kind: 'log', first: 20, points: 5 },
        /grid\.first: expected a time below the horizon \(10\), got 20$/,
      ],
      [
        ['optimizer', 'learningRate'],
        1,
        /optimizer\.learningRate: unknown key; allowed keys: method, average, schedule, batchSize, ridge, start$/,
      ],
      [['optimizer', 'batchsize'], 1, /optimizer\.batchsize: unknown key \(did you mean "batchSize"\?\)/],
      [['simulation'], { engine: 'gpu' }, /simulation\.engine: expected one of "sgd", "reduced", "hsgd", got "gpu"$/],
      [
        ['simulation'],
        { engine: 'reduced', runs: 1 },
        /^experiments\[0\]\.simulation\.engine: expected "sgd" or "hsgd" for .* more than 64 .*, got "reduced"$/,
      ],
      [
        ['model', 'priors'],
        new Array(33).fill(1 / 33),
        /^experiments\[0\]\.model\.priors: expected at most 32 classes, got a list of 33/,
      ],
      [
        ['model', 'priors'],
        [0.3, 0.3, 0.4],
        /loss\.kind: expected a loss for 3 classes: this one needs 2, got "logistic"/,
      ],
      [
        ['loss'],
        { kind: 'teacher-least-squares', noise: 0.1, teacher: { kind: 'custom', vectors: [[1, 2]] } },
        /loss\.teacher\.vectors\[0\]: expected one entry per direction \(100\), got 2$/,
      ],
      [
        ['labels'],
        { kind: 'teacher-sign', flip: 2, teacher: { kind: 'gaussian', seed: 1 } },
        /^experiments\[0\]\.labels\.flip: expected a finite number >= 0 and <= 1, got 2$/,
      ],
      [
        ['labels'],
        { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 1 } },
        /^experiments\[0\]\.labels\.kind: expected .*"teacher-sign".* for the loss "logistic", got "teacher-response"$/,
      ],
    ];
    for (const [path, value, message] of cases) {
      expect(refusals(withEntry(path, value)).join('\n'), path.join('.')).toMatch(message);
    }
  });

  it('refuses an engine that the model is not made for, and no other', () => {
    const model = (spectrum: unknown, dimension: number) => ({
      dimension,
      priors: [0.5, 0.5],
      spectrum,
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    });
    const engines = (spectrum: unknown, dimension: number) =>
      ['sgd', 'reduced', 'hsgd'].filter(
        (engine) =>
          refusals(
            study({ ...experiment(), model: model(spectrum, dimension), horizon: 1, simulation: { engine, runs: 1 } }),
          ).length === 0,
      );
    const row = (values: number) => Array.from({ length: 100 }, (_, rho) => (rho % values) + 1);
    expect(engines({ kind: 'identity' }, 1e9)).toEqual(['reduced']);
    expect(engines({ kind: 'power-law', exponents: [1, 2] }, 100)).toEqual(['sgd', 'hsgd']);
    expect(engines({ kind: 'power-law', exponents: [1, 2] }, 64)).toEqual(['sgd', 'reduced', 'hsgd']);
    expect(engines({ kind: 'power-law', exponents: [0, 0] }, 100)).toEqual(['sgd', 'reduced', 'hsgd']);
    expect(engines({ kind: 'custom', eigenvalues: [row(3), row(2)] }, 100)).toEqual(['sgd', 'reduced', 'hsgd']);
    expect(engines({ kind: 'custom', eigenvalues: [row(8), row(9)] }, 100)).toEqual(['sgd', 'hsgd']);
  });

  it('refuses the limit d → ∞ of a rate that goes by the noise where there is no covariance at all', () => {
    const limit = (kind: string, variances: number[]) =>
      refusals(
        study({
          ...experiment(),
          model: { ...(experiment() as { model: object }).model, spectrum: { kind: 'identity', variances } },
          optimizer: { schedule: kind === 'constant' ? { kind, rate: 1 } : { kind } },
          theory: { limit: true },
        }),
      );
    for (const kind of ['polyak', 'line-search']) {
      expect(limit(kind, [0, 0])).toEqual([
        'experiments[0].theory.limit: expected false, or covariances that are not all 0: ' +
          'without noise the rate of this rule grows like d, got true',
      ]);
      expect(limit(kind, [0, 0.5])).toEqual([]);
    }
    expect(limit('constant', [0, 0])).toEqual([]);
  });

  it('refuses a block model whose fractions or eigenvalues are wrong', () => {
    const zeroOne = (blocks: unknown) => refusals(withEntry(['model', 'spectrum'], { kind: 'zero-one', blocks }));
    expect(zeroOne([{ fraction: 0.5, eigenvalues: [0, 0] }])).toEqual([
      'experiments[0].model.spectrum.blocks: expected fractions with sum 1 (within 1e-9), their sum is 0.5',
    ]);
    expect(zeroOne([{ fraction: 1, eigenvalues: [0, 0.5] }])[0]).toMatch(
      /blocks\[0\]\.eigenvalues\[1\]: expected 0 or 1, got 0\.5$/,
    );
    expect(zeroOne([{ fraction: 1, eigenvalues: [0] }])[0]).toMatch(
      /eigenvalues: expected one entry per class \(2\), got 1$/,
    );
  });

  it('reports independent errors of one study all at once', () => {
    const bad = withEntry(['horizon'], -1) as { experiments: Record<string, unknown>[] };
    (bad.experiments[0].model as Record<string, unknown>).priors = [0.5, 0.2];
    bad.experiments[0].nmae = 'x';
    bad.experiments.push(experiment());
    const found = refusals(bad);
    expect(found).toHaveLength(4);
    for (const path of [
      'experiments[0].horizon',
      'experiments[0].model.priors',
      'experiments[0].nmae',
      'experiments[1].id',
    ]) {
      expect(found.filter((line) => line.startsWith(`${path}: `))).toHaveLength(1);
    }
  });

  it('refuses a later version before anything else, and says which it reads', () => {
    expect(refusals({ format: 'sgdlab-study', version: 99, surprise: true })).toEqual([
      'version: expected 1, the version that this program reads, got 99',
    ]);
  });

  it('refuses truncated JSON with one line and no stack', () => {
    const result = parseStudyText('{ "format": "sgdlab-study", "version": 1, "exper');
    expect(result.ok).toBe(false);
    expect(!result.ok && result.refusals).toHaveLength(1);
    expect(!result.ok && englishLine(result.refusals[0])).toMatch(/^expected JSON: /);
  });

  it.each(['{"format":"sgdlab-study","version":1,"experiments":[{"id":"a","model":', '', '{"notes":', '{"\\"[":{"x":'])(
    'refuses what is nested too deep, wherever it is: after %j',
    (before) => {
      for (const [open, close] of ['[]', ['{"a":', '}']]) {
        for (const depth of [100, 5000, 1_000_000]) {
          const result = parseStudyText(`${before}${open.repeat(depth)}1${close.repeat(depth)}`);
          const message = !result.ok && result.refusals.map(englishLine).join();
          expect(message).toMatch(
            /^expected JSON: nested too deep: expected at most 64 .*, got more at character \d+$/,
          );
        }
      }
    },
  );

  it('counts what is open, not what was closed or stands in a text, as depth', () => {
    const flat = JSON.stringify({ ...study(experiment()), notes: `"${'['.repeat(500)}\\` }).slice(0, -1);
    expect(parseStudyText(`${flat}}`).ok).toBe(true);
    const wide = parseStudyText(`${flat},"many":[${'[],{},'.repeat(500)}0]}`);
    expect(!wide.ok && wide.refusals.map(({ path }) => path)).toEqual(['many']);
  });

  it.each([
    [
      'model.spectrum.variances',
      (wrong: unknown[]) => ({ model: { spectrum: { kind: 'identity', variances: wrong } } }),
    ],
    ['model.priors', (wrong: unknown[]) => ({ model: { priors: wrong } })],
    ['theory.curves', (wrong: unknown[]) => ({ theory: { curves: wrong } })],
    [
      'optimizer.schedule.times',
      (wrong: unknown[]) => ({ optimizer: { schedule: { kind: 'piecewise', times: wrong } } }),
    ],
    ['model.spectrum.blocks', (wrong: unknown[]) => ({ model: { spectrum: { kind: 'zero-one', blocks: wrong } } })],
    [
      'model.spectrum.blocks[0].eigenvalues',
      (wrong: unknown[]) => ({
        model: { spectrum: { kind: 'zero-one', blocks: [{ fraction: 1, eigenvalues: wrong }] } },
      }),
    ],
  ])('tells of %s with a million wrong entries in a line or two', (path, made) => {
    const result = parseExperiment({ id: 'a', ...made(new Array<string>(1_000_000).fill('x')) });
    const own = result.ok ? [] : result.refusals.filter((problem) => problem.path.startsWith(path));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(4);
  });

  it('tells of a hundred unknown keys of an object, and counts the others', () => {
    const result = parseExperiment({
      ...experiment(),
      ...Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`k${k}`, k])),
    });
    const refusals = result.ok ? [] : result.refusals.map(englishLine);
    expect(refusals).toHaveLength(101);
    expect(refusals[100]).toMatch(/^4900 more unknown keys/);
  });

  it('never throws, and names a path or the document for every refusal, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const result = parseStudy(value);
        if (!result.ok) for (const each of result.refusals) expect(englishLine(each).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws when one entry of a valid study is replaced by any JSON, and refuses or accepts it whole', () => {
    const paths = leafPaths(study(experiment()));
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
        const changed = structuredClone(study(experiment())) as unknown as Record<string, unknown>;
        let target = changed as Record<string | number, unknown>;
        for (const part of path.slice(0, -1)) target = target[part] as Record<string | number, unknown>;
        target[path[path.length - 1]] = value;
        const result = parseStudy(changed);
        if (!result.ok)
          expect(result.refusals.every((each) => each.path !== '' && englishLine(each) !== `${each.path}: `)).toBe(
            true,
          );
        else expect(parseStudy(structuredClone(result.value)).ok).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Every path to a value inside, except the two keys that say what the document is. */
function leafPaths(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return at.length > 1 ? [at] : [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  const inside = entries.flatMap(([key, entry]) => leafPaths(entry, [...at, key]));
  return at.length > 2 ? [at, ...inside] : inside;
}

describe('hashes of a description', () => {
  const parse = (input: unknown) => {
    const result = parseExperiment(input);
    if (!result.ok) throw new Error(result.refusals.map(englishLine).join());
    return result.value;
  };

  it('do not depend on the order of keys, the name or the id', () => {
    const reversed = Object.fromEntries(Object.entries(experiment()).reverse());
    expect(keysOf(parse({ ...reversed, id: 'other', name: 'Other' })).simulation).toBe(
      keysOf(parse(experiment())).simulation,
    );
  });

  it('more runs leave finished runs and the theory valid; another seed leaves the theory valid', () => {
    const base = parse(experiment());
    const more = parse({ ...experiment(), simulation: { runs: 9 } });
    const seeded = parse({ ...experiment(), simulation: { runs: 9, seed: 2 } });
    expect(keysOf(more).simulation).toBe(keysOf(base).simulation);
    expect(keysOf(seeded).simulation).not.toBe(keysOf(base).simulation);
    expect(keysOf(seeded).theory).toBe(keysOf(base).theory);
  });

  it('canonical JSON sorts keys at every level and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  });
});
