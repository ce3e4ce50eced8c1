#!/usr/bin/env node
/** The command line in a checkout: builds if needed, then runs the built program in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, root } from './ensure-build.mjs';

ensureBuild();
await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
