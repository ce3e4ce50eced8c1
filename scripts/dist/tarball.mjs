/** The portable archive: unpack anywhere, run bin/sgdlab. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identity } from './identity.mjs';
import { writeShare } from './share.mjs';

const README = `${identity.productName} ${identity.version}

Run bin/sgdlab. With a command it is the command line: bin/sgdlab --help.

To have it in the menu and .sgdlab files open with it, put bin/sgdlab on the PATH as a link and copy share/ to
~/.local/share:

    ln -s "$PWD/bin/sgdlab" ~/.local/bin/
    cp -r share/. ~/.local/share/ && update-mime-database ~/.local/share/mime

The window's sandbox needs user namespaces, which most systems allow. Where they are forbidden (Ubuntu 24.04 and
later, for programs outside /usr), use the .deb, or let root make the helper setuid:

    sudo chown root: chrome-sandbox && sudo chmod 4755 chrome-sandbox

Licences: LICENSE, LICENSE.electron.txt, third-party-notices.txt, LICENSES.chromium.html.
`;

/** @returns the path of the archive. */
export async function buildTarball({ packaged, dest, work, platform, arch }) {
  const name = `${identity.name}-${identity.version}-${platform}-${arch}`;
  const folder = join(work, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(packaged, folder, { recursive: true, verbatimSymlinks: true });
  await writeShare(join(folder, 'share'));
  await writeFile(join(folder, 'README.txt'), README);
  const target = join(dest, `${name}.tar.gz`);
  execFileSync('tar', ['--owner=0', '--group=0', '--sort=name', '-C', work, '-czf', target, name]);
  await rm(folder, { recursive: true, force: true });
  return target;
}
