/**
 * `npm run test:dist`: builds the packages, installs the .deb on this machine, uses it as an ordinary user, and removes
 * it again. Needs root on a Debian or Ubuntu machine; elsewhere it says so, and fails where CI is set.
 * `--built` takes the packages that are in dist/ already.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure-build.mjs';
import { conclude, runSuites } from './run-suites.mjs';

/** Programs of the tests, and the packages that have them. */
const TOOLS = {
  lintian: 'lintian',
  'desktop-file-validate': 'desktop-file-utils',
  appstreamcli: 'appstream',
  man: 'man-db',
  xdotool: 'xdotool',
  xwininfo: 'x11-utils',
  'xvfb-run': 'xvfb',
  xauth: 'xauth',
  makensis: 'nsis',
  '7z': 'p7zip-full',
};

const why = whyNot();
if (why) {
  console.log(`The packages were not tested: ${why}.`);
  process.exitCode = process.env.CI ? 1 : 0;
} else {
  const missing = Object.entries(TOOLS).filter(([tool]) => !onPath(tool));
  if (missing.length > 0) {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing.map(([, name]) => name)]);
  }
  if (!process.argv.includes('--built')) {
    run(process.execPath, [join(root, 'scripts', 'dist.mjs')]);
    run(process.execPath, [join(root, 'scripts', 'dist.mjs'), '--for-tests']);
  }
  // -ac: the user who starts the app is not the one who starts the display
  conclude([runSuites(['dist'], ['xvfb-run', '-a', '-s', '-screen 0 1280x1024x24 -ac'])]);
}

function whyNot() {
  if (process.platform !== 'linux' || !onPath('apt-get')) return 'there is no apt on this system';
  if (process.getuid() !== 0) return 'installing needs root';
  if (existsSync('/usr/lib/sgdlab')) return 'the app is installed here already, and the tests would remove it';
  return null;
}

function onPath(tool) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
