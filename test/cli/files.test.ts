/** What the command line does to files: nothing that is there is lost, and nothing that was computed. */
import { spawn, spawnSync, type SpawnOptions, type SpawnSyncOptions } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { readArchive } from '../../src/lab/archive/index.ts';
import { underWay } from './under-way.ts';

const cli = join(root, 'out', 'main', 'cli.js');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sgdlab = (args: string[], options: SpawnSyncOptions = {}) =>
  spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', ...options }) as {
    status: number;
    stdout: string;
    stderr: string;
  };

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const experiment = (id: string, change: Record<string, unknown> = {}) => ({
  id,
  model: {
    dimension: 60,
    priors: [0.5, 0.5],
    spectrum: { kind: 'identity', variances: [1, 0.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: id === 'a' ? 1 : 0.5 } },
  horizon: 4,
  grid: { kind: 'linear', points: 5 },
  simulation: { runs: 3, seed: 2 },
  ...change,
});
const study = (...experiments: unknown[]) => ({ format: 'sgdlab-study', version: 1, name: 'Small', experiments });
/** What acts on a terminal, but for line ends. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Needs about an hour. */
const endless = (id: string) => experiment(id, { horizon: 1e8, simulation: { runs: 1 } });

/** Curves of a results file, by experiment. */
const curvesOf = (path: string) =>
  Object.fromEntries(readArchive(path).results.map(({ experiment: { id }, curves }) => [id, curves]));

/** A run that is interrupted once it is under way, after what `meanwhile` does to the files. */
async function interrupted(args: string[], meanwhile: () => void = () => {}, options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, ...options });
  let stderr = '';
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  await underWay(child.pid);
  meanwhile();
  child.kill('SIGINT');
  const status = await new Promise((resolve) => child.on('exit', resolve));
  return { status, stderr };
}

describe('a file that is read is never written over', () => {
  it.each([
    ['itself', (path: string) => path],
    ['a symbolic link to it', (path: string) => (symlinkSync(path, join(folder, 'link')), join(folder, 'link'))],
    ['another name of it', (path: string) => (linkSync(path, join(folder, 'name')), join(folder, 'name'))],
  ])('by run and report, given as %s', (_name, other) => {
    const path = file('s.json', study(experiment('a')));
    const text = readFileSync(path, 'utf8');
    const refused = sgdlab(['run', path, '--out', other(path)]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/expected another file than the one that is read/);
    expect(readFileSync(path, 'utf8')).toBe(text);
    rmSync(join(folder, 'link'), { force: true });
    rmSync(join(folder, 'name'), { force: true });
    const results = join(folder, 's.sgdlab');
    expect(sgdlab(['run', path, '--out', results]).status).toBe(0);
    const bytes = readFileSync(results);
    expect(sgdlab(['report', results, '--out', other(results)]).status).toBe(2);
    expect(readFileSync(results)).toEqual(bytes);
  });

  it('also where it comes on the standard input', () => {
    const path = file('s.json', study(experiment('a')));
    const refused = sgdlab(['run', '-', '--out', path], { stdio: [openSync(path, 'r'), 'pipe', 'pipe'] });
    expect([refused.status, readFileSync(path, 'utf8')]).toEqual([2, JSON.stringify(study(experiment('a')))]);
  });

  it('and what is no results file or no report is not replaced', () => {
    const path = file('s.json', study(experiment('a')));
    const notes = file('notes.txt', 'years of work');
    const refused = sgdlab(['run', path, '--out', notes]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/notes\.txt: this file is there already and cannot be read as results/);
    sgdlab(['run', path]);
    expect(sgdlab(['report', 's.sgdlab', '--out', notes]).status).toBe(2);
    expect(readFileSync(notes, 'utf8')).toBe('years of work');
    // but an empty file, as mktemp makes one, and an earlier report are
    expect(sgdlab(['run', path, '--out', file('empty', '')]).status).toBe(0);
    for (let k = 0; k < 2; k++) expect(sgdlab(['report', 's.sgdlab']).status).toBe(0);
  });
});

