/** The folder that becomes app.asar: the built app, the two packages that are not bundled, and the texts that go with it. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../ensure-build.mjs';
import { identity, manifest } from './identity.mjs';

/**
 * What the app is told about itself when it is installed.
 * @param forTests lets tests drive it through the debugging switches (src/main/switches.ts); never in a release.
 */
function trimmedManifest(forTests) {
  const { productName, version, description, license, author, type, main, dependencies } = manifest;
  return {
    name: identity.name,
    productName,
    version,
    description,
    license,
    author,
    type,
    main,
    // ties windows to the desktop entry where the system goes by that (Wayland)
    desktopName: `${identity.name}.desktop`,
    dependencies,
    ...(forTests && { builtForTests: true }),
  };
}

/** Files of an unbundled package that are needed to run it, and its licence. */
const isNeeded = (path) => !/\.(ts|map|md)$|\/(test|docs?|examples?|\.github)(\/|$)/i.test(path);

/** Fills `folder` with the app. */
export async function stageApp(folder, { forTests = false } = {}) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const part of ['main', 'preload', 'renderer'])
    await cp(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  for (const name of Object.keys(manifest.dependencies)) {
    const source = join(root, 'node_modules', name);
    await cp(source, join(folder, 'node_modules', name), {
      recursive: true,
      dereference: true,
      filter: (path) => isNeeded(path.slice(source.length)),
    });
  }
  await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await cp(join(root, 'CHANGELOG.md'), join(folder, 'CHANGELOG.md'));
  await cp(join(root, 'out', 'third-party-notices.txt'), join(folder, 'out', 'third-party-notices.txt'));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(trimmedManifest(forTests), null, 2)}\n`);
}
