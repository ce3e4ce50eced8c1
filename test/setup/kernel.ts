/** Before the tests that import the sources: the generated module of the WebAssembly kernel. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'build-kernel.mjs')]);
}
