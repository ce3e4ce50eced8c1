/** For macOS: a .zip and a disk image of the application. Not run yet. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { identity } from './identity.mjs';

/** @returns the paths of the packages. */
export function buildForMacos({ packaged, dest, work, arch }) {
  const name = `${identity.name}-${identity.version}-darwin-${arch}`;
  const app = `${identity.productName}.app`;
  const zip = join(dest, `${name}.zip`);
  // keeps links and signatures, which zip does not
  execFileSync('ditto', ['-c', '-k', '--sequesterRsrc', '--keepParent', join(packaged, app), zip]);
  const shown = join(work, 'image');
  rmSync(shown, { recursive: true, force: true });
  mkdirSync(shown, { recursive: true });
  cpSync(join(packaged, app), join(shown, app), { recursive: true, verbatimSymlinks: true });
  symlinkSync('/Applications', join(shown, 'Applications'));
  const image = join(dest, `${name}.dmg`);
  const options = ['-volname', identity.productName, '-srcfolder', shown, '-ov', '-format', 'UDZO'];
  execFileSync('hdiutil', ['create', ...options, image], { stdio: 'inherit' });
  return [zip, image];
}
