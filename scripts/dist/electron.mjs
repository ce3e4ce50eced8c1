/** The Electron that is packaged: the folder named by ELECTRON_OVERRIDE_DIST_PATH, or Electron's own download. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { once } from 'node:events';
import { Zip, ZipPassThrough } from 'fflate';

const UNIX = 3;

/**
 * Options for the packager, which downloads the release of the installed `electron` package unless it is given one. A prepared folder is given to it as the archive that it would have downloaded.
 * @param work folder for that archive.
 */
export async function electronSource(work, platform, arch) {
  const prepared = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!prepared) {
    const { version } = createRequire(import.meta.url)('electron/package.json');
    return { electronVersion: version };
  }
  const version = (await readFile(join(prepared, 'version'), 'utf8')).trim().replace(/^v/, '');
  const folder = join(work, 'electron');
  await mkdir(folder, { recursive: true });
  await zipFolder(prepared, join(folder, `electron-v${version}-${platform}-${arch}.zip`));
  return { electronVersion: version, electronZipDir: folder };
}

/** Packs a folder without compression: it is unpacked again a moment later. */
async function zipFolder(folder, target) {
  const out = createWriteStream(target);
  let failure = null;
  const zip = new Zip((error, chunk, final) => {
    failure ??= error;
    if (final) out.end(chunk);
    else out.write(chunk);
  });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = new ZipPassThrough(relative(folder, path).split(sep).join('/'));
    file.os = UNIX;
    file.attrs = (await stat(path)).mode << 16;
    zip.add(file);
    file.push(await readFile(path), true);
    if (out.writableNeedDrain) await once(out, 'drain');
  }
  zip.end();
  await once(out, 'finish');
  if (failure) throw failure;
}
