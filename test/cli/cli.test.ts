import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src/study/presets/presets.ts';
import { root } from '../../scripts/ensure-build.mjs';
import { underWay } from './under-way.ts';

const cli = join(root, 'out', 'main', 'cli.js');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sgdlab(...args: string[]) {
  return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const experiment = {
  id: 'power-law',
  name: 'Power law',
  model: {
    dimension: 300,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 5,
  grid: { kind: 'linear', points: 6 },
  simulation: { runs: 6, seed: 2 },
};
const study = (change: Record<string, unknown> = {}) => ({
  format: 'sgdlab-study',
  version: 1,
  name: 'Small',
  experiments: [{ ...experiment, ...change }],
});

describe('sgdlab run', () => {
  it('says of a sweep where its risk is least and greatest, with the experiments', () => {
    const { id: _id, name: _name, ...base } = { ...experiment, simulation: { runs: 0 } };
    const axes = [{ parameter: 'optimizer.schedule.rate', range: { kind: 'values', values: [0.1, 1, 0.5] } }];
    const path = file('sweep.json', { ...study(), experiments: [], sweep: { axes, base } });
    const { status, stdout } = sgdlab('run', path);
    expect(status).toBe(0);
    const risk = (name: string) => Number(new RegExp(`^γ = ${name} .*?5 +(0\\.\\d+)`, 'm').exec(stdout)?.[1]);
    expect(risk('1')).toBeLessThan(risk('0.5'));
    expect(risk('0.5')).toBeLessThan(risk('0.1'));
    expect(stdout).toMatch(/^Least 0\.\d+ at γ = 1 \(an end of the range of γ\): sweep-1$/m);
    expect(stdout).toMatch(/^Greatest 0\.\d+ at γ = 0\.1 \(an end of the range of γ\): sweep-0$/m);
  });

  it('writes the results and prints one JSON object in which theory and SGD agree', () => {
    const path = file('small.json', study());
    const { status, stdout, stderr } = sgdlab('run', path, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { out, experiments } = JSON.parse(stdout);
    expect(out).toBe(join(folder, 'small.sgdlab'));
    expect(statSync(out).size).toBeGreaterThan(1000);
    const [{ id, dimension, t, ode, sgd, seconds }] = experiments;
    expect({ id, dimension, t }).toEqual({ id: 'power-law', dimension: 300, t: [0, 1, 2, 3, 4, 5] });
    expect(ode.risk[0]).toBeCloseTo(Math.log(2), 12);
    expect(Object.keys(sgd).sort()).toEqual(['error', 'learning_rate', 'norm', 'risk']);
    t.forEach((_: number, k: number) => {
      const limit = (4 * sgd.risk.sd[k]) / Math.sqrt(6) + 2 / dimension;
      expect(Math.abs(sgd.risk.mean[k] - ode.risk[k])).toBeLessThanOrEqual(limit);
    });
    expect(seconds.theory).toBeGreaterThan(0);
    expect(seconds.simulation).toBeGreaterThan(0);
  });

  it('says how far it is in lines of JSON, the last of which has everything done', () => {
    const path = file('progress.json', study());
    const { status, stdout, stderr } = sgdlab('run', path, '--progress', 'json', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).experiments).toHaveLength(1);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      fraction: 0,
      seconds_left: null,
      experiments: [{ id: 'power-law', fraction: 0 }],
    });
    expect(lines.at(-1)).toMatchObject({
      fraction: 1,
      experiments: [{ id: 'power-law', fraction: 1, horizon: 5, runs: { finished: 6, asked: 6 } }],
    });
    const fractions = lines.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(sgdlab('run', path, '--progress', 'none')).toMatchObject({
      status: 0,
      stderr: expect.not.stringContaining('{'),
    });
    expect(sgdlab('run', path, '--progress', 'dots')).toMatchObject({
      status: 2,
      stderr: 'sgdlab: --progress: expected bar, json, none, got "dots"\n',
    });
  });

  it.each([1, 1e-2, 1e-4, 1e-10])('has the theory of AdaGrad-Norm agree with SGD for an offset of %s', (offset) => {
    const optimizer = { schedule: { kind: 'adagrad-norm', rate: 2, offset } };
    const path = file(`adagrad-${offset}.json`, study({ optimizer, simulation: { runs: 40, seed: 1 } }));
    const { status, stdout, stderr } = sgdlab('run', path, '--json');
    expect(status).toBe(0);
    // with a small offset single runs scatter, and that is said
    expect(stderr).toMatch(offset === 1 ? /^$/ : /^warning: [^\n]*offset: The first step makes up [^\n]*\n$/);
    const [{ t, dimension, ode, sgd }] = JSON.parse(stdout).experiments;
    t.forEach((_: number, k: number) => {
      const limit = (4 * sgd.risk.sd[k]) / Math.sqrt(40) + 2 / dimension;
      expect(Math.abs(sgd.risk.mean[k] - ode.risk[k]), `at point ${k}`).toBeLessThanOrEqual(limit);
    });
  });

  it('gives the same numbers for any number of workers', () => {
    const path = file('same.json', study());
    const of = (workers: string) =>
      JSON.parse(sgdlab('run', path, '--json', '--workers', workers, '--out', `same-${workers}.sgdlab`).stdout)
        .experiments[0];
    const [one, two] = [of('1'), of('2')];
    expect(two.sgd).toEqual(one.sgd);
    expect(two.ode).toEqual(one.ode);
  });

  it('runs only what --only names, and refuses unknown ids and worker numbers', () => {
    const two = { ...study(), experiments: [experiment, { ...experiment, id: 'other' }] };
    const path = file('two.json', two);
    const { stdout } = sgdlab('run', path, '--only', 'other', '--json');
    expect(JSON.parse(stdout).experiments.map(({ id }: { id: string }) => id)).toEqual(['other']);
    const unknown = sgdlab('run', path, '--only', 'nobody');
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'sgdlab: --only: expected ids of the study (power-law, other), got "nobody"\n',
    ]);
    expect(sgdlab('run', path, '--workers', '0').status).toBe(2);
  });

  it('ends with status 3 when a run diverges, and keeps what there was', () => {
    const path = file(
      'diverges.json',
      study({
        loss: { kind: 'binary-least-squares' },
        optimizer: { schedule: { kind: 'constant', rate: 60 } },
        horizon: 300,
      }),
    );
    const { status, stderr } = sgdlab('run', path, '--json');
    expect(status).toBe(3);
    expect(stderr).toMatch(/diverged at t = /);
    expect(existsSync(join(folder, 'diverges.sgdlab'))).toBe(true);
  });

  it('warns where SGD is not what the theory says: validate, run and the report', () => {
    const path = file('ridge.json', study({ optimizer: { schedule: { kind: 'constant', rate: 0.5 }, ridge: 1e6 } }));
    const line = /^warning: experiments\[0\]\.optimizer\.ridge: γδ\/d = 1670 is above 2: every step multiplies X/m;
    const valid = sgdlab('validate', path);
    expect([valid.status, valid.stdout]).toEqual([0, `${path}: valid, 1 experiment\n`]);
    expect(valid.stderr).toMatch(line);
    const { status, stderr } = sgdlab('run', path, '--json');
    expect(status).toBe(3);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/power-law, run 0: diverged at t = \S+: norm .*, from optimizer\.ridge = 1000000$/m);
    sgdlab('report', join(folder, 'ridge.sgdlab'));
    expect(readFileSync(join(folder, 'ridge.html'), 'utf8')).toMatch(
      /Warning: Ridge δ \(optimizer\.ridge\): γδ\/d = 1670 is above 2/,
    );
    expect(sgdlab('validate', file('quiet.json', study())).stderr).toBe('');
  });

  it('interrupted, ends with status 130 and saves what has finished', async () => {
    const path = file('long.json', study({ horizon: 100_000, simulation: { runs: 2 } }));
    const child = spawn(process.execPath, [cli, 'run', path], { cwd: folder });
    await underWay(child.pid);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(130);
    expect(existsSync(join(folder, 'long.sgdlab'))).toBe(true);
  });
});

