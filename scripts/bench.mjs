/** `npm run bench`: builds, then measures (test/bench), with a virtual display for the app where there is none. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild, root } from './ensure-build.mjs';

ensureBuild();
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const display = process.platform !== 'linux' || process.env.DISPLAY ? [] : ['xvfb-run', '-a'];
const command = [
  ...display,
  process.execPath,
  '--import',
  tsx,
  join(root, 'test', 'bench', 'index.ts'),
  ...process.argv.slice(2),
];
const { status } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
