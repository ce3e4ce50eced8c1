/** The Debian package: electron-installer-debian for the app, and the files of share/ beside it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Installer } from 'electron-installer-debian';
import { identity, manifest, packaging } from './identity.mjs';
import { writeShare } from './share.mjs';

const DESCRIPTION = `Set up a model of several anisotropic Gaussian classes in high dimension,
solve the deterministic equations of one-pass stochastic gradient descent,
run SGD ensembles beside them, and watch risk and clean-direction alignment
as they come in.

Studies are kept in a library with notes and results, and exchanged as files
that NumPy opens. The command sgdlab does the same work in a terminal. No
network connection is ever made.`;

/**
 * What the executable is linked with (`readelf -d`), and what it loads when asked: notifications, the keyring, links.
 * Written out, because electron-installer-debian's own list leaves out the sound library, without which Electron does
 * not start, and wants a desktop's file manager for a bin that the app never uses.
 */
const DEPENDS = [
  'libc6 (>= 2.25)',
  'libgcc-s1',
  'libasound2t64 | libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcairo2',
  'libcups2',
  'libdbus-1-3',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0',
  'libgtk-3-0',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libsecret-1-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'xdg-utils',
];
const RECOMMENDS = ['desktop-file-utils', 'hicolor-icon-theme', 'shared-mime-info'];

class SgdlabInstaller extends Installer {
  get contentFunctions() {
    return ['copyApplication', 'createBinarySymlink', 'createShare', 'createControl'];
  }

  /** Everything under /usr/share. */
  async createShare() {
    const share = join(this.stagingDir, 'usr', 'share');
    await writeShare(share);
    const doc = join(share, 'doc', identity.name);
    await writeFile(join(doc, 'copyright'), await copyright(this.options.src));
    await mkdir(join(share, 'lintian', 'overrides'), { recursive: true });
    await copyFile(join(packaging, 'linux', 'lintian-overrides'), join(share, 'lintian', 'overrides', identity.name));
  }

  /** Permissions and checksums last, when everything is in its place. */
  async createPackage() {
    await plainPermissions(join(this.stagingDir, 'usr'));
    await this.updateSandboxHelperPermissions();
    await writeFile(join(this.stagingDir, 'DEBIAN', 'md5sums'), await checksums(this.stagingDir));
    await super.createPackage();
  }
}

/** Readable by all, writable by root; executable as it was. The file mode mask of whoever builds does not matter. */
async function plainPermissions(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await plainPermissions(path);
    else if (entry.isFile()) await chmod(path, isProgram(path) ? 0o755 : 0o644);
  }
}

const PROGRAMS = [identity.name, `bin/${identity.name}`, 'chrome-sandbox', 'chrome_crashpad_handler'];
const isProgram = (path) => PROGRAMS.some((program) => path.endsWith(`/usr/lib/${identity.name}/${program}`));

/** For `dpkg --verify`. */
async function checksums(folder) {
  let sums = '';
  for (const entry of await readdir(join(folder, 'usr'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('md5');
    await pipeline(createReadStream(path), hash);
    sums += `${hash.digest('hex')}  ${relative(folder, path)}\n`;
  }
  return sums;
}

/** As in Debian Policy, 12.5: who holds the rights, and where all licences are. */
async function copyright(packaged) {
  const license = await readFile(join(packaged, 'LICENSE'), 'utf8');
  const electron = await readFile(join(packaged, 'LICENSE.electron.txt'), 'utf8');
  const block = (text) =>
    text
      .trim()
      .split('\n')
      .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
      .join('\n');
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ${identity.productName}
Comment:
 The app is one archive with bundled packages of other authors; their names,
 versions and licences are in /usr/lib/${identity.name}/third-party-notices.txt, those
 of the parts of Chromium in /usr/lib/${identity.name}/LICENSES.chromium.html.

Files: *
Copyright: ${manifest.author}
License: ${manifest.license}
${block(license)}

Files: usr/lib/${identity.name}/*
Copyright: Electron contributors, The Chromium Authors
License: Electron
${block(electron)}
`;
}

/**
 * Builds the package into `dest`.
 * @param compression of dpkg-deb: xz for a release, gzip where speed counts.
 * @returns its path.
 */
export async function buildDeb({ packaged, dest, arch, compression }) {
  const installer = new SgdlabInstaller({
    src: packaged,
    dest,
    arch: { x64: 'amd64', arm64: 'arm64', armv7l: 'armhf' }[arch],
    rename: (folder, file) => join(folder, file),
    logger: () => {},
    options: {
      name: identity.name,
      bin: 'bin/sgdlab',
      version: identity.version,
      section: 'science',
      maintainer: identity.maintainer,
      description: identity.summary,
      productDescription: DESCRIPTION,
      icon: null,
      compression,
    },
  });
  await installer.generateDefaults();
  installer.generateOptions();
  Object.assign(installer.options, { depends: DEPENDS, recommends: RECOMMENDS, suggests: [] });
  await installer.createStagingDir();
  await installer.createContents();
  await installer.createPackage();
  await installer.movePackage();
  return installer.options.packagePaths[0];
}