describe('bad input', () => {
  const bad: [string, unknown, RegExp][] = [
    ['unknown-key', study({ horizont: 3 }), /experiments\[0\]\.horizont: unknown key \(did you mean "horizon"\?\)/],
    ['wrong-type', study({ horizon: 'long' }), /experiments\[0\]\.horizon: expected a finite number > 0, got "long"/],
    ['priors', study({ model: { ...experiment.model, priors: [0.5, 0.6] } }), /priors: expected numbers with sum 1/],
    ['path-id', study({ id: '../../x' }), /experiments\[0\]\.id: expected 1 to 64 characters of a-z, 0-9 and -/],
    ['dimension', study({ model: { ...experiment.model, dimension: 1e12 } }), /dimension: expected a whole number/],
    ['truncated', '{"format": "sgdlab-study", "versi', /expected JSON/],
    ['version', { ...study(), version: 99 }, /version: expected 1/],
    ['empty', '', /expected JSON/],
    ['deep', `{"experiments":[{"model":${'['.repeat(5000)}${']'.repeat(5000)}}]}`, /expected JSON: nested too deep/],
    ['list', [1, 2], /expected a study/],
  ];

  it.each(bad)(
    '%s: exit status 2, the path and what is allowed, no stack trace, nothing written',
    (name, content, message) => {
      const path = file(`bad-${name}.json`, content);
      const before = readdirSync(folder);
      for (const command of ['run', 'validate']) {
        const { status, stdout, stderr } = sgdlab(command, path);
        expect(status).toBe(2);
        expect(stdout).toBe('');
        expect(stderr).toMatch(message);
        expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
      }
      expect(readdirSync(folder)).toEqual(before);
    },
  );

  it('a missing file, a folder, an unknown command and a missing argument are refused with status 2', () => {
    expect(sgdlab('run', 'nowhere.json')).toMatchObject({
      status: 2,
      stderr: 'sgdlab: nowhere.json: no such file or folder\n',
    });
    expect(sgdlab('run', folder).status).toBe(2);
    expect(sgdlab('frobnicate').status).toBe(2);
    expect(sgdlab('run').status).toBe(2);
    const path = file('ok.json', study());
    expect(sgdlab('run', path, '--out', join(folder, 'no', 'such', 'x.sgdlab')).status).toBe(2);
  });
});

