/** Names under which the app is known to the systems it is installed on. Once released they do not change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure-build.mjs';

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Sources of everything in the packages that is not the app itself. */
export const packaging = join(root, 'packaging');
export const distFolder = join(root, 'dist');

export const identity = {
  /** Reverse domain name: macOS bundle, Windows user model, AppStream component. */
  appId: 'io.github.sgdlab.SgdDynamicsLab',
  /** Debian package, command, icon and desktop entry. */
  name: 'sgdlab',
  productName: manifest.productName,
  version: manifest.version,
  summary: 'Exact dynamics of one-pass SGD in high dimension',
  mimeType: 'application/x-sgdlab',
  maintainer: `${manifest.author} <sgdlab@users.noreply.github.com>`,
};
