#!/usr/bin/env node
/** The command line in a checkout: builds if needed, then runs the built program in this process. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, root } from './ensure-build.mjs';

// `npm run` changes to the checkout: paths are those of the folder in which it was called
const { INIT_CWD: caller, npm_lifecycle_event: script, npm_package_json: manifest } = process.env;
if (caller && script === 'sgdlab' && manifest && realpathSync(manifest) === realpathSync(join(root, 'package.json'))) {
  process.chdir(caller);
}
ensureBuild();
await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
