/** Writes completions, manual page, launcher and tables anew from the commands: `npm run write:cli` after a change. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTree } from '../../src/cli/commands.ts';
import { root } from '../ensure-build.mjs';
import { writtenFor } from './written.ts';

for (const { path, content } of writtenFor(await commandTree())) {
  const file = join(root, path);
  writeFileSync(file, content(readFileSync(file, 'utf8')));
}