describe('results that are there already', () => {
  it('of the same study are taken up: nothing is computed again, and the file stays the same', () => {
    const path = file('s.json', study(experiment('a'), experiment('b', { simulation: { runs: 2, seed: 5 } })));
    expect(sgdlab(['run', path]).status).toBe(0);
    const bytes = readFileSync(join(folder, 's.sgdlab'));
    const again = sgdlab(['run', path, '--json']);
    expect(again).toMatchObject({ status: 0, stderr: `${join(folder, 's.sgdlab')}: 7 finished curves taken up\n` });
    expect(readFileSync(join(folder, 's.sgdlab'))).toEqual(bytes);
    const { experiments } = JSON.parse(again.stdout);
    expect(experiments.map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
    // the wall time of runs that were not made now is not known
    expect(experiments[0].seconds).toEqual({ theory: expect.any(Number), simulation: null });
  });

  it('are added to: more runs and another experiment give what a fresh run gives, bit for bit', () => {
    const out = join(folder, 'r.sgdlab');
    sgdlab(['run', file('few.json', study(experiment('a'))), '--out', out]);
    const [before] = Object.values(curvesOf(out));
    const more = study(experiment('a', { simulation: { runs: 5, seed: 2 } }), experiment('b'));
    const path = file('more.json', more);
    const added = sgdlab(['run', path, '--out', out]);
    expect(added).toMatchObject({ status: 0, stderr: `${out}: 4 finished curves taken up\n` });
    expect(sgdlab(['run', path, '--out', join(folder, 'fresh.sgdlab')]).status).toBe(0);
    const [found, fresh] = [curvesOf(out), curvesOf(join(folder, 'fresh.sgdlab'))];
    expect(Object.keys(found)).toEqual(['a', 'b']);
    for (const id of ['a', 'b']) {
      expect(found[id].map(({ rows }) => rows)).toEqual(fresh[id].map(({ rows }) => rows));
    }
    // the kept ones are those that were there, with what they took
    expect(found.a.slice(0, before.length)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('earlier'))).toEqual([]);
  });

  it('stay when --only names another experiment', () => {
    const path = file('s.json', study(experiment('a'), experiment('b')));
    sgdlab(['run', path, '--only', 'a']);
    expect(sgdlab(['run', path, '--only', 'b']).status).toBe(0);
    expect(Object.entries(curvesOf(join(folder, 's.sgdlab'))).map(([id, curves]) => [id, curves.length])).toEqual([
      ['a', 4],
      ['b', 4],
    ]);
  });

  it('are never fewer after an interruption', async () => {
    const out = join(folder, 'r.sgdlab');
    sgdlab(['run', file('s.json', study(experiment('a'))), '--out', out]);
    const bytes = readFileSync(out);
    // the same study with more to do, and a study that has nothing in common with it
    const same = await interrupted(['run', file('more.json', study(experiment('a'), endless('b'))), '--out', out]);
    expect(same.status).toBe(130);
    expect(curvesOf(out).a).toHaveLength(4);
    writeFileSync(out, bytes);
    const nothing = file('nothing.json', study({ ...endless('c'), theory: { curves: [] } }));
    expect((await interrupted(['run', nothing, '--out', out])).status).toBe(130);
    expect(readFileSync(out)).toEqual(bytes);
    const other = file('other.json', study(experiment('d'), endless('c')));
    expect((await interrupted(['run', other, '--out', out])).status).toBe(130);
    expect(curvesOf(out).d).toHaveLength(4);
    expect(readFileSync(join(folder, 'r.earlier.sgdlab'))).toEqual(bytes);
  });

  it('of an earlier description are copied before they are replaced', () => {
    const path = file('s.json', study(experiment('a')));
    sgdlab(['run', path]);
    const bytes = readFileSync(join(folder, 's.sgdlab'));
    file('s.json', study(experiment('a', { horizon: 2 })));
    const { status, stderr } = sgdlab(['run', path]);
    expect(status).toBe(0);
    expect(stderr).toContain(`is kept in ${join(folder, 's.earlier.sgdlab')}`);
    expect(readFileSync(join(folder, 's.earlier.sgdlab'))).toEqual(bytes);
    expect(readArchive(join(folder, 's.sgdlab')).study.experiments[0].horizon).toBe(2);
    // fewer runs than there were: the file has what was asked, the copy the rest
    file('s.json', study(experiment('a', { horizon: 2, simulation: { runs: 1, seed: 2 } })));
    expect(sgdlab(['run', path]).status).toBe(0);
    expect(curvesOf(join(folder, 's.sgdlab')).a).toHaveLength(2);
    expect(curvesOf(join(folder, 's.earlier-2.sgdlab')).a).toHaveLength(4);
  });

  it('of another seed or engine are never taken for the asked ones', () => {
    const out = join(folder, 'r.sgdlab');
    sgdlab(['run', file('one.json', study(experiment('a'))), '--out', out]);
    for (const simulation of [
      { runs: 3, seed: 3 },
      { runs: 3, seed: 2, engine: 'hsgd' },
    ]) {
      const path = file('other.json', study(experiment('a', { simulation })));
      expect(sgdlab(['run', path, '--out', out]).stderr).toContain('1 finished curve taken up');
      sgdlab(['run', path, '--out', join(folder, 'fresh.sgdlab')]);
      expect(curvesOf(out).a.map(({ rows }) => rows)).toEqual(
        curvesOf(join(folder, 'fresh.sgdlab')).a.map(({ rows }) => rows),
      );
      rmSync(join(folder, 'fresh.sgdlab'));
    }
  });
});

