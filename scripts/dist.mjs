/**
 * `npm run dist`: the app as packages in dist/. On Linux a .deb and a portable .tar.gz; on Windows and macOS (not run
 * yet) a .zip of the packaged folder. Options:
 *   --for-tests   only the .deb, quickly, in dist/for-tests/, with the inspect arguments on, through which tests drive it
 *   --arch=ARCH   x64 (default: this machine's) or arm64
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ensureBuild } from './ensure-build.mjs';
import { buildDeb } from './dist/deb.mjs';
import { distFolder, identity } from './dist/identity.mjs';
import { packApp } from './dist/pack.mjs';
import { stageApp } from './dist/stage.mjs';
import { buildTarball } from './dist/tarball.mjs';

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
} else if (!forTests) packages.push(zipPackaged());
await rm(work, { recursive: true, force: true });

let sums = '';
for (const path of packages) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  sums += `${hash.digest('hex')}  ${basename(path)}\n`;
  const megabytes = ((await stat(path)).size / 1e6).toFixed(1);
  console.log(`${path}  ${megabytes} MB`);
}
await writeFile(join(dest, 'SHA256SUMS'), sums);

/** Not run yet. Both systems have a bsdtar that writes ZIP. */
function zipPackaged() {
  const target = join(dest, `${identity.name}-${identity.version}-${platform}-${arch}.zip`);
  execFileSync('tar', ['-a', '-c', '-f', target, '-C', work, basename(packaged)]);
  return target;
}
