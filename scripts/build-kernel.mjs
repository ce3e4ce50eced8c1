/**
 * Compiles the SGD kernel (src/core/wasm/assembly) to WebAssembly and writes it as a TypeScript module that holds
 * the binary as base64, so that the same import works in Node, workers, tests, Electron and its archive. Does nothing
 * if the module is that of the current sources.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'src', 'core', 'wasm', 'assembly');
const target = join(root, 'src', 'core', 'wasm', 'generated', 'kernel.ts');

/** Strict SIMD only: relaxed operations differ between processors. No runtime: the kernel lays out its memory itself. */
const flags = ['-O3', '--noAssert', '--enable', 'simd,bulk-memory', '--runtime', 'stub', '--use', 'abort='];

/** Hash of the sources, of this script and of the compiler's version. */
function sourceHash() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const manifest = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  hash.update(JSON.parse(readFileSync(manifest, 'utf8')).version);
  for (const name of readdirSync(sources).sort()) hash.update(`${name}\0`).update(readFileSync(join(sources, name)));
  return hash.digest('hex');
}

async function compile() {
  const { main } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await main(['index.ts', '-o', 'kernel.wasm', ...flags], {
    readFile(name, base) {
      const path = join(sources, base ?? '', name);
      const found = [path, join(root, name)].find((candidate) => existsSync(candidate));
      return found ? readFileSync(found, 'utf8') : null;
    },
    writeFile(name, contents) {
      if (name === 'kernel.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernel does not compile: ${error.message}\n${stderr}`);
  return binary;
}

/** Writes the module if it is missing or of other sources. */
export async function buildKernel() {
  const stamp = `// sources ${sourceHash()}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return;
  const binary = Buffer.from(await compile()).toString('base64');
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  writeFileSync(
    partial,
    `${stamp}\n/** The kernel's WebAssembly binary, base64. */\nexport const kernelBinary =\n  '${binary}';\n`,
  );
  renameSync(partial, target);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernel();
