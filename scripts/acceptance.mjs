/**
 * `node scripts/acceptance.mjs FOLDER`: runs every executable of a folder from the root of the checkout, shows what it
 * prints, and counts each as one check. Fails if one fails, or if there is none.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './ensure-build.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('acceptance: expected a folder of executables, got nothing\n');
  process.exit(2);
}

let [passed, failed] = [0, 0];
for (const name of readdirSync(folder).sort()) {
  const path = resolve(folder, name);
  if (!statSync(path).isFile() || !isExecutable(path)) continue;
  console.log(`\n${join(folder, name)}`);
  const { status, error } = spawnSync(path, [], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) passed++;
  else failed++;
  console.log(
    `${name}: ${status === 0 ? 'passed' : `failed (${error?.message ?? `exit status ${status ?? 'none'}`})`}`,
  );
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
