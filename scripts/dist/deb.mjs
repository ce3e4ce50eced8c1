/** The Debian package: electron-installer-debian for the app, and the files of share/ beside it. */
import { copyFile, mkdir, readdir, readFile, chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Installer } from 'electron-installer-debian';
import { packaging } from './identity.mjs';
import { identity, manifest } from './identity.mjs';
import { writeShare } from './share.mjs';

const DESCRIPTION = `Set up a model of several anisotropic Gaussian classes in high dimension, solve the deterministic equations of one-pass stochastic gradient descent, run SGD ensembles beside them, and watch risk and clean-direction alignment as they come in.

Studies are kept in a library with notes and results, and exchanged as files that NumPy opens. The command sgdlab does the same work in a terminal. No network connection is ever made.`;

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

  /** Checksums last, when everything is in its place. */
  async createPackage() {
    await plainPermissions(join(this.stagingDir, 'usr'));
    await this.updateSandboxHelperPermissions();
    await super.createPackage();
  }
}

/** Readable by all, writable by root; executable as it was. The file mode mask of whoever builds does not matter. */
async function plainPermissions(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await plainPermissions(path);
    else if (entry.isFile()) await chmod(path, isProgram(entry.name) ? 0o755 : 0o644);
  }
}

const PROGRAMS = [identity.name, 'chrome-sandbox', 'chrome_crashpad_handler'];
const isProgram = (name) => PROGRAMS.includes(name);

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
      recommends: ['shared-mime-info', 'desktop-file-utils', 'hicolor-icon-theme'],
    },
  });
  await installer.generateDefaults();
  installer.generateOptions();
  await installer.createStagingDir();
  await installer.createContents();
  await installer.createPackage();
  await installer.movePackage();
  return installer.options.packagePaths[0];
}
