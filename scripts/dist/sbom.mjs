/**
 * The software bill of materials, CycloneDX: every package of package-lock.json. What is bundled is told apart from tools
 * by nothing in npm's lists, so all of them are named.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure-build.mjs';
import { identity } from './identity.mjs';

/** @returns the path of the file. */
export function writeSbom(dest) {
  const command = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const text = execFileSync('npm', command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  const bill = JSON.parse(text);
  // npm calls it after the folder
  bill.metadata.component.name = identity.name;
  const path = join(dest, `${identity.name}-${identity.version}.cdx.json`);
  writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
  return path;
}
