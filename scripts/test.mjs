/**
 * `npm test`: every suite. The end-to-end suite needs an Electron binary and a display (or xvfb-run); where they are
 * missing that is said and the suite is not run. With SGDLAB_REQUIRE_E2E=1 it must run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, root } from './ensure-build.mjs';

const extra = process.argv.slice(2);
const unit = ['node', 'renderer', 'built'];
const report = join(root, 'test-results', 'report.json');

ensureBuild();
mkdirSync(join(root, 'test-results'), { recursive: true });

let passed = 0;
let failed = 0;
let broken = false;

vitest(unit, []);
const missing = whyNoEndToEnd();
if (missing === null) {
  vitest(['e2e'], process.env.DISPLAY || process.platform !== 'linux' ? [] : ['xvfb-run', '-a']);
} else {
  console.log(`\nThe end-to-end suite was not run: ${missing}.`);
  if (process.env.SGDLAB_REQUIRE_E2E === '1') broken = true;
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = broken || failed > 0 || passed === 0 ? 1 : 0;

/** Runs vitest projects and adds up their tests. */
function vitest(projects, wrapper) {
  rmSync(report, { force: true });
  const args = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...extra,
  ];
  const [command, ...rest] = [...wrapper, process.execPath, ...args];
  const { status } = spawnSync(command, rest, { cwd: root, stdio: 'inherit' });
  if (status !== 0) broken = true;
  if (!existsSync(report)) return;
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
}

/** Why the app cannot be started here, or null. */
function whyNoEndToEnd() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist');
  if (!existsSync(folder)) {
    return 'there is no Electron binary (`npx install-electron` fetches it; ELECTRON_OVERRIDE_DIST_PATH names another one)';
  }
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY;
  if (!hasScreen && spawnSync('xvfb-run', ['--help']).error) return 'there is no display and no xvfb-run';
  return null;
}
