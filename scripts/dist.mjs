/**
 * `npm run dist`: the app as packages in dist/. On Linux a .deb and a portable .tar.gz; on Windows an installer and a .zip,
 * on macOS a .dmg and a .zip (neither run yet); checksums, and a software bill of materials. Options:
 *   --for-tests   only the .deb, quickly, in dist/for-tests/, with the inspect arguments on, through which tests drive it
 *   --arch=ARCH   x64 (default: this machine's) or arm64
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './ensure-build.mjs';
import { writeChecksums } from './dist/checksums.mjs';
import { buildDeb } from './dist/deb.mjs';
import { distFolder } from './dist/identity.mjs';
import { buildForMacos } from './dist/macos.mjs';
import { packApp } from './dist/pack.mjs';
import { writeSbom } from './dist/sbom.mjs';
import { stageApp } from './dist/stage.mjs';
import { buildTarball } from './dist/tarball.mjs';
import { buildForWindows } from './dist/windows.mjs';

const { values } = parseArgs({
  options: { 'for-tests': { type: 'boolean', default: false }, arch: { type: 'string', default: process.arch } },
});
const forTests = values['for-tests'];
const { platform } = process;
const { arch } = values;
// umask of the maintainer's shell must not end up in packages
process.umask(0o022);

ensureBuild();
const dest = forTests ? join(distFolder, 'for-tests') : distFolder;
const work = join(dest, 'work');
await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });

await stageApp(join(work, 'app'), { forTests });
const packaged = await packApp({ staged: join(work, 'app'), work, platform, arch, forTests });
const packages = [];
if (platform === 'linux') {
  packages.push(await buildDeb({ packaged, dest, arch, compression: forTests ? 'gzip' : 'xz' }));
  if (!forTests) packages.push(await buildTarball({ packaged, dest, work, platform, arch }));
} else if (!forTests && platform === 'win32') packages.push(...(await buildForWindows({ packaged, dest, work, arch })));
else if (!forTests) packages.push(...buildForMacos({ packaged, dest, work, arch }));
if (!forTests) packages.push(writeSbom(dest));
await rm(work, { recursive: true, force: true });

for (const path of packages) console.log(`${path}  ${((await stat(path)).size / 1e6).toFixed(1)} MB`);
await writeChecksums(
  dest,
  packages.map((path) => basename(path)),
);
