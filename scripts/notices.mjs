/**
 * Part of the build: out/third-party-notices.txt, the licences of every package whose code is in the app. Vite lists
 * what it has bundled (out/PART/licenses.json); added are packages that get in by other ways, each with the reason. A
 * package without a licence text of its own fails the build, unless its text is given here.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure-build.mjs';

const OTHERS = {
  'web-worker': 'installed beside the bundle',
  'node-sqlite3-wasm': 'installed beside the bundle',
  assemblyscript: 'its standard library and runtime are compiled into the SGD kernel',
  '@fontsource-variable/inter': 'fonts, through a style sheet',
  katex: 'fonts and style sheet',
  '@expo-google-fonts/inter': 'font of exported figures',
  '@expo-google-fonts/stix-two-text': 'font of exported figures',
  'dejavu-fonts-ttf': 'symbols of exported figures',
};

const read = (path) => readFileSync(path, 'utf8');

/** Licence texts of a package, or null if it is another version (or none) that is installed at the top. */
function installed(name, wanted) {
  const folder = join(root, 'node_modules', name);
  if (!existsSync(folder)) return null;
  const { version, license } = JSON.parse(read(join(folder, 'package.json')));
  if (wanted && version !== wanted) return null;
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map(({ name: file }) => read(join(folder, file)).trim());
  return { version, identifier: license, text: texts.join('\n\n') };
}

const packages = new Map();
for (const part of ['main', 'preload', 'renderer']) {
  const list = join(root, 'out', part, 'licenses.json');
  if (!existsSync(list)) throw new Error(`${list} is missing: Vite's build.license has not written it`);
  // the texts are read again: Vite leaves out NOTICE files, which the Apache licence wants kept
  for (const { name, version, identifier, text } of JSON.parse(read(list)))
    packages.set(`${name} ${version}`, { identifier, text: installed(name, version)?.text ?? text });
  rmSync(list);
}
for (const name of Object.keys(OTHERS)) {
  const entry = installed(name);
  packages.set(`${name} ${entry.version}`, entry);
}

const sections = [...packages]
  .sort(([a], [b]) => a.localeCompare(b, 'en'))
  .map(([title, { identifier, text }]) => {
    if (!text) throw new Error(`no licence text found in the package ${title} (${identifier})`);
    return `${'='.repeat(80)}\n${title} (${identifier})\n${'='.repeat(80)}\n\n${text}\n`;
  });

const head = `The app contains code of the packages below, under their licences. It runs on Electron, whose licence and those of
the parts of Chromium are in the files LICENSE.electron.txt and LICENSES.chromium.html beside the executable.
SQLite, in node-sqlite3-wasm, is in the public domain.
`;
writeFileSync(join(root, 'out', 'third-party-notices.txt'), `${head}\n${sections.join('\n')}`);
