/** The package on a machine: installed with apt, used by an ordinary user, removed, installed again. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../src/lab/archive/index.ts';
import { answerDialogs, type RunningApp } from '../e2e/app.ts';
import {
  addUser,
  apt,
  ended,
  type Ended,
  FOR_TESTS,
  giveFile,
  HOME,
  INSTALLED,
  LIBRARY,
  packageIn,
  processorSeconds,
  processStatus,
  removeUser,
  run,
  sgdlab,
  startInstalled,
  startSgdlab,
  USER,
} from './machine.ts';

let running: RunningApp | null = null;

async function start(): Promise<RunningApp> {
  running = await startInstalled();
  return running;
}

async function quit(): Promise<void> {
  await running?.app.close();
  running = null;
}

const studies = ({ page }: RunningApp) =>
  page.evaluate(async () => {
    const list = await window.lab.listStudies({ search: '', archived: false });
    return list.map(({ name, curves }) => ({ name, curves }));
  });

beforeAll(() => {
  addUser();
  apt('install', packageIn(FOR_TESTS, '.deb'));
});
afterEach(quit);
afterAll(() => {
  apt('purge', 'sgdlab');
  removeUser();
});

describe('installed with apt', () => {
  it('has every library that it is linked with', () => {
    expect(run('ldd', [`${INSTALLED}/sgdlab`])).not.toContain('not found');
  });

  it('has the switches of Electron set: no Node mode, no Node options, only the packed app', async () => {
    const wire = await getCurrentFuseWire(`${INSTALLED}/sgdlab`);
    const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false);
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    // on here only: the tests below drive the app through it
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(true);
  });

  it('has a sandbox helper that works where user namespaces are forbidden', () => {
    const { mode, uid } = statSync(`${INSTALLED}/chrome-sandbox`);
    expect([mode & 0o7777, uid]).toEqual([0o4755, 0]);
  });

  it('is known to the desktop: .sgdlab files have a type, and the type an app', () => {
    const file = giveFile('typed.sgdlab', 'PK');
    expect(run('xdg-mime', ['query', 'filetype', file]).trim()).toBe('application/x-sgdlab');
    expect(readFileSync('/usr/share/applications/mimeinfo.cache', 'utf8')).toMatch(
      /^application\/x-sgdlab=.*sgdlab\.desktop/m,
    );
  });
});

describe('the command line without a display', () => {
  it('runs a study, whose results the lab reads', () => {
    const { stdout } = sgdlab(['presets', 'clean-directions']);
    giveFile('study.json', stdout);
    const ran = sgdlab(['run', 'study.json']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const { results, refusals } = readArchive(join(HOME, 'study.sgdlab'));
    expect(results.map(({ experiment }) => experiment.id)).toEqual(
      (JSON.parse(stdout) as { experiments: { id: string }[] }).experiments.map(({ id }) => id),
    );
    expect(refusals).toEqual([]);
  });

  it('says that a study is valid, or everything that is wrong with it, without a trace of the program', () => {
    expect(sgdlab(['validate', 'study.json'])).toMatchObject({ status: 0, stderr: '' });
    giveFile('wrong.json', '{"format": 1, "experiments": 3, "unknown": true}');
    const wrong = sgdlab(['validate', 'wrong.json']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('wrong.json: not a valid study');
    expect(wrong.stderr).not.toMatch(/ {4}at |Electron|ERROR/);
  });

  it.each([
    ['a file that is not one', 'text.sgdlab', 'not an archive', /text\.sgdlab: /],
    ['a missing file', 'nowhere.sgdlab', null, /nowhere\.sgdlab: no such file or folder/],
    ['a file without read permission', 'secret.sgdlab', 'PK', /secret\.sgdlab: no permission/],
  ])('refuses %s with status 2', (_what, name, content, message) => {
    if (content !== null) chmodSync(giveFile(name, content), name === 'secret.sgdlab' ? 0 : 0o644);
    const refused = sgdlab(['report', name]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(message);
    expect(existsSync(join(HOME, name.replace('.sgdlab', '.html')))).toBe(false);
  });

  it('refuses to write where the user may not, before any work', () => {
    const refused = sgdlab(['run', 'study.json', '--out', '/usr/results.sgdlab']);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('/usr/results.sgdlab: no permission');
  });

  it('keeps what has finished when it is interrupted, and says so with status 130', async () => {
    giveFile('long.json', sgdlab(['presets', 'power-laws']).stdout);
    const child = startSgdlab(['run', 'long.json', '--workers', '1'], { DISPLAY: '' });
    const end = ended(child);
    await expect.poll(() => processorSeconds(USER), { timeout: 120_000 }).toBeGreaterThanOrEqual(3);
    child.kill('SIGINT');
    expect((await end).status).toBe(130);
    expect(readArchive(join(HOME, 'long.sgdlab')).study.name).toBe('Mild and extreme power laws');
  });

  it('says in one line that a window needs a display', () => {
    const refused = sgdlab([]);
    expect(refused.status).toBe(1);
    expect(refused.stderr.trim().split('\n')).toEqual([expect.stringContaining('there is no display')]);
  });
});

describe('the window, as an ordinary user', () => {
  it('has its page in the sandbox', async () => {
    const { app } = await start();
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.getOSProcessId(),
    );
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('--no-sandbox');
    // 2: a seccomp filter; and no process is root's
    expect(processStatus(pid, 'Seccomp')).toBe('2');
    expect(processStatus(pid, 'NoNewPrivs')).toBe('1');
    expect(processStatus(pid, 'Uid')).not.toContain('\t0');
  });

  it('is a window of the desktop entry', async () => {
    await start();
    const entry = readFileSync('/usr/share/applications/sgdlab.desktop', 'utf8');
    const name = /^StartupWMClass=(.*)$/m.exec(entry)?.[1];
    // a window that closes while they are listed fails the list
    const windows = () => spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout;
    await expect.poll(windows, { timeout: 30_000 }).toContain(`"SGD Dynamics Lab": ("${name}" "${name}")`);
  });

  it('from the empty library, runs a preset with one click, and has it after a restart', async () => {
    const first = await start();
    expect(await studies(first)).toEqual([]);
    await first.page.getByTestId('preset-run-clean-directions').click();
    await first.page.getByTestId('cancel').waitFor();
    await first.page.getByTestId('cancel').waitFor({ state: 'hidden', timeout: 120_000 });
    await first.page.getByTestId('figure-risk').waitFor();
    const [made] = await studies(first);
    expect(made.curves).toBeGreaterThan(0);
    expect(first.complaints).toEqual([]);
    await quit();
    expect(existsSync(join(LIBRARY, 'library.sqlite'))).toBe(true);
    expect(await studies(await start())).toEqual([made]);
  });

  it('shows a file that the installed command is given, and stays the only one', async () => {
    const app = await start();
    const before = await studies(app);
    const second = await ended(startSgdlab(['study.sgdlab']));
    expect(second.status).toBe(0);
    await app.page.getByTestId('figure-risk').waitFor();
    await expect.poll(() => studies(app)).toHaveLength(before.length + 1);
    expect(app.app.windows()).toHaveLength(1);
  });

  it.each([
    ['is not one', 'text.sgdlab', /text\.sgdlab: /],
    ['is missing', 'nowhere.sgdlab', /nowhere\.sgdlab: no such file or folder/],
    ['may not be read', 'secret.sgdlab', /secret\.sgdlab: no permission/],
  ])('says why a file is not opened that %s, and loses nothing', async (_what, name, message) => {
    const app = await start();
    const before = await studies(app);
    await ended(startSgdlab([name]));
    await expect
      .poll(() => app.page.getByTestId('toast').allTextContents())
      .toContainEqual(expect.stringMatching(message));
    expect(await studies(app)).toEqual(before);
  });

  it.each([
    ['may not be written', '/usr/share/sgdlab-data', 'no permission'],
    ['is a file', `${HOME}/study.json`, /not a folder|exist/],
  ])('says in a dialog that the data folder %s, and ends with status 1', async (_what, folder, reason) => {
    const { status, stderr } = await refuseToStart({ SGDLAB_DATA: folder });
    expect(status).toBe(1);
    expect(stderr).toContain(`The study library cannot be opened: ${folder}`);
    expect(stderr).toMatch(reason);
  });

  it('does not take a missing disk for an empty library', async () => {
    const config = `${HOME}/config`;
    run('install', ['-d', '-o', USER, config, `${config}/SGD Dynamics Lab`]);
    giveFile('config/SGD Dynamics Lab/data-folder.json', '{"folder": "/media/disk/lab"}');
    const { status, stderr } = await refuseToStart({ XDG_CONFIG_HOME: config });
    expect(status).toBe(1);
    expect(stderr).toContain('/media/disk/lab: The library that was kept here is not there');
  });
});

describe('removed and installed again', () => {
  it('leaves the user’s data alone, and finds it again', async () => {
    const before = await studies(await start());
    expect(before.length).toBeGreaterThan(0);
    await quit();
    const bytes = readFileSync(join(LIBRARY, 'library.sqlite'));
    apt('purge', 'sgdlab');
    expect(existsSync(INSTALLED)).toBe(false);
    expect(readFileSync(join(LIBRARY, 'library.sqlite')).equals(bytes)).toBe(true);
    apt('install', packageIn(FOR_TESTS, '.deb'));
    expect(await studies(await start())).toEqual(before);
  });

  it('keeps the library when it is installed over itself', async () => {
    const before = await studies(await start());
    await quit();
    apt('install', '--reinstall', packageIn(FOR_TESTS, '.deb'));
    expect(await studies(await start())).toEqual(before);
  });
});

describe('the library in another folder', () => {
  it('is there with every study, now and after a restart, and the first copy stays', async () => {
    const to = `${HOME}/moved`;
    run('install', ['-d', '-o', USER, to]);
    const app = await start();
    const before = await studies(app);
    await answerDialogs(app.app, { open: [to] });
    expect(await app.page.evaluate(() => window.lab.moveLibrary())).toEqual({ ok: true, value: to });
    await app.page.reload();
    await app.page.getByTestId('library').waitFor();
    expect(await studies(app)).toEqual(before);
    await quit();
    const again = await start();
    expect(await studies(again)).toEqual(before);
    expect((await again.page.evaluate(() => window.lab.machine())).dataFolder).toBe(to);
    expect(existsSync(join(LIBRARY, 'library.sqlite'))).toBe(true);
  });
});

/** Starts the app where it cannot start, and answers its dialog. */
async function refuseToStart(environment: Readonly<Record<string, string>>): Promise<Ended> {
  const title = 'The study library cannot be opened';
  const child = startSgdlab([], environment);
  try {
    const end = ended(child);
    // there is no window manager that would give it the keyboard; a window that closes meanwhile fails the search
    await expect.poll(() => child.exitCode !== null || escaped(title), { timeout: 60_000 }).toBe(true);
    return await end;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Presses Escape in the window of this title; false where there is none yet, or it went while it was looked for. */
function escaped(title: string): boolean {
  const { status, stdout } = spawnSync('xdotool', ['search', '--name', title], { encoding: 'utf8' });
  if (status !== 0) return false;
  const [id] = stdout.trim().split('\n');
  return spawnSync('xdotool', ['windowfocus', '--sync', id, 'key', 'Escape'], { timeout: 5_000 }).status === 0;
}
