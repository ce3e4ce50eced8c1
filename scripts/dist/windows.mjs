/**
 * For Windows: a .zip to unpack anywhere, and an installer for one user made by NSIS (`makensis`, which also runs on
 * Linux). Not run on Windows yet; that the installer compiles is tested on Linux.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, win32 } from 'node:path';
import { writeIco } from './icons.mjs';
import { identity, manifest, packaging } from './identity.mjs';

/** @returns the paths of the packages. */
export async function buildForWindows({ packaged, dest, work, arch }) {
  const name = `${identity.name}-${identity.version}-win32-${arch}`;
  sign(join(packaged, `${identity.name}.exe`), work);
  const zip = join(dest, `${name}.zip`);
  // Windows has a bsdtar, which writes ZIP
  execFileSync('tar', ['-a', '-c', '-f', zip, '-C', work, basename(packaged)]);
  const installer = join(dest, `${name}-setup.exe`);
  await buildInstaller({ packaged, target: installer, work });
  sign(installer, work);
  return [zip, installer];
}

/** Compiles packaging/windows/installer.nsi around a packaged folder. */
export async function buildInstaller({ packaged, target, work }) {
  const icon = join(work, 'installer.ico');
  await writeIco(icon);
  const files = join(work, 'uninstall-files.nsh');
  writeFileSync(files, `\uFEFF${deletions(packaged)}`);
  const names = {
    NAME: identity.name,
    PRODUCT: identity.productName,
    VERSION: identity.version,
    PUBLISHER: manifest.author,
    APP_ID: identity.appId,
    SOURCE: packaged,
    TARGET: target,
    ICON: icon,
    FILES: files,
  };
  const defined = Object.entries(names).map(([name, value]) => `-D${name}=${value}`);
  const script = join(packaging, 'windows', 'installer.nsi');
  execFileSync('makensis', ['-V2', '-WX', ...defined, script], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Takes away exactly what was installed: the folder may be one that a user has put other things in. */
function deletions(packaged) {
  const lines = [];
  const walk = (folder, below) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = win32.join(below, entry.name);
      if (entry.isDirectory()) {
        walk(join(folder, entry.name), path);
        lines.push(`RMDir "$INSTDIR\\${path}"`);
      } else lines.push(`Delete "$INSTDIR\\${path}"`);
    }
  };
  walk(packaged, '');
  return `${lines.join('\n')}\n`;
}

/** Signs where a certificate is given: WINDOWS_CERTIFICATE, a .pfx in base64, and its password. Not run yet. */
function sign(path, work) {
  const { WINDOWS_CERTIFICATE: certificate, WINDOWS_CERTIFICATE_PASSWORD: password } = process.env;
  if (!certificate) return;
  const file = join(work, 'certificate.pfx');
  writeFileSync(file, Buffer.from(certificate, 'base64'), { mode: 0o600 });
  try {
    const stamp = ['/fd', 'sha256', '/td', 'sha256', '/tr', 'http://timestamp.digicert.com'];
    const key = ['/f', file, ...(password ? ['/p', password] : [])];
    execFileSync('signtool', ['sign', ...stamp, ...key, path], { stdio: 'inherit' });
  } finally {
    rmSync(file);
  }
}
