/**
 * Builds the app into out/ if the sources changed since the last build. Several processes may ask at once: one builds,
 * the others wait. Everything is printed on stderr, so that stdout stays the caller's.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'out', 'stamp');
const lock = join(root, 'node_modules', '.sgdlab-build-lock');
const STALE_LOCK_MS = 10 * 60_000;

const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'scripts/build-kernel.mjs', 'scripts/notices.mjs'];
/** Written by the build itself. */
const generated = join('src', 'core', 'wasm', 'generated');

function* files(path) {
  if (path === generated || !existsSync(join(root, path))) return;
  if (!statSync(join(root, path)).isDirectory()) return yield path;
  for (const entry of readdirSync(join(root, path)).sort()) yield* files(join(path, entry));
}

/** Hash of every source that the build reads. */
function sourceStamp() {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of files(input))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

const isCurrent = (stamp) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;

function acquireLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (age > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function runNode(script, args) {
  const result = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    throw new Error(`the build failed in ${script}`);
  }
}

/** Makes out/ match the sources. */
export function ensureBuild() {
  if (isCurrent(sourceStamp())) return;
  acquireLock();
  try {
    const stamp = sourceStamp();
    if (isCurrent(stamp)) return;
    process.stderr.write('Building the app (once after a change) …\n');
    runNode(join(root, 'scripts', 'build-kernel.mjs'), []);
    runNode(join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), ['build']);
    runNode(join(root, 'scripts', 'notices.mjs'), []);
    writeFileSync(stampFile, stamp);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
