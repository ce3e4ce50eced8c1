/**
 * `npm start`: opens the app. Where there is no display, or Electron's binary cannot be had, it says so in one line and
 * does the main job in the terminal instead.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureBuild, root } from './ensure-build.mjs';

ensureBuild();

const why = hasDisplay() ? null : 'there is no display';
const electron = why ? null : findElectron();

if (electron) {
  // Chromium refuses its sandbox to root; everybody else keeps it
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...flags, root, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} else {
  console.log(`No window (${why ?? 'Electron’s binary cannot be fetched'}): running in the terminal instead.`);
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'demo', join(root, 'studies')], {
    stdio: 'inherit',
  });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Path of Electron's executable, fetched on first use; null if that fails. */
function findElectron() {
  const require = createRequire(import.meta.url);
  try {
    if (!process.env.ELECTRON_OVERRIDE_DIST_PATH && !isFetched(require)) {
      console.log('Fetching Electron’s binary (some 110 MB, once) …');
      // its own report of a failure is a stack trace, which says no more than that there is no network
      execFileSync(process.execPath, [require.resolve('electron/install.js')], { stdio: 'ignore' });
    }
    return require('electron');
  } catch {
    return null;
  }
}

/** Electron's package notes where its executable is once that is there. */
function isFetched(require) {
  const folder = dirname(require.resolve('electron/package.json'));
  const note = join(folder, 'path.txt');
  return existsSync(note) && existsSync(join(folder, 'dist', readFileSync(note, 'utf8')));
}
