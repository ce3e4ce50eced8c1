/** The machine that the package is installed on: apt, an ordinary user, a display. Needs root. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { root } from '../../scripts/ensure-build.mjs';
import { type RunningApp } from '../e2e/app.ts';

export const RELEASE = join(root, 'dist');
export const FOR_TESTS = join(root, 'dist', 'for-tests');
export const INSTALLED = '/usr/lib/sgdlab';

/** The user who starts the app. */
export const USER = 'sgdlab-tester';
export const HOME = `/home/${USER}`;
/** By the XDG base directories. */
export const LIBRARY = `${HOME}/.local/share/sgdlab`;

/** The one file of a folder that ends so. */
export function packageIn(folder: string, ending: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  if (found.length !== 1) throw new Error(`expected one *${ending} in ${folder}, got ${found.join(', ') || 'none'}`);
  return join(folder, found[0]);
}

export function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
}

export function apt(...args: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-y', '-q', ...args], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')}: ${stdout}${stderr}`);
}

export function addUser(): void {
  removeUser();
  run('useradd', ['--create-home', '--shell', '/bin/sh', USER]);
}

export function removeUser(): void {
  spawnSync('userdel', ['--remove', USER]);
}

/** Arguments of setpriv that start a program as the user, with nothing of root's environment but what is given. */
function asUser(environment: Readonly<Record<string, string>>): string[] {
  const variables = { HOME, USER, LANG: 'C.UTF-8', PATH: '/usr/bin:/bin', ...environment };
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return ['--reuid', USER, '--regid', USER, '--init-groups', 'env', '--chdir', HOME, '-i', ...settings];
}

const display = (): Record<string, string> => ({ DISPLAY: process.env.DISPLAY ?? '' });

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the installed command as the user: without a display, unless the environment has one. */
export function sgdlab(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Ended {
  return spawnSync('setpriv', [...asUser(environment), 'sgdlab', ...args], { encoding: 'utf8', timeout: 240_000 });
}

/** The same with a display; does not wait. */
export function startSgdlab(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn('setpriv', [...asUser({ ...display(), ...environment }), 'sgdlab', ...args], { stdio: 'pipe' });
}

/** Waits for the end of a process. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

/** Starts the installed app as the user, with the sandbox on, and drives it. */
export async function startInstalled(args: readonly string[] = []): Promise<RunningApp> {
  const wrapper = join(HOME, 'start-for-tests');
  writeFileSync(wrapper, `#!/bin/sh\nexec setpriv ${asUser(display()).join(' ')} sgdlab "$@"\n`);
  chmodSync(wrapper, 0o755);
  const app = await _electron.launch({ executablePath: wrapper, args: [...args], chromiumSandbox: true });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.getByTestId('library').waitFor();
  return { app, page, complaints };
}

/** Seconds that a user's processes have computed; 0 while there are none. */
export function processorSeconds(user: string): number {
  const { stdout } = spawnSync('ps', ['-u', user, '-o', 'cputimes='], { encoding: 'utf8' });
  return stdout.split('\n').reduce((sum, seconds) => sum + Number(seconds), 0);
}

/** A field of /proc/PID/status. */
export function processStatus(pid: number, field: string): string {
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
}

/** Writes a file that belongs to the user. */
export function giveFile(name: string, content: string | Uint8Array): string {
  const path = join(HOME, name);
  writeFileSync(path, content);
  run('chown', [`${USER}:`, path]);
  return path;
}