describe('the other commands', () => {
  it('presets lists every built-in study, and prints each as a valid one', () => {
    const { stdout } = sgdlab('presets');
    for (const { name } of presets) {
      expect(stdout).toContain(name);
      const path = file(`${name}.json`, sgdlab('presets', name).stdout);
      const { status, stderr } = sgdlab('validate', path);
      expect([name, status]).toEqual([name, 0]);
      // this one shows a saddle
      expect(stderr).toMatch(
        name === 'two-layers-on-xor' ? /^warning: experiments\[3\]\.optimizer\.start\.kind: [^\n]*\n$/ : /^$/,
      );
    }
    expect(sgdlab('presets', 'nothing').status).toBe(2);
  });

  it('report writes one self-contained page; export writes tables', () => {
    const path = file('reported.json', study());
    sgdlab('run', path);
    const results = join(folder, 'reported.sgdlab');
    expect(sgdlab('report', results).status).toBe(0);
    const html = readFileSync(join(folder, 'reported.html'), 'utf8');
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/<script|(?:src|href)="https?:/);
    const tables = join(folder, 'tables');
    const { status, stdout } = sgdlab('export', results, '--csv', tables);
    expect(status).toBe(0);
    const files = stdout.trim().split('\n');
    expect(files.length).toBeGreaterThan(2);
    for (const each of files) {
      const header = each.endsWith('-groups.csv') ? 'group,label,upper,size,class,energy' : 'curve,run,t,';
      expect(readFileSync(each, 'utf8').startsWith(header), each).toBe(true);
    }
    expect(sgdlab('report', path).status).toBe(2);
  });
});
