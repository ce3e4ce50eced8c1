/** Runs vitest projects and counts their tests. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure-build.mjs';

const report = join(root, 'test-results', 'report.json');

/**
 * @param {readonly string[]} projects vitest projects, run together.
 * @param {readonly string[]} wrapper command that starts them (a virtual display), or empty.
 * @param {readonly string[]} extra arguments of vitest.
 * @returns {{ passed: number, failed: number, broken: boolean }} broken: vitest failed, whatever it counted.
 */
export function runSuites(projects, wrapper = [], extra = []) {
  mkdirSync(join(root, 'test-results'), { recursive: true });
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
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  return {
    passed: counts.numPassedTests ?? 0,
    failed: counts.numFailedTests ?? 0,
    broken: status !== 0,
  };
}

/** Prints the last line of a run of suites, and sets the exit status by it. */
export function conclude(results, broken = false) {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = broken || failed > 0 || passed === 0 || results.some((result) => result.broken) ? 1 : 0;
}
