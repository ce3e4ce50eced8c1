/**
 * `npm test`: every suite. The end-to-end suite needs an Electron binary and a display (or xvfb-run), the suite of
 * clusters needs Slurm; where they are missing that is said and the suite is not run. With SGDLAB_REQUIRE_E2E=1 and
 * SGDLAB_REQUIRE_SLURM=1 they must run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, root } from './ensure-build.mjs';
import { conclude, runSuites } from './run-suites.mjs';

const extra = process.argv.slice(2);

ensureBuild();
const results = [runSuites(['node', 'renderer', 'built'], [], extra)];
const missing = whyNoEndToEnd();
if (missing === null) {
  const display = process.env.DISPLAY || process.platform !== 'linux' ? [] : ['xvfb-run', '-a'];
  results.push(runSuites(['e2e'], display, extra));
} else console.log(`\nThe end-to-end suite was not run: ${missing}.`);
const noSlurm = whyNoSlurm();
if (noSlurm === null) results.push(runSuites(['cluster'], [], extra));
else console.log(`\nThe suite of clusters was skipped: ${noSlurm}.`);
conclude(
  results,
  (missing !== null && process.env.SGDLAB_REQUIRE_E2E === '1') ||
    (noSlurm !== null && process.env.SGDLAB_REQUIRE_SLURM === '1'),
);

/** Why no Slurm can be started here, or null. */
function whyNoSlurm() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return 'its daemons are started by root on Linux';
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  const absent = ['munged', 'slurmctld', 'slurmd', 'sbatch'].filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`], { env: { PATH: path } }).status !== 0,
  );
  return absent.length > 0 ? `${absent.join(', ')} not found (Debian: slurm-wlm, munge)` : null;
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
