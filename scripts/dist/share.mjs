/** What a Linux desktop wants to know of the app: the files under share/, of the .deb and the .tar.gz alike. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../ensure-build.mjs';
import { appIcon, fileIcon, ICON_SIZES } from './icons.mjs';
import { identity, manifest, packaging } from './identity.mjs';
import { debianChangelog, metainfoReleases, readReleases } from './changelog.mjs';

const source = (name) => readFile(join(packaging, 'linux', name), 'utf8');
/** Level 9 and no time stamp: the same input gives the same file. */
const gzip = (text) => gzipSync(text, { level: 9 });

/** Writes the files into `share`, an empty folder or one to be filled up. */
export async function writeShare(share) {
  const put = async (path, content) => {
    const file = join(share, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, 0o644);
  };
  const date = releaseDate();
  const releases = readReleases(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), date);
  const { name } = identity;

  await put(`applications/${name}.desktop`, await source('sgdlab.desktop'));
  await put(`mime/packages/${name}.xml`, await source('mime.xml'));
  const metainfo = (await source('metainfo.xml'))
    .replaceAll('@APP_ID@', identity.appId)
    .replaceAll('@AUTHOR@', manifest.author)
    .replace('@RELEASES@', metainfoReleases(releases));
  await put(`metainfo/${identity.appId}.metainfo.xml`, metainfo);
  const page = (await source('sgdlab.1'))
    .replaceAll('@DATE@', date.toISOString().slice(0, 10))
    .replaceAll('@VERSION@', identity.version);
  await put(`man/man1/${name}.1.gz`, gzip(page));
  await put(`bash-completion/completions/${name}`, await source('completion.bash'));
  await put(`zsh/vendor-completions/_${name}`, await source('completion.zsh'));
  await put(`doc/${name}/changelog.gz`, gzip(debianChangelog(releases)));

  for (const size of ICON_SIZES) {
    await put(`icons/hicolor/${size}x${size}/apps/${name}.png`, await appIcon(size));
    await put(`icons/hicolor/${size}x${size}/mimetypes/application-x-sgdlab.png`, await fileIcon(size));
  }
  await put(`icons/hicolor/scalable/apps/${name}.svg`, await readFile(join(packaging, 'icon.svg')));
  await put('icons/hicolor/scalable/mimetypes/application-x-sgdlab.svg', await readFile(join(packaging, 'file.svg')));
}

/** SOURCE_DATE_EPOCH where it is set (reproducible builds), else the date of the commit, else now. */
function releaseDate() {
  if (process.env.SOURCE_DATE_EPOCH) return new Date(1000 * Number(process.env.SOURCE_DATE_EPOCH));
  try {
    const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return new Date(1000 * Number(seconds));
  } catch {
    return new Date();
  }
}
