/**
 * When the packages of all systems lie in dist/: checksums of them all, and what is new as the notes of the release.
 * `node scripts/dist/finish.mjs [FOLDER]`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../ensure-build.mjs';
import { releaseNotes } from './changelog.mjs';
import { writeChecksums } from './checksums.mjs';
import { distFolder, identity } from './identity.mjs';

/** @throws Error if a package of a system is missing. */
export async function finish(folder) {
  const { name, version } = identity;
  const wanted = [
    `${name}_${version}_amd64.deb`,
    `${name}-${version}-linux-x64.tar.gz`,
    `${name}-${version}-win32-x64.zip`,
    `${name}-${version}-win32-x64-setup.exe`,
    `${name}-${version}.cdx.json`,
    ...['arm64', 'x64'].flatMap((arch) => ['zip', 'dmg'].map((type) => `${name}-${version}-darwin-${arch}.${type}`)),
  ];
  const missing = wanted.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new Error(`${folder}: missing ${missing.join(', ')}`);
  const files = readdirSync(folder).filter((file) => file.startsWith(name));
  await writeChecksums(folder, files.sort());
  writeFileSync(join(folder, 'notes.md'), releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await finish(process.argv[2] ?? distFolder);