describe('what was computed is not lost at the end', () => {
  it('an output place that cannot take it is refused before anything is computed', () => {
    const path = file('s.json', study(endless('a')));
    mkdirSync(join(folder, 'taken'));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    for (const out of [...['no/r.sgdlab', 'taken', 'pipe'].map((name) => join(folder, name)), '/proc/r.sgdlab']) {
      const { status, stderr } = sgdlab(['run', path, '--out', out], { timeout: 20_000 });
      expect([out, status]).toEqual([out, 2]);
      expect(stderr).toContain(out);
    }
  });

  it('a folder that is gone by then: the results lie beside the study, status 3', async () => {
    mkdirSync(join(folder, 'out'));
    const path = file('s.json', study(experiment('a'), endless('b')));
    const out = join(folder, 'out', 'r.sgdlab');
    const gone = await interrupted(['run', path, '--out', out], () => rmSync(dirname(out), { recursive: true }));
    // interrupted for the test's sake: that status wins
    expect(gone.status).toBe(130);
    const there = join(folder, 'r.sgdlab');
    expect(gone.stderr).toContain(`The results are in ${there}`);
    expect(curvesOf(there).a).toHaveLength(4);
  });

  it('the same of a study from the standard input, where there is no folder for temporary files: in the working folder', async () => {
    mkdirSync(join(folder, 'out'));
    const path = file('s.json', study(experiment('a'), endless('b')));
    const out = join(folder, 'out', 'r.sgdlab');
    const gone = await interrupted(['run', '-', '--out', out], () => rmSync(dirname(out), { recursive: true }), {
      stdio: [openSync(path, 'r'), 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: join(folder, 'no') },
    });
    expect(gone.stderr).toContain(`The results are in ${join(folder, 'r.sgdlab')}`);
    expect(curvesOf(join(folder, 'r.sgdlab')).a).toHaveLength(4);
  });

  it('the same where the run is done, status 3, and no other file is replaced', async () => {
    mkdirSync(join(folder, 'out'));
    const before = file('r.sgdlab', 'of somebody else');
    const path = file('s.json', study(experiment('a', { horizon: 5e5, simulation: { runs: 2, seed: 2 } })));
    const out = join(folder, 'out', 'r.sgdlab');
    const child = spawn(process.execPath, [cli, 'run', path, '--out', out, '--workers', '1'], { cwd: folder });
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    await underWay(child.pid);
    rmSync(dirname(out), { recursive: true });
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(3);
    expect(stderr).toContain(`The results are in ${join(folder, 'r-2.sgdlab')}`);
    expect(curvesOf(join(folder, 'r-2.sgdlab')).a).toHaveLength(3);
    expect(readFileSync(before, 'utf8')).toBe('of somebody else');
  });

  it.runIf(existsSync('/dev/full'))('a full standard output is said, with a status that is not 0', () => {
    const path = file('s.json', study(experiment('a')));
    for (const args of [
      ['validate', path],
      ['presets'],
      ['presets', 'power-laws'],
      ['run', path, '--json'],
      ['--help'],
    ]) {
      const { status, stderr } = sgdlab(args, { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
      expect([args[0], status]).toEqual([args[0], 3]);
      expect(stderr).toBe('sgdlab: standard output: no space left\n');
    }
    expect(curvesOf(join(folder, 's.sgdlab')).a).toHaveLength(4);
  });

  it('a reader that has seen enough is no failure', () => {
    const path = file('s.json', study(experiment('a')));
    sgdlab(['run', path]);
    const script = `"${process.execPath}" "${cli}" "$@" | true; echo "\${PIPESTATUS[0]}"`;
    for (const args of [
      ['export', 's.sgdlab', '--csv', 'tables'],
      ['presets', 'spectra-compared'],
      ['run', 's.json', '--json'],
    ]) {
      const piped = spawnSync('bash', ['-c', script, 'bash', ...args], { cwd: folder, encoding: 'utf8' });
      expect([args[0], piped.stdout, piped.stderr.replace(/.*taken up\n/, '')]).toEqual([args[0], '0\n', '']);
    }
    expect(readdirSync(join(folder, 'tables')).length).toBeGreaterThan(2);
  });
});

describe('an export', () => {
  it('replaces no file that is not of it, and says what is in the way, status 2', () => {
    const path = file('s.json', study(experiment('a')));
    sgdlab(['run', path]);
    expect(sgdlab(['export', 's.sgdlab', '--csv', 'tables']).status).toBe(0);
    expect(sgdlab(['export', 's.sgdlab', '--csv', 'tables']).status).toBe(0);
    writeFileSync(join(folder, 'tables', 'a.csv'), 'mine');
    expect(sgdlab(['export', 's.sgdlab', '--csv', 'tables'])).toMatchObject({
      status: 2,
      stderr:
        'sgdlab: tables: a.csv is there already and is no table of these curves; remove it, or write to another folder\n',
    });
    expect(readFileSync(join(folder, 'tables', 'a.csv'), 'utf8')).toBe('mine');
    expect(sgdlab(['export', 's.sgdlab', '--csv', 's.json'])).toMatchObject({
      status: 2,
      stderr: 'sgdlab: s.json: expected a folder for the CSV files; this is a file\n',
    });
  });
});

describe('where a study comes from', () => {
  it('is the standard input for -, which needs --out', () => {
    const input = JSON.stringify(study(experiment('a')));
    expect(sgdlab(['validate', '-'], { input })).toMatchObject({ status: 0, stdout: '-: valid, 1 experiment\n' });
    expect(sgdlab(['run', '-'], { input })).toMatchObject({
      status: 2,
      stderr: 'sgdlab: --out: expected a file for the results of a study from the standard input, got nothing\n',
    });
    expect(sgdlab(['run', '-', '--out', 'r.sgdlab'], { input }).status).toBe(0);
    expect(curvesOf(join(folder, 'r.sgdlab')).a).toHaveLength(4);
    expect(readdirSync(folder)).toEqual(['r.sgdlab']);
  });

  it('is never a device or a pipe, which need not end', () => {
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of ['/dev/zero', 'pipe']) {
      const { status, stderr } = sgdlab(['validate', path], { timeout: 20_000 });
      expect([status, stderr]).toEqual([2, `sgdlab: ${path}: expected a file; "-" reads the standard input\n`]);
    }
  });

  it('is a path of the folder in which npm was called, not of the checkout', () => {
    file('here.json', study(experiment('a')));
    const call = (...args: string[]) =>
      spawnSync('npm', ['--prefix', root, 'run', '--silent', 'sgdlab', '--', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    expect(call('validate', 'here.json')).toMatchObject({ status: 0, stdout: 'here.json: valid, 1 experiment\n' });
    expect(call('run', 'here.json').status).toBe(0);
    expect(existsSync(join(folder, 'here.sgdlab'))).toBe(true);
  });
});

describe('what is printed', () => {
  it('has no character of a file that acts on a terminal, and 50 refusals at most', () => {
    const hostile = ['\u001b]0;title\u0007', '\u009b31m', '\u202egnp.exe', '\u2066x'];
    const raw = file('raw.json', `${hostile[0]}{`);
    const keys = Object.fromEntries(hostile.map((key) => [key, 1]));
    const keyed = file('keyed.json', { ...study(experiment('a', { ...keys, horizon: hostile.join('') })), ...keys });
    for (const path of [raw, keyed]) {
      const { status, stderr } = sgdlab(['validate', path]);
      expect(status).toBe(2);
      expect(stderr).not.toMatch(ACTING);
    }
    expect(sgdlab(['validate', keyed]).stderr).toContain('\\u009b31m');
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, k) => [`key${k}`, 1]));
    const { stderr } = sgdlab(['validate', file('many.json', { ...study(), ...many })]);
    expect(stderr.trimEnd().split('\n').length).toBe(52);
    // the first 100 unknown keys are told, the others counted
    expect(stderr).toContain('not a valid study, 101 problems:');
    expect(stderr).toContain('… and 51 more');
    const named = file('named.json', study(experiment('a', { name: hostile.join(' '), simulation: { runs: 0 } })));
    expect(sgdlab(['run', named]).stdout).not.toMatch(ACTING);
  });

  it('of an export or report names what is left out, with status 3; the report shows it, in the colours of the study', () => {
    const path = file('s.json', study(experiment('a'), experiment('b')));
    sgdlab(['run', path, '--only', 'b']);
    for (const args of [
      ['export', 's.sgdlab', '--csv', 'tables'],
      ['report', 's.sgdlab'],
    ]) {
      const { status, stderr } = sgdlab(args);
      expect([status, stderr]).toEqual([
        3,
        `s.sgdlab: a: it is left out: it has no results of its description as it is\n`,
      ]);
    }
    expect(existsSync(join(folder, 'tables', 'b.csv'))).toBe(true);
    const page = readFileSync(join(folder, 's.html'), 'utf8');
    expect(page).toContain('<li>a: it is left out');
    sgdlab(['run', path]);
    expect(sgdlab(['report', 's.sgdlab', '--out', 'all.html']).status).toBe(0);
    const colours = (name: string, html: string) =>
      [...html.matchAll(/<svg class="key"[^]*?stroke="([^"]*)"[^]*?<\/svg>(\w+)/g)].find(
        ([, , each]) => each === name,
      )?.[1];
    const all = readFileSync(join(folder, 'all.html'), 'utf8');
    expect(colours('b', page)).toMatch(/^#/);
    expect(colours('b', page)).toBe(colours('b', all));
    expect(colours('b', all)).not.toBe(colours('a', all));
  });

  it('of a sweep that is too large comes at once', () => {
    const range = { kind: 'linear', from: 1, to: 2, points: 201 };
    const { id: _id, ...base } = experiment('a');
    const axes = ['optimizer.schedule.rate', 'horizon'].map((parameter) => ({ parameter, range }));
    const path = file('bomb.json', { ...study(), sweep: { axes, base: { ...base, name: 'x'.repeat(200_000) } } });
    const { status, stderr } = sgdlab(['validate', path], { timeout: 20_000 });
    expect(status).toBe(2);
    expect(stderr).toContain('sweep.axes: expected at most 1000 experiments, got 40401');
  });
});
